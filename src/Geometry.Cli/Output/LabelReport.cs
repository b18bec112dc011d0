using System.Globalization;
using System.Text;
using Geometry.Storage.Results;

namespace Geometry.Cli.Output;

/// <summary>What a person sees at the end of <c>label</c>.</summary>
internal static class LabelReport
{
    private const int LongestFormula = 48;
    private const int RoomForMore = 12;

    /// <summary>Characters a line that the columns of numbers take, gaps included; a large count of runs takes more.</summary>
    private const int NumberColumns = 4 + 7 + 15 + 7 + (5 * 2);

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
            int digits = summary.Labels[0].Runs.ToString(CultureInfo.InvariantCulture).Length;
            int room = width - NumberColumns - summary.Labels.Max(l => l.Label.Length) - Math.Max(0, digits - 4);
            foreach (LabelCount label in summary.Labels)
            {
                table.Add(
                    label.Label,
                    label.Runs.ToString(CultureInfo.InvariantCulture),
                    ((double)label.Runs / summary.Runs).ToString("0.0 %", CultureInfo.InvariantCulture),
                    Degrees(label.MedianResidual),
                    Degrees(label.MaxResidual),
                    Formulas(label, Math.Max(20, room))
                );
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
        if (label.DistinctFormulas == 1)
            return Shorten(label.Formulas[0].Formula, room);
        var text = new StringBuilder();
        int listed = 0;
        foreach ((string formula, long runs) in label.Formulas)
        {
            string next = FormattableString.Invariant($"{(listed > 0 ? ", " : "")}{Shorten(formula, room - RoomForMore - 6)} ({runs})");
            if (listed > 0 && text.Length + next.Length > room - RoomForMore)
                break;
            text.Append(next);
            listed++;
        }
        if (listed < label.DistinctFormulas)
            text.Append(CultureInfo.InvariantCulture, $", {label.DistinctFormulas - listed} more");
        return text.ToString();
    }

    private static string Shorten(string formula, int room)
    {
        int longest = Math.Min(LongestFormula, Math.Max(8, room));
        return formula.Length <= longest ? formula : formula[..(longest - 1)] + "…";
    }

    private static string Degrees(double value) => double.IsNaN(value) ? "" : value.ToString("0.00°", CultureInfo.InvariantCulture);

    private static string Count(long number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
