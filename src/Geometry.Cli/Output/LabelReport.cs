using System.Globalization;
using Geometry.Storage.Results;

namespace Geometry.Cli.Output;

/// <summary>What a person sees at the end of <c>label</c>.</summary>
internal static class LabelReport
{
    private const int LongestFormula = 48;

    public static void Write(TextWriter writer, LabelJobResult result, string output)
    {
        LabelSummary summary = result.Summary;
        if (summary.Labels.Count > 0)
        {
            var table = new TextTable("label", ">runs", ">share", ">median residual", ">max", "most frequent formulas");
            foreach (LabelCount label in summary.Labels)
            {
                table.Add(
                    label.Label,
                    label.Runs.ToString(CultureInfo.InvariantCulture),
                    ((double)label.Runs / summary.Runs).ToString("0.0 %", CultureInfo.InvariantCulture),
                    Degrees(label.MedianResidual),
                    Degrees(label.MaxResidual),
                    Formulas(label));
            }
            table.Write(writer);
            writer.WriteLine();
        }
        string kept = result.Kept > 0 ? $", {Count(result.Kept, "file")} kept" : "";
        writer.WriteLine($"{Count(summary.Runs, "run")} from {Count(result.Inputs, "file")}{kept}, {Count(summary.Failures, "failure")}");
        writer.WriteLine($"labels.csv, summands.csv and results.sqlite are in {output}");
    }

    private static string Formulas(LabelCount label)
    {
        IEnumerable<string> listed = label.Formulas.Where(f => f.Formula.Length > 0)
            .Select(f => label.DistinctFormulas == 1 ? Shorten(f.Formula) : FormattableString.Invariant($"{Shorten(f.Formula)} ({f.Runs})"));
        int more = label.DistinctFormulas - label.Formulas.Count;
        return string.Join(", ", more > 0 ? listed.Append(FormattableString.Invariant($"… {more} more")) : listed);
    }

    private static string Shorten(string formula) => formula.Length <= LongestFormula ? formula : formula[..(LongestFormula - 1)] + "…";

    private static string Degrees(double value) => double.IsNaN(value) ? "" : value.ToString("0.00°", CultureInfo.InvariantCulture);

    private static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
