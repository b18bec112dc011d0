using Geometry.Atlas;
using Geometry.Reports.Figures;
using Geometry.Reports.Theory;
using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Reports.Html;

/// <summary>The job of <c>geometry report</c>.</summary>
public static class ReportJob
{
    /// <summary>Writes report.html into a labelled folder, whole or not at all, and the figures if they are asked for.</summary>
    /// <returns>The content of the report, the path of the page, and the names of the figure files.</returns>
    /// <exception cref="ResultsException">There are no results, or a file cannot be read or written.</exception>
    public static (ReportModel Model, string Page, IReadOnlyList<string> Figures) Run(
        string folder,
        ReportOptions options,
        CancellationToken cancellation = default
    )
    {
        ReportModel model = ReportReader.Read(folder, options, cancellation);
        cancellation.ThrowIfCancellationRequested();
        string page = Path.Combine(folder, "report.html");
        try
        {
            AtomicFile.Write(page, stream => ReportPage.Write(model, stream));
            return (model, page, options.Figures is { } figures ? FigureFolder.Write(model, figures) : []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{page}: cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}

/// <summary>How to make a report.</summary>
public sealed record ReportOptions
{
    /// <summary>Share of each cell's runs that the phase diagram keeps, those of lowest loss, in (0, 1].</summary>
    public double Best { get; init; } = 1;

    /// <summary>A further folder to look for weight files in; null for none.</summary>
    public string? Inputs { get; init; }

    /// <summary>Forms that the report can draw, besides those of an atlas.yaml in the folder.</summary>
    public FormAtlas Atlas { get; init; } = FormAtlas.BuiltIn;

    /// <summary>Folder for the figures as SVG; null for none.</summary>
    public string? Figures { get; init; }

    /// <summary>Largest number of runs in the page's table; the phase diagram counts all runs.</summary>
    public int MostRuns { get; init; } = 20000;

    /// <summary>Largest number of cells in the page's phase diagram; of more, evenly spread values of the longest axes are shown.</summary>
    public int MostCells { get; init; } = 10000;

    /// <summary>Largest number of points in a scatter plot.</summary>
    public int MostPoints { get; init; } = 20000;

    /// <summary>Largest number of weights and coordinates for the runs that can be drawn.</summary>
    public int MostWeights { get; init; } = 600000;

    /// <summary>Largest number of runs to label along their training.</summary>
    public int MostCurves { get; init; } = 8;

    /// <summary>
    /// Expectations of theory that are shared with the phase diagram of the same sweep; null to compute them for this report.
    /// </summary>
    public TheoryMemo? Theory { get; init; }
}
