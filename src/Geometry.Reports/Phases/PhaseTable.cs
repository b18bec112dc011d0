using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>A phase diagram: the runs of a sweep in the cells of a grid.</summary>
/// <remarks>
/// Cells without runs are missing. Cells are in ascending order, with the first axis changing slowest. O(runs · axes + cells · log cells).
/// </remarks>
public sealed class PhaseTable
{
    private readonly Dictionary<string, PhaseCell> _byPlace;

    private PhaseTable(LabelledRuns runs, IReadOnlyList<PhaseAxis> axes, IReadOnlyList<PhaseCell> cells)
    {
        Runs = runs;
        Axes = axes;
        Cells = cells;
        _byPlace = cells.ToDictionary(c => Key(c.Place), StringComparer.Ordinal);
        Labels = Names(cells, c => c.Labels);
        Formulas = Names(cells, c => c.Formulas);
        Families = Names(cells, c => c.Families);
    }

    /// <summary>The runs.</summary>
    public LabelledRuns Runs { get; }

    /// <summary>The axes; none when nothing was swept.</summary>
    public IReadOnlyList<PhaseAxis> Axes { get; }

    /// <summary>The cells that have runs.</summary>
    public IReadOnlyList<PhaseCell> Cells { get; }

    /// <summary>All labels, most frequent first, ties by name.</summary>
    public IReadOnlyList<Count> Labels { get; }

    /// <summary>All formulas, most frequent first, ties by name.</summary>
    public IReadOnlyList<Count> Formulas { get; }

    /// <summary>All formula families, most frequent first, ties by name.</summary>
    public IReadOnlyList<Count> Families { get; }

    /// <summary>Makes the phase diagram of a folder's runs.</summary>
    /// <exception cref="ResultsException">An axis is no parameter of the runs, both axes are the same, or <c>--best</c> is given and no run
    /// has a loss.</exception>
    public static PhaseTable Build(LabelledRuns runs, PhaseOptions options) => Build(runs, ChosenAxes(runs, options), options);

    /// <summary>The same for given axes.</summary>
    public static PhaseTable Build(LabelledRuns runs, IReadOnlyList<PhaseAxis> axes, PhaseOptions options)
    {
        if (options.Best < 1 && runs.Runs.Count > 0 && runs.Runs.All(r => double.IsNaN(r.Loss)))
            throw new ResultsException("--best: no run has a loss to choose by; give one with the weights or with --params when labelling");
        var members = new Dictionary<string, (int[] Place, List<int> Runs)>(StringComparer.Ordinal);
        for (int i = 0; i < runs.Runs.Count; i++)
        {
            int[] place = [.. axes.Select(a => a.IndexOf(runs.Value(runs.Runs[i], a.Name)))];
            string key = Key(place);
            if (!members.TryGetValue(key, out (int[] Place, List<int> Runs) cell))
                members.Add(key, cell = (place, []));
            cell.Runs.Add(i);
        }
        List<PhaseCell> cells =
        [
            .. members.Values.Select(c => new PhaseCell(c.Place, runs.Runs, Best(runs.Runs, c.Runs, options.Best), c.Runs.Count)),
        ];
        cells.Sort((a, b) => Compare(a.Place, b.Place));
        return new PhaseTable(runs, axes, cells);
    }

    /// <summary>The cell with these indices on the axes; null where it has no runs.</summary>
    public PhaseCell? Find(IReadOnlyList<int> place) => _byPlace.GetValueOrDefault(Key(place));

    private static IReadOnlyList<PhaseAxis> ChosenAxes(LabelledRuns runs, PhaseOptions options)
    {
        if (options.X is null && options.Y is null)
            return PhaseAxis.Swept(runs);
        var axes = new List<PhaseAxis>();
        if (options.X is { } x)
            axes.Add(Named(runs, x, "--x"));
        else
            axes.AddRange(PhaseAxis.Swept(runs).Where(a => a.Name != runs.Find(options.Y!)).Take(1));
        if (options.Y is { } y)
            axes.Add(Named(runs, y, "--y"));
        if (axes.Count == 2 && axes[0].Name == axes[1].Name)
            throw new ResultsException($"--x and --y are both {axes[0].Name}; expected two parameters");
        return axes;
    }

    private static PhaseAxis Named(LabelledRuns runs, string name, string option) =>
        runs.Find(name) is { } parameter
        && PhaseAxis.Of(runs, parameter) is { } axis
        && axis.Values.Any(v => v.Text is not null || !double.IsNaN(v.Number))
            ? axis
            : throw new ResultsException($"{option}: the runs have no parameter '{name}'; they have {string.Join(", ", Known(runs))}");

    private static IEnumerable<string> Known(LabelledRuns runs) =>
        runs.Parameters.Where(p => runs.Runs.Any(r => runs.Value(r, p) is var v && (v.Text is not null || !double.IsNaN(v.Number))));

    private static List<int> Best(IReadOnlyList<StoredRun> runs, List<int> members, double share)
    {
        int kept = Math.Max(1, (int)Math.Ceiling((share * members.Count) - 1e-9));
        if (kept >= members.Count)
            return members;
        return
        [
            .. members.OrderBy(i => double.IsNaN(runs[i].Loss) ? double.PositiveInfinity : runs[i].Loss).ThenBy(i => i).Take(kept).Order(),
        ];
    }

    private static Count[] Names(IReadOnlyList<PhaseCell> cells, Func<PhaseCell, IReadOnlyList<Count>> counts) =>
        [
            .. cells
                .SelectMany(counts)
                .GroupBy(c => c.Name, StringComparer.Ordinal)
                .Select(g => new Count(g.Key, g.Sum(c => c.Runs)))
                .OrderByDescending(c => c.Runs)
                .ThenBy(c => c.Name, StringComparer.Ordinal),
        ];

    private static string Key(IReadOnlyList<int> place) => string.Join(',', place);

    private static int Compare(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        for (int i = 0; i < a.Count; i++)
        {
            if (a[i] != b[i])
                return a[i].CompareTo(b[i]);
        }
        return 0;
    }
}
