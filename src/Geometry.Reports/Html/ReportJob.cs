using Geometry.Reports.Figures;
using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Reports.Html;

/// <summary>What <c>geometry report</c> does to a folder.</summary>
public static class ReportJob
{
    /// <summary>Writes report.html into a labelled folder, whole or not at all, and the figures where they are asked for.</summary>
    /// <returns>What the report says, the path of the page, and the names of the figure files.</returns>
    /// <exception cref="ResultsException">No results, or a file that cannot be read or written.</exception>
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
