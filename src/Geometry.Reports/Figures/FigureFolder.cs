using System.Globalization;
using System.Text;
using Geometry.Reports.Gallery;
using Geometry.Reports.Html;
using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Reports.Figures;

/// <summary>Writes every figure as an SVG file for papers.</summary>
/// <remarks>
/// The figures are drawn here and not by plotly.js, which needs a browser to make an SVG: none may be at hand, and equal results must give
/// equal bytes. Each figure of the page also has a button that saves it as it is shown.
/// </remarks>
public static class FigureFolder
{
    private const int MostRuns = 24;

    /// <summary>Writes the figures into a folder, which is made when missing, and returns their names.</summary>
    /// <exception cref="ResultsException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(ReportModel model, string folder)
    {
        var written = new List<string>();
        try
        {
            Directory.CreateDirectory(folder);
            foreach ((string name, string svg) in Draw(model))
            {
                AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
                written.Add(name);
            }
            return written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{folder}: the figures cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static IEnumerable<(string Name, string Svg)> Draw(ReportModel model)
    {
        if (model.Phases.Cells.Count > 0)
            yield return ("phase.svg", PhaseFigures.Diagram(model.Phases, model.Best, model.Theory));
        if (PhaseFigures.Shares(model.Phases, model.Best) is { } shares)
            yield return ("shares.svg", shares);
        if (SparsityFigures.Dims(model) is { } dims)
            yield return ("dims.svg", dims);
        if (SparsityFigures.Dimensionality(model) is { } dimensionality)
            yield return ("dimensionality.svg", dimensionality);
        for (int i = 0; i < Math.Min(MostRuns, model.Gallery.Representatives); i++)
        {
            GalleryRun run = model.Gallery.Runs[i];
            StoredRun stored = model.Phases.Runs.Runs[run.Run];
            string name = string.Create(CultureInfo.InvariantCulture, $"run-{i:00}");
            string title = FormattableString.Invariant(
                $"{stored.Formula}: {model.Phases.Runs.Sources[stored.Input]}, instance {stored.Instance}"
            );
            for (int v = 0; v < run.Views.Count; v++)
                yield return (
                    run.Views.Count == 1 ? $"{name}.svg" : string.Create(CultureInfo.InvariantCulture, $"{name}-{v}.svg"),
                    RunFigures.View(run.Views[v], title)
                );
            yield return ($"{name}-gram.svg", RunFigures.Gram(run, stored.Hidden, "WᵀW, " + title));
        }
        for (int i = 0; i < model.Training.Count; i++)
        {
            if (CurveFigures.Training(model.Training[i]) is { } curve)
                yield return (string.Create(CultureInfo.InvariantCulture, $"training-{i:00}.svg"), curve);
            if (CurveFigures.Losses(model.Training[i]) is { } losses)
                yield return (string.Create(CultureInfo.InvariantCulture, $"training-{i:00}-loss.svg"), losses);
        }
        if (CurveFigures.Recovery(model.Recovery) is { } recovery)
            yield return ("recovery.svg", recovery);
    }
}
