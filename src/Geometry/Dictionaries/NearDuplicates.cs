namespace Geometry.Dictionaries;

/// <summary>Directions that are nearly equal count as one, that of the first of them.</summary>
/// <remarks>
/// In the order of the features: a direction is a copy of the first earlier one that is no copy itself and has a cosine above the limit
/// with it. So no chain of neighbours fuses, and two directions that are kept are further apart than the limit. Opposite directions are
/// no copies. Complexity: linear in the pairs of the graph.
/// </remarks>
/// <param name="Kept">The directions that are no copies, ascending.</param>
/// <param name="Copies">For each kept direction all that it stands for, itself first, ascending.</param>
internal sealed record NearDuplicates(int[] Kept, int[][] Copies)
{
    /// <summary>Finds the copies among n directions.</summary>
    internal static NearDuplicates Of(NeighbourGraph graph, int n, double limit)
    {
        int[] original = new int[n];
        var copies = new List<int>[n];
        for (int i = 0; i < n; i++)
        {
            original[i] = i;
            ReadOnlySpan<int> neighbours = graph.Of(i);
            ReadOnlySpan<float> cosines = graph.Cosines(i);
            for (int a = 0; a < neighbours.Length && neighbours[a] < i; a++)
            {
                if (original[neighbours[a]] != neighbours[a] || !(cosines[a] > limit))
                    continue;
                original[i] = neighbours[a];
                break;
            }
            (copies[original[i]] ??= []).Add(i);
        }
        int[] kept = [.. Enumerable.Range(0, n).Where(i => original[i] == i)];
        return new NearDuplicates(kept, [.. kept.Select(i => copies[i].ToArray())]);
    }
}
