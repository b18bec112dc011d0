using System.Globalization;
using System.Text;
using System.Text.Json;
using Geometry.Cli.Output;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Words;

namespace Geometry.Cli.Inspect;

/// <summary>Which summands of one matrix are mapped into which of the next.</summary>
internal static class OverlapTable
{
    private const int MostColumns = 12;

    public static void Write(TextWriter writer, InspectedRun first, InspectedRun second)
    {
        LayerOverlaps overlaps = Of(first, second);
        if (overlaps.Junction == LayerJunction.None)
        {
            writer.WriteLine($"{first.Weights} and {second.Weights} do not follow each other: {Size(first)}, {Size(second)}");
            return;
        }
        string how = overlaps.Junction switch
        {
            LayerJunction.Space => "are read by",
            LayerJunction.Neurons => "are neurons of",
            _ => "are sent into",
        };
        writer.WriteLine(
            $"summands of {first.Weights} (rows) {how} summands of {second.Weights} (columns): share of the squared length behind "
                + $"{second.Weights}"
        );
        IReadOnlyList<Summand> to = second.Label.Summands;
        int shown = Math.Min(to.Count, MostColumns);
        var table = new TextTable([
            "",
            .. to.Take(shown).Select((t, k) => FormattableString.Invariant($">{k} {t.Match.Shape}")),
            ">elsewhere",
        ]);
        for (int s = 0; s < overlaps.Shares.Count; s++)
        {
            double[] row = overlaps.Shares[s];
            table.Add([
                FormattableString.Invariant($"{s} {first.Label.Summands[s].Match.Shape}"),
                .. row.Take(shown).Select(Share),
                Share(Math.Max(0, 1 - row.Take(shown).Sum())),
            ]);
        }
        table.Write(writer);
        if (shown < to.Count)
            writer.WriteLine(
                FormattableString.Invariant(
                    $"{to.Count - shown} more summands of {second.Weights} are counted as elsewhere; --json has all"
                )
            );
        writer.WriteLine();
        if (overlaps.Junction == LayerJunction.Space && first.Configuration.Features == second.Configuration.Features)
            RoleTable.Write(writer, first, second);
    }

    /// <summary>One object on one line.</summary>
    public static void WriteJson(TextWriter writer, InspectedRun first, InspectedRun second)
    {
        LayerOverlaps overlaps = Of(first, second);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("from", first.Weights);
            json.WriteString("to", second.Weights);
            json.WriteString("junction", overlaps.Junction.ToString().ToLowerInvariant());
            json.WriteStartArray("shares");
            foreach (double[] row in overlaps.Shares)
            {
                json.WriteStartArray();
                foreach (double share in row)
                    NumberText.Write(json, share);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static LayerOverlaps Of(InspectedRun first, InspectedRun second) =>
        LayerOverlaps.Of(first.Configuration, first.Label.Summands, second.Configuration, second.Label.Summands);

    private static string Size(InspectedRun run)
    {
        FeatureConfiguration w = run.Configuration;
        return FormattableString.Invariant($"{w.Features} features in {w.Hidden} dimensions");
    }

    private static string Share(double share) => share.ToString("0.00", CultureInfo.InvariantCulture);
}
