using System.Net;
using System.Reflection;
using System.Text;
using Geometry.Reports.Figures;

namespace Geometry.Reports.Html;

/// <summary>report.html: one file with everything in it.</summary>
/// <remarks>
/// <para>The page's scripts, its style sheet and plotly.js are embedded in this assembly. Its content policy allows nothing from elsewhere:
/// the page works offline, and nobody learns that it was opened. Texts from files enter the document as text nodes, never as markup.</para>
/// <para>plotly.js is included twice, as base64 of gzip. Its small bundle draws flat figures, because parsing the full one takes a browser
/// longer than the rest of the page; the full one is unpacked when a figure in space, or with very many points, comes into view. Until the
/// first is parsed, and where scripts are off, the phase diagram is the picture of <see cref="FigureFolder"/>.</para>
/// </remarks>
public static class ReportPage
{
    private static readonly string[] s_scripts =
    [
        "data.js",
        "text.js",
        "theme.js",
        "engines.js",
        "figures.js",
        "phase.js",
        "curves.js",
        "theory.js",
        "gallery.js",
        "forms.js",
        "training.js",
        "measures.js",
        "planes.js",
        "table.js",
        "page.js",
    ];

    /// <summary>Diagrams with more cells appear only when plotly.js draws them.</summary>
    private const int MostCellsAtFirst = 2500;

    /// <summary>Writes the page, UTF-8.</summary>
    public static void Write(ReportModel model, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        string template = Asset("page.html");
        int start = 0;
        foreach (string slot in (ReadOnlySpan<string>)["TITLE", "STYLE", "FIRST", "DATA", "SCRIPT", "PLOTLY-FLAT", "PLOTLY-FULL"])
        {
            string mark = "{{" + slot + "}}";
            int at = template.IndexOf(mark, start, StringComparison.Ordinal);
            if (at < 0)
                throw new InvalidOperationException($"page.html has no {mark} where it is expected");
            writer.Write(template.AsSpan(start, at - start));
            Fill(writer, slot, model);
            start = at + mark.Length;
        }
        writer.Write(template.AsSpan(start));
    }

    private static void Fill(StreamWriter writer, string slot, ReportModel model)
    {
        switch (slot)
        {
            case "TITLE":
                writer.Write(WebUtility.HtmlEncode(model.Title));
                break;
            case "STYLE":
                writer.Write(Asset("page.css"));
                break;
            case "FIRST":
                if (model.Phases.Cells.Count is > 0 and <= MostCellsAtFirst)
                    writer.Write(PhaseFigures.Diagram(model.Phases, model.Best, model.Theory));
                break;
            case "DATA":
                writer.Write(Encoding.UTF8.GetString(ReportJson.Write(model)));
                break;
            case "PLOTLY-FLAT" or "PLOTLY-FULL":
                writer.Write(Convert.ToBase64String(Bytes(slot.ToLowerInvariant() + ".gz")));
                break;
            default:
                foreach (string script in s_scripts)
                    writer.Write(Script(Asset(script)));
                break;
        }
    }

    /// <summary>
    /// Escapes closing tags, which would end a script early; they can only be in strings, where a backslash changes nothing.
    /// </summary>
    private static string Script(string text) => text.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);

    private static string Asset(string name) => Encoding.UTF8.GetString(Bytes(name));

    private static byte[] Bytes(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
