using Geometry.Clustering;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Measures.Arrangements;

/// <summary>The components of an arrangement: the arrangements whose product it is.</summary>
/// <remarks>
/// <para>
/// Two hyperplanes belong to one component when a circuit of the linear matroid of the normals contains both. That is so when a chain of
/// entries P_ij ≠ 0 connects them in the projector P = Vᵀ V onto the row space of the normals, where the rows of V are the right singular
/// vectors. The dimensions of the components add up to the rank, and the characteristic polynomial is the product of theirs.
/// </para>
/// <para>
/// With the tolerance t, singular values up to t·√max(n,m)/2 count as zero, because a matrix of entries with standard deviation σ = t/3 has
/// a norm of at most about σ(√n+√m). Entries of P up to t·√2 over the smallest nonzero singular value count as zero too, by the first-order
/// perturbation of P. Where the dimensions do not add up, the whole arrangement is one component. O(n·m·min(n,m) + n²·rank).
/// </para>
/// </remarks>
internal static class Components
{
    /// <summary>The components, in coordinates of their own spans, whose dimensions add up to the rank of the normals.</summary>
    public static IReadOnlyList<Hyperplanes> Of(Hyperplanes all)
    {
        int n = all.Count,
            m = all.Dimension;
        if (n == 0 || m == 0)
            return [];
        (double[] basis, int rank, Matrix<double> right, double smallest) = Span(all, [.. Enumerable.Range(0, n)], most: m);
        if (rank == 0)
            return [];
        int[] parent = [.. Enumerable.Range(0, n)];
        double least = Math.Max(all.Tolerance * Math.Sqrt(2) / smallest, 1e-12);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double entry = 0;
                for (int k = 0; k < rank; k++)
                    entry += right[k, i] * right[k, j];
                if (Math.Abs(entry) > least)
                    UnionFind.Union(parent, i, j);
            }
        }
        List<int>[] groups = [.. Enumerable.Range(0, n).GroupBy(i => UnionFind.Root(parent, i)).Select(g => g.ToList())];
        if (groups.Length > 1)
        {
            var components = new List<Hyperplanes>();
            int dimensions = 0;
            foreach (List<int> group in groups)
            {
                (double[] own, int dim, _, _) = Span(all, group, most: rank);
                dimensions += dim;
                components.Add(all.Within(group, own, dim));
            }
            if (dimensions == rank)
                return components;
        }
        return [all.Within([.. Enumerable.Range(0, n)], basis, rank)];
    }

    /// <summary>The given hyperplanes, in the subspace of at most the given dimension that is nearest to their normals.</summary>
    public static Hyperplanes Project(Hyperplanes all, IReadOnlyList<int> members, int dimension)
    {
        (double[] basis, int rank, _, _) = Span(all, members, dimension);
        return all.Within(members, basis, rank);
    }

    /// <summary>
    /// The span of the given normals: an orthonormal basis, its dimension, the right singular vectors, and the smallest nonzero singular
    /// value.
    /// </summary>
    /// <param name="all">The hyperplanes.</param>
    /// <param name="members">Indices of the hyperplanes.</param>
    /// <param name="most">Largest dimension.</param>
    private static (double[] Basis, int Rank, Matrix<double> Right, double Smallest) Span(
        Hyperplanes all,
        IReadOnlyList<int> members,
        int most
    )
    {
        int m = all.Dimension,
            n = members.Count;
        Matrix<double> matrix = Matrix<double>.Build.Dense(m, n, (k, i) => all.Normals[(members[i] * m) + k]);
        var svd = matrix.Svd(computeVectors: true);
        double noise = all.Tolerance * Math.Sqrt(Math.Max(n, m)) / 2;
        int rank = 0;
        while (rank < Math.Min(most, Math.Min(n, m)) && svd.S[rank] > noise)
            rank++;
        double[] basis = new double[rank * m];
        for (int k = 0; k < rank; k++)
        {
            for (int row = 0; row < m; row++)
                basis[(k * m) + row] = svd.U[row, k];
        }
        return (basis, rank, svd.VT, rank == 0 ? 0 : svd.S[rank - 1]);
    }
}
