using System.Runtime.InteropServices;

namespace Geometry.Reports.Phases;

/// <summary>Locates the transitions of a phase diagram and says how sure their places are.</summary>
/// <remarks>
/// <para>A line is the cells that differ in one axis alone; along it a transition lies wherever the dominant label changes from one cell that has runs to the next.</para>
/// <para>Bootstrap over seeds: every cell's runs are drawn anew with replacement, cells independently, and the same change (from, to) is
/// looked for nearest to where it was; the interval runs from the 2.5 % to the 97.5 % quantile of its places, widened to the grid values on both sides.
/// Lines of single runs have no interval. Same seed, same answer, in whatever order lines are looked at: each line's generator is
/// seeded from the seed, the axis and the line's place.</para>
/// <para>O(resamples · runs) time for each axis.</para>
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
        IEnumerable<IGrouping<string, PhaseCell>> lines = table.Cells.GroupBy(c => string.Join(',', c.Place.Where((_, a) => a != axis)), StringComparer.Ordinal);
        foreach (IGrouping<string, PhaseCell> line in lines) AddLine(transitions, table, axis, [.. line.OrderBy(c => c.Place[axis])], options);
        return transitions;
    }

    private static void AddLine(List<Transition> transitions, PhaseTable table, int axis, PhaseCell[] line, PhaseOptions options)
    {
        string[] labels = [.. line.Select(c => c.Labels[0].Name)];
        List<int> places = Changes(labels);
        if (places.Count == 0) return;
        bool repeated = Array.Exists(line, c => c.Members.Count > 1);
        List<int>[] found = [.. places.Select(_ => new List<int>())];
        if (repeated)
        {
            var random = new Random(Seed(options.Seed, axis, line[0].Place));
            string[] drawn = new string[line.Length];
            for (int sample = 0; sample < options.Resamples; sample++)
            {
                for (int i = 0; i < line.Length; i++) drawn[i] = Draw(table, line[i], random);
                List<int> moved = Changes(drawn);
                for (int t = 0; t < places.Count; t++)
                {
                    int at = places[t], nearest = -1;
                    foreach (int p in moved)
                    {
                        if (drawn[p] == labels[at] && drawn[p + 1] == labels[at + 1] && (nearest < 0 || Math.Abs(p - at) < Math.Abs(nearest - at))) nearest = p;
                    }
                    if (nearest >= 0) found[t].Add(nearest);
                }
            }
        }
        for (int t = 0; t < places.Count; t++)
        {
            int at = places[t];
            var transition = new Transition { Axis = axis, Place = line[at].Place, From = labels[at], To = labels[at + 1], Next = line[at + 1].Place[axis] };
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
            if (repeated) transition = transition with { Support = (double)found[t].Count / options.Resamples };
            transitions.Add(transition);
        }
    }

    /// <summary>Indices i with labels[i] ≠ labels[i+1].</summary>
    private static List<int> Changes(string[] labels)
    {
        var places = new List<int>();
        for (int i = 0; i + 1 < labels.Length; i++)
        {
            if (labels[i] != labels[i + 1]) places.Add(i);
        }
        return places;
    }

    /// <summary>Dominant label of as many runs drawn with replacement; ties go by the order of the cell's own counts.</summary>
    private static string Draw(PhaseTable table, PhaseCell cell, Random random)
    {
        if (cell.Labels.Count == 1) return cell.Labels[0].Name;
        var counts = new Dictionary<string, int>(cell.Labels.Count, StringComparer.Ordinal);
        for (int i = 0; i < cell.Members.Count; i++)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, table.Runs.Runs[cell.Members[random.Next(cell.Members.Count)]].Label, out _)++;
        string dominant = cell.Labels[0].Name;
        int most = -1;
        foreach (Count label in cell.Labels)
        {
            int count = counts.GetValueOrDefault(label.Name);
            if (count <= most) continue;
            most = count;
            dominant = label.Name;
        }
        return dominant;
    }

    private static int Seed(int seed, int axis, IReadOnlyList<int> place)
    {
        uint hash = 2166136261;
        void Mix(int value) => hash = (hash ^ (uint)value) * 16777619;
        Mix(seed);
        Mix(axis);
        for (int a = 0; a < place.Count; a++) Mix(a == axis ? 0 : place[a]);
        return (int)hash;
    }
}
