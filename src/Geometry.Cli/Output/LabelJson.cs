using System.Text;
using System.Text.Json;
using Geometry.Storage.Results;
using Geometry.Words;

namespace Geometry.Cli.Output;

/// <summary>The summary of <c>label --json</c>: one object on one line; a residual that no run has is null.</summary>
internal static class LabelJson
{
    /// <param name="writer">Where it goes.</param>
    /// <param name="result">What was done.</param>
    /// <param name="output">The folder, as given.</param>
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
