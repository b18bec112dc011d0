using System.Globalization;
using System.Text;
using Geometry.Storage.Results;

namespace Geometry.Cli.Output;

/// <summary>What a person sees at the end of <c>label</c>.</summary>
internal static class LabelReport
{
    private const int LongestFormula = 48;

    /// <summary>Characters a line that the columns before the formulas take.</summary>
    private const int OtherColumns = 66;

    /// <param name="writer">Where it goes.</param>
    /// <param name="result">What was done.</param>
    /// <param name="output">The folder, as given.</param>
    /// <param name="width">Characters a line; formulas beyond are counted, not listed.</param>
    public static void Write(TextWriter writer, LabelJobResult result, string output, int width)
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
                    Formulas(label, width - OtherColumns));
            }
            table.Write(writer);
            writer.WriteLine();
        }
        string kept = result.Kept > 0 ? $", {Count(result.Kept, "input")} kept unchanged" : "";
        writer.WriteLine($"{Count(summary.Runs, "run")} from {Count(result.Inputs, "input")}{kept}, {Count(summary.Failures, "failure")}");
        writer.WriteLine($"labels.csv, summands.csv and results.sqlite are in {output}");
    }

    private static string Formulas(LabelCount label, int room)
    {
        if (label.DistinctFormulas == 1) return Shorten(label.Formulas[0].Formula);
        var text = new StringBuilder();
        int listed = 0;
        foreach ((string formula, long runs) in label.Formulas)
        {
            string next = FormattableString.Invariant($"{(listed > 0 ? ", " : "")}{Shorten(formula)} ({runs})");
            if (listed > 0 && text.Length + next.Length > room) break;
            text.Append(next);
            listed++;
        }
        if (listed < label.DistinctFormulas) text.Append(CultureInfo.InvariantCulture, $", {label.DistinctFormulas - listed} more");
        return text.ToString();
    }

    private static string Shorten(string formula) => formula.Length <= LongestFormula ? formula : formula[..(LongestFormula - 1)] + "…";

    private static string Degrees(double value) => double.IsNaN(value) ? "" : value.ToString("0.00°", CultureInfo.InvariantCulture);

    private static string Count(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
