namespace Geometry.Shapes.Catalogue;

/// <summary>
/// Orbits of a vector under sign changes and permutations of its coordinates, which is the classical way to write down polytopes.
/// </summary>
internal static class VertexSets
{
    /// <summary>All distinct images under the sign changes and the permutations, concatenated row-major.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="permutations">Which permutations of the coordinates.</param>
    /// <param name="evenSigns">Whether only sign changes with an even number of minus signs apply (for vectors without zeros).</param>
    public static double[] Orbit(double[] vector, Permutations permutations, bool evenSigns = false)
    {
        int d = vector.Length;
        List<double[]> found = [];
        foreach (int[] order in Orders(d, permutations))
        {
            for (int signs = 0; signs < 1 << d; signs++)
            {
                if (evenSigns && int.IsOddInteger(System.Numerics.BitOperations.PopCount((uint)signs)))
                    continue;
                double[] image = new double[d];
                for (int k = 0; k < d; k++)
                    image[k] =
                        vector[order[k]] == 0 ? 0
                        : (signs >> k & 1) == 0 ? vector[order[k]]
                        : -vector[order[k]];
                if (!found.Exists(f => f.AsSpan().SequenceEqual(image)))
                    found.Add(image);
            }
        }
        return [.. found.SelectMany(f => f)];
    }

    private static IEnumerable<int[]> Orders(int d, Permutations which)
    {
        int[] identity = [.. Enumerable.Range(0, d)];
        if (which == Permutations.None)
            return [identity];
        if (which == Permutations.Cyclic)
            return identity.Select(s => identity.Select(k => (k + s) % d).ToArray());
        IEnumerable<int[]> all = Arrange(identity);
        return which == Permutations.All ? all : all.Where(IsEven);
    }

    private static IEnumerable<int[]> Arrange(int[] items) =>
        items.Length <= 1
            ? [items]
            : items.SelectMany(first => Arrange([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));

    private static bool IsEven(int[] order)
    {
        int inversions = 0;
        for (int i = 0; i < order.Length; i++)
        {
            for (int j = i + 1; j < order.Length; j++)
                inversions += order[i] > order[j] ? 1 : 0;
        }
        return int.IsEvenInteger(inversions);
    }
}

/// <summary>Permutations of the coordinates of a vector.</summary>
internal enum Permutations
{
    None,
    Cyclic,
    Even,
    All,
}
