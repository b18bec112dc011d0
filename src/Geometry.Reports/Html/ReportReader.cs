using System.Globalization;
using System.Reflection;
using Geometry.Atlas;
using Geometry.Reports.Atlas;
using Geometry.Reports.Dictionaries;
using Geometry.Reports.Gallery;
using Geometry.Reports.Measures.Page;
using Geometry.Reports.Phases;
using Geometry.Reports.Recovery;
using Geometry.Reports.Theory;
using Geometry.Reports.Training;
using Geometry.Storage.Dictionaries;
using Geometry.Storage.Results;

namespace Geometry.Reports.Html;

/// <summary>Reads the content of a report from a labelled folder.</summary>
public static class ReportReader
{
    private const string Unlearned = "unlearned";

    /// <summary>
    /// Reads the folder and changes nothing in it. A folder with only a conjecture, an atlas or planes has no runs; one in which every
    /// input failed has only failures.
    /// </summary>
    /// <exception cref="ResultsException">The folder has no results, or one of its files cannot be read.</exception>
    public static ReportModel Read(string folder, ReportOptions options, CancellationToken cancellation = default)
    {
        IReadOnlyList<RecoveryRow> recovery = RecoveryTable.Read(folder);
        bool isAtlas = File.Exists(Path.Combine(folder, AtlasFolder.FileName));
        StoredPlanes planes = StoredPlanes.Read(folder);
        bool isPlanes = planes.Dictionaries.Count > 0;
        bool hasRuns = isPlanes ? StoredPlanes.HasRunsBeside(folder) : File.Exists(Path.Combine(folder, "results.sqlite"));
        using ResultsReader? results =
            (recovery.Count > 0 || isAtlas || isPlanes) && !hasRuns ? null : ResultsReader.Open(folder, cancellation);
        LabelledRuns runs = results is null ? LabelledRuns.None : LabelledRuns.Read(results);
        IReadOnlyList<InputFailure> failures = results?.ReadFailures() ?? [];
        if (runs.Runs.Count == 0 && failures.Count == 0 && recovery.Count == 0 && !isAtlas && !isPlanes)
            throw new ResultsException($"{folder}: nothing to report: no run was labelled and nothing failed (labels.csv is empty)");
        var phaseOptions = new PhaseOptions { Best = options.Best };
        PhaseTable table = PhaseTable.Build(runs, phaseOptions);
        (IReadOnlyList<FeaturePoint> features, long all) =
            results is null || runs.Runs.Count == 0 ? ([], 0) : Features(results, runs, options.MostPoints);
        string? spec = Text(Path.Combine(folder, "sweep.yaml"));
        int[] listed = Spread(runs.Runs.Count, options.MostRuns);
        RunGallery gallery = results is null ? RunGallery.None : RunGallery.Read(results, runs, options.Inputs, options.MostWeights);
        (IReadOnlyList<TrainingCurve> curves, int trained) = TrainingCurves.Read(
            folder,
            options.MostCurves,
            results,
            CheckpointLevels.Of(spec)
        );
        SweepTheory? theory = results is null ? null : SweepTheory.Read(results, runs, spec, options.Inputs, options.Theory, cancellation);
        return new ReportModel
        {
            Title = Name(spec) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Phases = table,
            Best = options.Best,
            Shown = Shown(table, options.MostCells),
            Transitions =
            [
                .. Enumerable
                    .Range(0, table.Axes.Count)
                    .Where(a => table.Axes[a].IsNumeric)
                    .SelectMany(a => TransitionFinder.Along(table, a, phaseOptions)),
            ],
            Listed = listed,
            Features = features,
            AllFeatures = all,
            Gallery = gallery,
            Measures = results is null ? MeasurePage.None : MeasurePageReader.Read(results, runs, listed, gallery, options.Inputs),
            Forms = results is null
                ? (isAtlas ? AlbumReader.OfAtlas(folder) : FormAlbum.None)
                : AlbumReader.OfRuns(results, runs, isAtlas ? options.Atlas.With(AtlasFolder.Read(folder)) : options.Atlas),
            Planes = PlanesPage.Of(planes, options.MostWeights),
            Training = curves,
            TrainingRuns = trained,
            Recovery = recovery,
            Spec = spec,
            Theory = theory is null ? null : new PhaseTheory(table, theory),
            LinearRuns = theory?.LinearRuns ?? [],
            Failures = failures,
            Version = Version(),
        };
    }

    /// <summary>At most this many of 0 … count−1, evenly spread, ascending.</summary>
    internal static int[] Spread(int count, int most) =>
        count <= most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * count / most))];

    /// <summary>Halves the longest axis until few enough cells are left; what is shown remains a grid.</summary>
    private static int[][] Shown(PhaseTable table, int most)
    {
        int[][] shown = [.. table.Axes.Select(a => Spread(a.Values.Count, int.MaxValue))];
        IReadOnlyList<PhaseCell> cells = table.Cells;
        while (cells.Count > most)
        {
            int longest = Enumerable.Range(0, shown.Length).MaxBy(a => shown[a].Length);
            int[] kept = [.. shown[longest].Where((_, i) => i % 2 == 0)];
            if (kept.Length == shown[longest].Length)
                break;
            shown[longest] = kept;
            HashSet<int> places = [.. kept];
            cells = [.. cells.Where(c => places.Contains(c.Place[longest]))];
        }
        return shown;
    }

    private static (IReadOnlyList<FeaturePoint>, long) Features(ResultsReader results, LabelledRuns runs, int most)
    {
        var shapes = new Dictionary<(int, int, int), string>();
        foreach (StoredSummand summand in results.ReadSummands())
            shapes[(summand.Input, summand.Instance, summand.Index)] = (string.IsInterned(summand.Shape) ?? summand.Shape);
        long all = runs.Runs.Sum(r => (long)r.Features),
            index = -1;
        long step = Math.Max(1, (all + most - 1) / most);
        // A step with a common factor with n would select the same features of every run.
        long shared = runs.Runs[0].Features;
        while (step > 1 && Gcd(step, shared) > 1)
            step++;
        var points = new List<FeaturePoint>();
        int run = 0;
        foreach (StoredFeature feature in results.ReadFeatures())
        {
            while (run < runs.Runs.Count && (runs.Runs[run].Input != feature.Input || runs.Runs[run].Instance != feature.Instance))
                run++;
            if (run == runs.Runs.Count)
                throw new ResultsException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{results.Folder}: features of {results.Inputs[feature.Input].Source}, instance {feature.Instance}, belong "
                            + $"to no run: the database is damaged; geometry label with --resume labels them again"
                    )
                );
            index++;
            if (index % step != 0 || double.IsNaN(feature.Dimensionality))
                continue;
            string shape =
                feature.Summand < 0 ? Unlearned : shapes.GetValueOrDefault((feature.Input, feature.Instance, feature.Summand), Unlearned);
            points.Add(new FeaturePoint(run, feature.Feature, feature.Dimensionality, shape));
        }
        return (points, all);
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    private static string? Text(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static string? Name(string? spec) =>
        spec?.Split('\n').FirstOrDefault(l => l.StartsWith("name:", StringComparison.Ordinal)) is { } line
        && line[5..].Trim().Trim('"', '\'') is { Length: > 0 } name
            ? name
            : null;

    private static string Version()
    {
        string version = typeof(ReportReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";
        // The build may append a plus and the commit; seven digits of it are enough.
        int plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && version.Length > plus + 8 ? version[..(plus + 8)] : version;
    }
}
