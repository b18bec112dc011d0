using Geometry.Configurations;
using Geometry.Measures;
using Geometry.Measures.Arrangements;
using Geometry.Measures.Topology;
using Geometry.Reports.Gallery;
using Geometry.Reports.Measures.Summaries;
using Geometry.Reports.Phases;
using Geometry.Storage.Files;
using Geometry.Storage.Measures;
using Geometry.Storage.Results;

namespace Geometry.Reports.Measures.Page;

/// <summary>Reads the part of a report about the measures of a labelled folder.</summary>
/// <remarks>
/// The figures show the first runs of the gallery, which are those of least loss for the frequent formulas, at most <see
/// cref="MostFigures"/> of each kind.
/// </remarks>
internal static class MeasurePageReader
{
    /// <summary>Largest number of figures of one kind.</summary>
    public const int MostFigures = 9;

    /// <summary>Reads the folder.</summary>
    /// <param name="results">The folder.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="listed">Indices of the runs in the page's table.</param>
    /// <param name="gallery">The runs that can be drawn.</param>
    /// <param name="inputs">A further folder to look for weight files in; null for none.</param>
    public static MeasurePage Read(ResultsReader results, LabelledRuns runs, IReadOnlyList<int> listed, RunGallery gallery, string? inputs)
    {
        bool hasTopology = MeasureTable.Find(results, "topology") is not null,
            hasArrangement = MeasureTable.Find(results, "arrangement") is not null;
        (IReadOnlyList<PageBarcode> barcodes, IReadOnlyList<PagePlane> planes) =
            hasTopology || hasArrangement ? Figures(results, runs, gallery, inputs, hasTopology, hasArrangement) : ([], []);
        return new MeasurePage
        {
            Columns = PageColumns.Read(results, runs, listed),
            Summaries = [.. MeasureRegistry.Summaries.Select(s => SummaryTable.Of(s, results, runs)).OfType<SummaryTable>()],
            Barcodes = barcodes,
            Planes = planes,
        };
    }

    private static (IReadOnlyList<PageBarcode>, IReadOnlyList<PagePlane>) Figures(
        ResultsReader results,
        LabelledRuns runs,
        RunGallery gallery,
        string? inputs,
        bool topology,
        bool arrangement
    )
    {
        Dictionary<(int, int), int> wanted = gallery
            .Runs.Take(gallery.Representatives)
            .Select(r => r.Run)
            .ToDictionary(r => (runs.Runs[r].Input, runs.Runs[r].Instance));
        ILookup<(int, int), MeasuredSummand> summands = results
            .ReadSummands()
            .Where(s => wanted.ContainsKey((s.Input, s.Instance)))
            .ToLookup(s => (s.Input, s.Instance), s => new MeasuredSummand(s.Dim, s.Shape, s.Features));
        var barcodes = new List<PageBarcode>();
        var planes = new List<PagePlane>();
        Dictionary<int, List<Bar>> bars = topology ? Bars(results, wanted) : [];
        using var weights = new WeightReader(results, inputs);
        foreach (int index in wanted.Values)
        {
            StoredRun run = runs.Runs[index];
            if (weights.Read(run) is not var (w, bias))
                continue;
            MeasuredSummand[] own = [.. summands[(run.Input, run.Instance)]];
            if (own.Length == 0)
                continue;
            var measured = new MeasuredRun
            {
                Weights = w,
                Bias = bias,
                Summands = own,
            };
            if (barcodes.Count < MostFigures && bars.TryGetValue(index, out List<Bar>? found))
            {
                JoinPrediction? join = JoinPrediction.Of(measured);
                barcodes.Add(new PageBarcode(index, found, join?.Bars, join is null ? [] : [.. join.Blind.Select(s => own[s].Shape)]));
            }
            if (
                arrangement
                && planes.Count < MostFigures
                && Decoder(weights, run) is var decoder
                && PlanePicture.Of(w, decoder, bias, measured.Learned) is { } picture
            )
                planes.Add(new PagePlane(index, picture));
        }
        return (barcodes, planes);
    }

    private static FeatureConfiguration? Decoder(WeightReader weights, StoredRun run)
    {
        try
        {
            return weights.ReadDecoder(run);
        }
        catch (InputException)
        {
            return null;
        }
    }

    private static Dictionary<int, List<Bar>> Bars(ResultsReader results, Dictionary<(int, int), int> wanted)
    {
        var bars = new Dictionary<int, List<Bar>>();
        MeasureTable table = MeasureTable.Find(results, "topology")!;
        int degree = table.IndexOf("degree"),
            birth = table.IndexOf("birth"),
            death = table.IndexOf("death"),
            filtration = table.IndexOf("filtration");
        foreach (MeasuredRow row in table.Read())
        {
            if (!wanted.TryGetValue((row.Input, row.Instance), out int run) || row.Cells[filtration].Text != "rips")
                continue;
            if (!bars.TryGetValue(run, out List<Bar>? of))
                bars.Add(run, of = []);
            of.Add(new Bar((int)row.Cells[degree].Number, row.Cells[birth].Number, row.Cells[death].Number));
        }
        return bars;
    }
}
