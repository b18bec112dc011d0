using System.Text.Json;
using Geometry.Measures;
using Geometry.Reports.Html;
using Geometry.Reports.Measures.Summaries;

namespace Geometry.Reports.Measures.Page;

/// <summary>Writes the measures to the page's data.</summary>
internal static class MeasuresJson
{
    public static void Write(Utf8JsonWriter json, MeasurePage page)
    {
        json.WriteStartObject("measures");
        json.Array("columns", page.Columns, column =>
        {
            json.WriteStartObject();
            json.WriteString("measure", column.Measure);
            json.WriteString("name", column.Name);
            json.Array("values", column.Cells, cell => Cell(json, cell));
            json.WriteEndObject();
        });
        json.Array("summaries", page.Summaries, summary => Summary(json, summary));
        json.Array("barcodes", page.Barcodes, barcode =>
        {
            json.WriteStartObject();
            json.WriteNumber("run", barcode.Run);
            json.Array("bars", barcode.Bars, b => Numbers(json, b.Degree, b.Birth, b.Death));
            if (barcode.Predicted is { } predicted)
                json.Array("predicted", predicted, b => Numbers(json, b.Degree, b.Birth, b.Death, b.Multiplicity));
            json.Strings("blind", barcode.Blind);
            json.WriteEndObject();
        });
        json.Array("planes", page.Planes, plane =>
        {
            json.WriteStartObject();
            json.WriteNumber("run", plane.Run);
            json.WritePropertyName("radius");
            json.Number(plane.Picture.Radius);
            json.Array("walls", plane.Picture.Walls, w => Numbers(json, w.Feature, w.From.X, w.From.Y, w.To.X, w.To.Y));
            json.Array("cells", plane.Picture.Cells, c =>
            {
                json.WriteStartObject();
                json.Integers("active", c.Active);
                json.Numbers("x", c.Corners.Select(p => p.X));
                json.Numbers("y", c.Corners.Select(p => p.Y));
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void Summary(Utf8JsonWriter json, SummaryTable summary)
    {
        json.WriteStartObject();
        json.WriteString("name", summary.Summary.Name);
        json.WriteNumber("parameters", summary.Parameters.Count);
        json.Strings("columns", summary.Columns);
        json.Array("rows", summary.Rows, row =>
        {
            json.WriteStartArray();
            foreach (MeasureCell cell in row)
                Cell(json, cell);
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    private static void Cell(Utf8JsonWriter json, MeasureCell cell)
    {
        if (cell.Text is { } text)
            json.WriteStringValue(text);
        else
            json.Number(cell.Number);
    }

    private static void Numbers(Utf8JsonWriter json, params double[] numbers)
    {
        json.WriteStartArray();
        foreach (double number in numbers)
            json.Number(number);
        json.WriteEndArray();
    }
}
