namespace Geometry.Reports.Phases;

/// <summary>Locates the transitions of a phase diagram, with confidence intervals.</summary>
/// <remarks>
/// <para>A line is a set of cells that differ only in one axis. It is divided into phases (<see cref="PhaseSegmentation"/>); a transition
/// lies between the last cell of one phase and the first cell of the next.</para>
/// <para>Bootstrap over seeds: the runs of every cell are drawn again with replacement, independently, the line is divided again, and the
/// same change (from, to) nearest to the original place is found. The interval goes from the 2.5 % to the 97.5 % quantile of these places,
/// widened to the grid values on both sides. Lines of single runs have no interval. Each line's generator is seeded from the seed, the axis
/// and the place of the line, so the result does not depend on the order of the lines.</para>
/// <para>O(resamples · (runs + cells · labels)) time for each axis.</para>
/// </remarks>
public static class TransitionFinder
{
    private const double Tail = 0.025;

    /// <summary>All transitions along one axis, by line and then along it.</summary>
    /// <param name="table">The phase diagram.</param>
    /// <param name="axis">Index of the axis.</param>
    /// <param name="options">Seed and number of resamples.</param>
    public static IReadOnlyList<Transition> Along(PhaseTable table, int axis, PhaseOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axis);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(axis, table.Axes.Count);
        var transitions = new List<Transition>();
        IEnumerable<IGrouping<string, PhaseCell>> lines = table
            .Cells.Where(c => !IsEmpty(table, axis, c))
            .GroupBy(c => string.Join(',', c.Place.Where((_, a) => a != axis)), StringComparer.Ordinal);
        foreach (IGrouping<string, PhaseCell> line in lines)
            AddLine(transitions, table, axis, [.. line.OrderBy(c => c.Place[axis])], options);
        return transitions;
    }

    /// <summary>Runs without the parameter come last on its axis, but are neighbours of no other value.</summary>
    private static bool IsEmpty(PhaseTable table, int axis, PhaseCell cell) =>
        table.Axes[axis].Values[cell.Place[axis]] is { Text: null, Number: double.NaN };

    private static void AddLine(List<Transition> transitions, PhaseTable table, int axis, PhaseCell[] line, PhaseOptions options)
    {
        string[] labels = [.. line.SelectMany(c => c.Labels).Select(l => l.Name).Distinct(StringComparer.Ordinal)];
        if (line.Length < 2 || labels.Length < 2)
            return;
        // labelOf[c][r]: index of the label of the r-th run of cell c.
        int[][] labelOf = [.. line.Select(c => c.Members.Select(r => Array.IndexOf(labels, table.Runs.Runs[r].Label)).ToArray())];
        var segmentation = new PhaseSegmentation(line.Length, labels.Length);
        double[] shares = new double[line.Length * labels.Length];
        int[] phases = new int[line.Length];
        Share(labelOf, labels.Length, shares, random: null);
        segmentation.Divide(shares, phases);
        int[] places = [.. Enumerable.Range(0, line.Length - 1).Where(i => phases[i] != phases[i + 1])];
        (int From, int To)[] changes = [.. places.Select(p => (phases[p], phases[p + 1]))];
        bool repeated = Array.Exists(line, c => c.Members.Count > 1);
        List<int>[] found = [.. places.Select(_ => new List<int>())];
        if (repeated && places.Length > 0)
        {
            var random = new Random(Seed(options.Seed, axis, line[0].Place));
            for (int sample = 0; sample < options.Resamples; sample++)
            {
                Share(labelOf, labels.Length, shares, random);
                segmentation.Divide(shares, phases);
                for (int t = 0; t < places.Length; t++)
                {
                    int nearest = Nearest(phases, changes[t], places[t]);
                    if (nearest >= 0)
                        found[t].Add(nearest);
                }
            }
        }
        for (int t = 0; t < places.Length; t++)
        {
            var transition = new Transition
            {
                Axis = axis,
                Place = line[places[t]].Place,
                From = labels[changes[t].From],
                To = labels[changes[t].To],
                Next = line[places[t] + 1].Place[axis],
                Support = repeated ? (double)found[t].Count / options.Resamples : double.NaN,
            };
            if (found[t].Count > 0)
            {
                found[t].Sort();
                int last = found[t].Count - 1;
                transition = transition with
                {
                    Low = line[found[t][(int)Math.Floor(Tail * last)]].Place[axis],
                    High = line[found[t][(int)Math.Ceiling((1 - Tail) * last)] + 1].Place[axis],
                };
            }
            transitions.Add(transition);
        }
    }

    /// <summary>Shares of the labels in every cell, among its runs or among as many runs drawn from them with replacement.</summary>
    private static void Share(int[][] labelOf, int labels, double[] shares, Random? random)
    {
        Array.Clear(shares);
        for (int c = 0; c < labelOf.Length; c++)
        {
            int[] runs = labelOf[c];
            for (int i = 0; i < runs.Length; i++)
                shares[(c * labels) + runs[random?.Next(runs.Length) ?? i]] += 1.0 / runs.Length;
        }
    }

    private static int Nearest(int[] phases, (int From, int To) change, int place)
    {
        int nearest = -1;
        for (int i = 0; i + 1 < phases.Length; i++)
        {
            if (phases[i] == change.From && phases[i + 1] == change.To && (nearest < 0 || Math.Abs(i - place) < Math.Abs(nearest - place)))
                nearest = i;
        }
        return nearest;
    }

    private static int Seed(int seed, int axis, IReadOnlyList<int> place)
    {
        uint hash = 2166136261;
        void Mix(int value) => hash = (hash ^ (uint)value) * 16777619;
        Mix(seed);
        Mix(axis);
        for (int a = 0; a < place.Count; a++)
            Mix(a == axis ? 0 : place[a]);
        return (int)hash;
    }
}

/// <summary>A border between two phases on a line of cells.</summary>
public sealed record Transition
{
    /// <summary>Index of the axis along which it happens.</summary>
    public required int Axis { get; init; }

    /// <summary>Index on every axis of the last cell before the border.</summary>
    public required IReadOnlyList<int> Place { get; init; }

    /// <summary>Label of the phase before.</summary>
    public required string From { get; init; }

    /// <summary>Label of the phase after.</summary>
    public required string To { get; init; }

    /// <summary>Index of the next value on the axis; the one before the border is <c>Place[Axis]</c>.</summary>
    public required int Next { get; init; }

    /// <summary>
    /// Lower end of the 95 % interval from the bootstrap over seeds: the border lies above the value with this index; −1 without repeated
    /// runs.
    /// </summary>
    public int Low { get; init; } = -1;

    /// <summary>Upper end of that interval: the border lies below the value with this index; −1 without repeated runs.</summary>
    public int High { get; init; } = -1;

    /// <summary>Share of the resamples in which this change occurs on the line, in [0, 1]; NaN without repeated runs.</summary>
    public double Support { get; init; } = double.NaN;
}
