namespace Geometry.Reports.Phases;

/// <summary>Locates the transitions of a phase diagram and says how sure their places are.</summary>
/// <remarks>
/// <para>A line is the cells that differ in one axis alone. It is divided into phases (<see cref="PhaseSegmentation"/>), and a transition
/// lies between the last cell of one and the first cell of the next.</para>
/// <para>Bootstrap over seeds: every cell's runs are drawn anew with replacement, cells independently, the line is divided again, and the
/// same change (from, to) is looked for nearest to where it was; the interval runs from the 2.5 % to the 97.5 % quantile of its places,
/// widened to the grid values on both sides. Lines of single runs have no interval. Same seed, same answer, in whatever order lines are
/// looked at: each line's generator is seeded from the seed, the axis and the line's place.</para>
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

    /// <summary>Runs without the parameter come last on its axis, but next to nothing.</summary>
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

    /// <summary>Shares of the labels in every cell: of its runs, or of as many drawn from them with replacement.</summary>
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
