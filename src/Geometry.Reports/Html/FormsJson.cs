using System.Text.Json;
using Geometry.Atlas;
using Geometry.Reports.Atlas;

namespace Geometry.Reports.Html;

/// <summary>Writes the forms to the page's data.</summary>
internal static class FormsJson
{
    public static IEnumerable<string> Names(FormAlbum album) => album.Cards.Select(c => c.Name);

    public static void Write(Utf8JsonWriter json, FormAlbum album)
    {
        json.WriteStartObject("forms");
        json.WriteBoolean("atlas", album.IsAtlas);
        json.WriteString("origin", album.Origin);
        json.Array("cards", album.Cards, card => Card(json, card));
        json.WriteEndObject();
    }

    private static void Card(Utf8JsonWriter json, FormCard card)
    {
        json.WriteStartObject();
        json.WriteString("name", card.Name);
        json.WriteNumber("runs", card.RunCount);
        if (card is { Form: { } form, Picture: { } picture })
            Drawing(json, form, picture);
        json.Array("nearest", card.Runs, run =>
        {
            json.WriteStartObject();
            json.WriteNumber("run", run.Run);
            if (run.Text.Length > 0)
                json.WriteString("text", run.Text);
            if (run.Link is { } link)
                json.WriteString("link", link);
            json.WritePropertyName("residual");
            json.Number(run.ResidualDegrees);
            json.WriteEndObject();
        });
        json.Array("places", card.Places, p =>
        {
            json.WriteStartArray();
            foreach (double value in (ReadOnlySpan<double>)[p.Features, p.Hidden, p.Density, p.Runs, p.ResidualDegrees, p.Drift])
                json.Number(value);
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    private static void Drawing(Utf8JsonWriter json, Form form, FormProjection picture)
    {
        json.WriteNumber("dim", form.Dim);
        json.WriteNumber("directions", form.Directions);
        json.WriteNumber("turn", picture.Turn);
        json.Numbers("x", picture.Points.Select(p => Math.Round(p, 4)));
        json.Integers("orbits", form.OrbitOf);
        (IReadOnlyList<(int A, int B)> edges, double degrees) = AngleSpectrum.Edges(form);
        json.Integers("edges", edges.SelectMany(e => new[] { e.A, e.B }));
        json.WritePropertyName("edge");
        json.Number(degrees);
        json.WritePropertyName("best");
        json.Number(form.Invariants.BestCodeDegrees);
        json.Array("angles", AngleSpectrum.Of(form), a =>
        {
            json.WriteStartArray();
            json.Number(a.Degrees);
            json.WriteNumberValue(a.Pairs);
            json.WriteEndArray();
        });
        json.Array("facts", FormFacts.Of(form), fact =>
        {
            json.WriteStartArray();
            json.WriteStringValue(fact.Name);
            json.WriteStringValue(fact.Text);
            json.WriteEndArray();
        });
    }
}
