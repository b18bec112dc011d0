namespace Geometry.Dictionaries;

/// <summary>Near-copies: directions that are nearly equal are counted as one, the first of them.</summary>
/// <remarks>
/// In the order of the features, a direction is a copy of the first earlier direction that is no copy itself and whose cosine with it is
/// above the limit. So a chain of neighbours does not become one direction, and no two directions that are kept have a cosine above the
/// limit. Opposite directions are no copies. Complexity: linear in the pairs of the graph.
/// </remarks>
/// <param name="Kept">The directions that are no copies, ascending.</param>
/// <param name="Copies">For each kept direction, the indices of its copies, ascending, its own first.</param>
internal sealed record NearCopies(int[] Kept, int[][] Copies)
{
    /// <summary>Finds the copies among n directions.</summary>
    internal static NearCopies Of(NeighbourGraph graph, int n, double limit)
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
        return new NearCopies(kept, [.. kept.Select(i => copies[i].ToArray())]);
    }
}
