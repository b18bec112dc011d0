using System.Text.Json;
using Geometry.Reports.Gallery;

namespace Geometry.Reports.Html;

/// <summary>Writes the runs that can be drawn to the page's data.</summary>
internal static class GalleryJson
{
    public static IEnumerable<string> Shapes(RunGallery gallery) =>
        gallery.Runs.SelectMany(r => r.Views).SelectMany(v => v.Groups).Select(g => g.Shape);

    public static void Write(Utf8JsonWriter json, RunGallery gallery)
    {
        json.WriteStartObject("gallery");
        json.WriteNumber("representatives", gallery.Representatives);
        json.Strings("problems", gallery.Problems);
        json.Array("runs", gallery.Runs, run =>
        {
            json.WriteStartObject();
            json.WriteNumber("run", run.Run);
            json.Array("w", run.Weights, w => Short(json, w));
            if (run.Bias is { } bias)
                json.Array("b", bias, b => Short(json, b));
            json.Array("views", run.Views, view => View(json, view));
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void View(Utf8JsonWriter json, RunView view)
    {
        json.WriteStartObject();
        json.WriteNumber("kind", (int)view.Kind);
        json.WriteString("title", view.Title);
        json.Integers("features", view.Features);
        // For m ≤ 3 this view is all of W, which the page already has.
        if (view.Title != "W")
            json.Array("x", view.Coordinates, x => Short(json, x));
        json.Array("groups", view.Groups, g =>
        {
            json.WriteStartObject();
            json.WriteString("shape", g.Shape);
            json.WriteNumber("dim", g.Dim);
            json.Integers("members", g.Members);
            json.WriteEndObject();
        });
        json.Array("faces", view.Faces, f =>
        {
            json.WriteStartArray();
            foreach (int v in f)
                json.WriteNumberValue(v);
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    /// <summary>Three decimals: a tenth of the smallest difference that is visible in a figure.</summary>
    private static void Short(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value) && Math.Abs(value) is > 1e-3 and < 1000)
            json.WriteRawValue(
                Math.Round(value, 4).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture),
                skipInputValidation: true
            );
        else if (Math.Abs(value) <= 1e-3)
            json.WriteRawValue(
                Math.Round(value, 5).ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture),
                skipInputValidation: true
            );
        else
            json.Number(value);
    }
}
