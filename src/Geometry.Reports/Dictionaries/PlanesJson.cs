using System.Text.Json;
using Geometry.Reports.Html;
using Geometry.Storage.Dictionaries;

namespace Geometry.Reports.Dictionaries;

/// <summary>Writes the planes of dictionaries to the page's data.</summary>
internal static class PlanesJson
{
    public static IEnumerable<string> Shapes(PlanesPage page) => page.Cards.Select(c => c.Shape);

    public static void Write(Utf8JsonWriter json, PlanesPage page)
    {
        json.WriteStartObject("planes");
        json.WriteNumber("found", page.Found);
        json.Array("dictionaries", page.Dictionaries, d => Dictionary(json, d));
        json.Array("cards", page.Cards, p => Card(json, p));
        json.WriteStartObject("map");
        json.WriteNumber("leftOut", page.Map.LeftOut);
        json.Array("places", page.Map.Places, p => Row(json, p.Plane, Math.Round(p.X, 3), Math.Round(p.Y, 3)));
        json.Array("links", page.Map.Links, l =>
        {
            json.WriteStartObject();
            json.WriteNumber("a", l.A);
            json.WriteNumber("b", l.B);
            json.Integers("shared", l.Shared);
            json.WriteEndObject();
        });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Dictionary(Utf8JsonWriter json, DictionarySearch d)
    {
        json.WriteStartObject();
        json.WriteString("source", d.Source);
        json.WriteNumber("instance", d.Instance);
        json.WriteNumber("n", d.Features);
        json.WriteNumber("m", d.Dim);
        json.WriteNumber("duplicates", d.Duplicates);
        json.WriteNumber("epsilon", d.Epsilon);
        json.WriteNumber("cutoff", Math.Round(d.Cutoff.Used, 4));
        json.WriteBoolean("raised", d.Cutoff.Used > d.Cutoff.Wanted);
        json.WriteNumber("effective", Math.Round(d.EffectiveDimension, 1));
        json.WriteNumber("fdr", d.FalseDiscoveryRate);
        json.Integers("tested", d.Tested);
        json.WriteEndObject();
    }

    private static void Card(Utf8JsonWriter json, StoredPlane p)
    {
        json.WriteStartObject();
        json.WriteString("source", p.Source);
        json.WriteNumber("instance", p.Instance);
        json.WriteNumber("plane", p.Place);
        json.WriteNumber("dim", p.Dim);
        json.WriteNumber("count", p.Count);
        json.WriteString("shape", p.Shape);
        foreach (
            (string name, double value) in new[]
            {
                ("residual", p.ResidualDegrees),
                ("rms", p.RmsDegrees),
                ("p", p.Log10P),
                ("q", p.Log10Q),
                ("norm", p.MeanNorm),
            }
        )
        {
            json.WritePropertyName(name);
            json.Number(value);
        }
        json.Integers("contains", p.Contains);
        json.Integers("features", p.Members.Select(x => x.Feature));
        json.Integers("directions", p.Members.Select(x => x.Direction));
        if (p.Names.Count > 0)
            json.Strings("names", p.Names);
        json.Numbers("angles", p.Members.Select(x => Math.Round(x.Degrees, 2)));
        json.Numbers("x", p.Members.SelectMany(x => x.Coordinates));
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, params ReadOnlySpan<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values)
            json.Number(value);
        json.WriteEndArray();
    }
}
