using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>
/// Finds, for directions that are sums of two vertices of a regular simplex, which two vertices each is the sum of: the pairs {i, j} of the
/// Johnson graph J(n, 2) from the vectors alone. The n vertices are called roots.
/// </summary>
/// <remarks>
/// Of the vectors x_ij = (u_i + u_j)/√(2 − 2/k) the nearest ones share an index. Two nearest ones, {1,2} and {1,3}, and the n−2 vectors
/// nearest to both add up to about (n−2)u_1. The n−1 vectors with the largest products with that sum are the {1,j}, and their mean is a
/// better u_1. The other roots follow: u_j is about √(2 − 2/k)·x_1j − u_1. Each vector then takes the two roots with the largest products,
/// and each root becomes the mean of its vectors, until nothing changes. A label is wrong only where noise changes a product by 0.3, the
/// gap between 0.7 and 1. O(count·n·k) per round.
/// </remarks>
internal static class RootLabels
{
    private const int MostRounds = 20;

    /// <summary>Finds the labels.</summary>
    /// <param name="state">The data, with angles, n(n−1)/2 of them in R^{n−1}.</param>
    /// <param name="start">Index of the direction to start from.</param>
    /// <param name="roots">Scratch n·k: afterwards the roots, unit rows.</param>
    /// <param name="vertexOf">Destination: for each direction the number (<see cref="PairIndex"/>) of the two roots nearest to it; several
    /// directions may have the same.</param>
    public static void Find(Correspondence state, int start, Span<double> roots, Span<int> vertexOf)
    {
        int k = state.Dim,
            n = k + 1,
            c = state.Count;
        Span<double> first = roots[..k];
        Span<int> clique = state.Holders[..(n - 1)];
        Seed(state, start, first, n);
        for (int round = 0; round < 3; round++)
            Gather(state, first, clique);
        // Root j comes from member j−1 of the clique; the clique is overwritten only afterwards.
        double scale = Math.Sqrt(2 - 2.0 / k);
        for (int j = 1; j < n; j++)
        {
            Span<double> root = roots.Slice(j * k, k);
            ReadOnlySpan<double> x = state.Unit.AsSpan(clique[j - 1] * k, k);
            for (int a = 0; a < k; a++)
                root[a] = scale * x[a] - first[a];
        }
        for (int j = 1; j < n; j++)
            Gather(state, roots.Slice(j * k, k), clique);
        long before = -1;
        for (int round = 0; round < MostRounds; round++)
        {
            long hash = 17;
            for (int v = 0; v < c; v++)
            {
                vertexOf[v] = Nearest(state.Unit.AsSpan(v * k, k), roots, n);
                hash = unchecked(hash * 1_000_003 + vertexOf[v]);
            }
            if (hash == before)
                return;
            before = hash;
            roots.Clear();
            for (int v = 0; v < c; v++)
            {
                (int i, int j) = PairAt(vertexOf[v], n);
                Vectors.Axpy(1, state.Unit.AsSpan(v * k, k), roots.Slice(i * k, k));
                Vectors.Axpy(1, state.Unit.AsSpan(v * k, k), roots.Slice(j * k, k));
            }
            for (int i = 0; i < n; i++)
                Normalise(roots.Slice(i * k, k));
        }
    }

    /// <summary>The number of the pair i &lt; j of n, in lexicographic order.</summary>
    public static int PairIndex(int i, int j, int n) => i * (2 * n - i - 1) / 2 + j - i - 1;

    /// <summary>The pair of a number. O(n).</summary>
    public static (int First, int Second) PairAt(int index, int n)
    {
        int i = 0;
        for (; index >= n - 1 - i; i++)
            index -= n - 1 - i;
        return (i, i + 1 + index);
    }

    // The sum of the start, the direction nearest to it, and the n−2 directions nearest to both, scaled to unit length.
    private static void Seed(Correspondence state, int start, Span<double> sum, int n)
    {
        int c = state.Count,
            k = state.Dim,
            other = start == 0 ? 1 : 0;
        ReadOnlySpan<double> a = state.Angles.AsSpan(start * c, c);
        for (int j = 0; j < c; j++)
            other = j != start && a[j] < a[other] ? j : other;
        Span<double> keys = state.Rest.AsSpan(0, c);
        for (int j = 0; j < c; j++)
            keys[j] = a[j] + state.Angles[other * c + j];
        keys[start] = keys[other] = -1;
        sum.Clear();
        for (int taken = 0; taken < n; taken++)
            Vectors.Axpy(1, state.Unit.AsSpan(TakeSmallest(keys) * k, k), sum);
        Normalise(sum);
    }

    // Replaces the root by the mean, of unit length, of the n−1 vectors with the largest products with it.
    private static void Gather(Correspondence state, Span<double> root, Span<int> clique)
    {
        int c = state.Count,
            k = state.Dim;
        Span<double> keys = state.Rest.AsSpan(0, c);
        for (int v = 0; v < c; v++)
            keys[v] = -Vectors.Dot(root, state.Unit.AsSpan(v * k, k));
        root.Clear();
        for (int t = 0; t < clique.Length; t++)
        {
            clique[t] = TakeSmallest(keys);
            Vectors.Axpy(1, state.Unit.AsSpan(clique[t] * k, k), root);
        }
        Normalise(root);
    }

    private static int TakeSmallest(Span<double> keys)
    {
        int best = Vectors.IndexOfMin(keys);
        keys[best] = double.PositiveInfinity;
        return best;
    }

    private static int Nearest(ReadOnlySpan<double> x, ReadOnlySpan<double> roots, int n)
    {
        int best = -1,
            second = -1;
        double most = double.NegativeInfinity,
            next = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            double along = Vectors.Dot(x, roots.Slice(i * x.Length, x.Length));
            if (along > most)
                (second, next, best, most) = (best, most, i, along);
            else if (along > next)
                (second, next) = (i, along);
        }
        return best < second ? PairIndex(best, second, n) : PairIndex(second, best, n);
    }

    private static void Normalise(Span<double> v)
    {
        double norm = Vectors.Norm(v);
        if (norm > 0)
            Vectors.Scale(1 / norm, v);
    }
}
