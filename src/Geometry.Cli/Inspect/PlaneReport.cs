using System.Globalization;
using System.Text;
using System.Text.Json;
using Geometry.Dictionaries;
using Geometry.Storage.Dictionaries;
using Geometry.Words;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>One plane of a dictionary, in the terminal or as JSON.</summary>
internal static class PlaneReport
{
    private const int MostListed = 60;

    public static void Write(IAnsiConsole console, StoredPlane plane)
    {
        string where = FormattableString.Invariant($" instance {plane.Instance}, plane {plane.Place}");
        console.Write(new UnbrokenLine(new Segment(plane.Source, new Style(decoration: Decoration.Bold)), new Segment(where)));
        console.WriteLine();
        string what = FormattableString.Invariant($"{plane.Members.Count} features in {plane.Count} directions of a {plane.Dim}-plane");
        string residual =
            double.IsNaN(plane.ResidualDegrees) || plane.Shape.StartsWith("irregular", StringComparison.Ordinal)
                ? ""
                : $", {Number(plane.ResidualDegrees)}° from it";
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold green]{plane.Shape}[/]{residual}  {what}");
        console.WriteLine();
        console.Write(new PlaneDrawing(plane));
        console.WriteLine();
        console.Write(Features(plane));
        if (plane.Members.Count > MostListed)
            console.WriteLine(FormattableString.Invariant($"… {plane.Members.Count - MostListed} more"));
        Fact(console, "angle with the plane", $"{Number(plane.RmsDegrees)}° rms");
        Fact(console, "log10 p, q", FormattableString.Invariant($"{plane.Log10P:F1}, {plane.Log10Q:F1}"));
        Fact(console, "mean norm", Number(plane.MeanNorm));
        if (plane.Contains.Count > 0)
            Fact(console, "contains planes", string.Join(", ", plane.Contains));
    }

    public static void WriteJson(TextWriter writer, StoredPlane plane)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("source", plane.Source);
            json.WriteNumber("instance", plane.Instance);
            json.WriteNumber("plane", plane.Place);
            json.WriteNumber("dim", plane.Dim);
            json.WriteNumber("count", plane.Count);
            json.WriteString("shape", plane.Shape);
            foreach (
                (string name, double value) in new[]
                {
                    ("residual_deg", plane.ResidualDegrees),
                    ("rms_deg", plane.RmsDegrees),
                    ("log10_p", plane.Log10P),
                    ("log10_q", plane.Log10Q),
                    ("mean_norm", plane.MeanNorm),
                }
            )
            {
                json.WritePropertyName(name);
                NumberText.Write(json, value);
            }
            json.WriteStartArray("contains");
            foreach (int other in plane.Contains)
                json.WriteNumberValue(other);
            json.WriteEndArray();
            json.WriteStartArray("features");
            for (int i = 0; i < plane.Members.Count; i++)
            {
                PlaneMember member = plane.Members[i];
                json.WriteStartObject();
                json.WriteNumber("feature", member.Feature);
                if (plane.Names.Count > 0)
                    json.WriteString("name", plane.Names[i]);
                json.WriteNumber("direction", member.Direction);
                json.WritePropertyName("angle_deg");
                NumberText.Write(json, member.Degrees);
                json.WriteStartArray("coordinates");
                foreach (double x in member.Coordinates)
                    NumberText.Write(json, x);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static Table Features(StoredPlane plane)
    {
        bool hasNames = plane.Names.Count > 0,
            hasCopies = plane.Members.Any(p => p.Direction != p.Feature);
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("feature").RightAligned());
        if (hasNames)
            table.AddColumn("name");
        table.AddColumn(new TableColumn("length in the plane").RightAligned()).AddColumn(new TableColumn("angle with it").RightAligned());
        if (hasCopies)
            table.AddColumn("near-copy of");
        for (int i = 0; i < Math.Min(MostListed, plane.Members.Count); i++)
        {
            PlaneMember member = plane.Members[i];
            List<IRenderable> cells = [new Text(Text(member.Feature))];
            if (hasNames)
                cells.Add(new Text(plane.Names[i]));
            cells.Add(new Text(Number(Math.Sqrt(member.Coordinates.Sum(x => x * x)))));
            cells.Add(new Text(member.Degrees.ToString("F1", CultureInfo.InvariantCulture) + "°"));
            if (hasCopies)
                cells.Add(new Text(member.Direction == member.Feature ? "" : Text(member.Direction)));
            table.AddRow(cells);
        }
        return table;
    }

    private static void Fact(IAnsiConsole console, string name, string value) =>
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey70]{name, -22}[/]{value}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
