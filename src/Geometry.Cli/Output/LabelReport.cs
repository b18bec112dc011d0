using System.Globalization;
using System.Text;
using System.Text.Json;
using Geometry.Storage.Results;
using Geometry.Words;

namespace Geometry.Cli.Output;

/// <summary>The table at the end of <c>label</c>.</summary>
internal static class LabelReport
{
    private const int LongestFormula = 48;
    private const int RoomForMore = 12;

    /// <summary>Width of the columns of numbers in characters, with gaps; a large count of runs takes more.</summary>
    private const int NumberColumns = 4 + 7 + 15 + 7 + (5 * 2);

    /// <param name="writer">Where to write.</param>
    /// <param name="result">The result of the job.</param>
    /// <param name="output">The folder as it was given.</param>
    /// <param name="width">Characters per line; formulas that do not fit are counted and not listed.</param>
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

/// <summary>The summary of <c>label --json</c>: one object on one line; a residual that no run has is null.</summary>
internal static class LabelJson
{
    /// <param name="writer">Where to write.</param>
    /// <param name="result">The result of the job.</param>
    /// <param name="output">The folder as it was given.</param>
    public static void Write(TextWriter writer, LabelJobResult result, string output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("out", output);
            json.WriteNumber("inputs", result.Inputs);
            json.WriteNumber("kept", result.Kept);
            json.WriteNumber("runs", result.Summary.Runs);
            json.WriteNumber("failures", result.Summary.Failures);
            json.WriteStartArray("labels");
            foreach (LabelCount label in result.Summary.Labels)
            {
                json.WriteStartObject();
                json.WriteString("label", label.Label);
                json.WriteNumber("runs", label.Runs);
                Number(json, "median_residual_deg", label.MedianResidual);
                Number(json, "max_residual_deg", label.MaxResidual);
                json.WriteNumber("distinct_formulas", label.DistinctFormulas);
                json.WriteStartArray("formulas");
                foreach ((string formula, long runs) in label.Formulas)
                {
                    json.WriteStartObject();
                    json.WriteString("formula", formula);
                    json.WriteNumber("runs", runs);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        NumberText.Write(json, value);
    }
}
