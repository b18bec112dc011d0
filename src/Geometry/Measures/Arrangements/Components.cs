using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Measures.Arrangements;

/// <summary>The arrangements that an arrangement is the product of.</summary>
/// <remarks>
/// <para>
/// Two hyperplanes belong together when a circuit of the linear matroid of the normals holds both: when the projector P = Vᵀ V onto the row
/// space of the normals, V their right singular vectors, has an entry P_ij ≠ 0, or a chain of such. The dimensions of the components add up
/// to the rank, and the characteristic polynomial is the product of theirs.
/// </para>
/// <para>
/// Singular values up to t·√max(n,m)/2, t the tolerance, are noise (a matrix of entries with standard deviation σ = t/3 has norm σ(√n+√m)
/// at most, about), and so are entries of P up to t·√2 over the smallest singular value that counts: first-order perturbation of P. Where
/// the dimensions do not add up, everything is one component. O(n·m·min(n,m) + n²·rank).
/// </para>
/// </remarks>
internal static class Components
{
    /// <summary>The components in coordinates of their own spans; the dimensions of the spans add up to the rank of the normals.</summary>
    public static IReadOnlyList<Hyperplanes> Of(Hyperplanes all)
    {
        int n = all.Count,
            m = all.Dimension;
        if (n == 0 || m == 0)
            return [];
        (double[] basis, int rank, Matrix<double> right, double smallest) = Span(all, [.. Enumerable.Range(0, n)], most: m);
        if (rank == 0)
            return [];
        int[] roots = [.. Enumerable.Range(0, n)];
        double least = Math.Max(all.Tolerance * Math.Sqrt(2) / smallest, 1e-12);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double entry = 0;
                for (int k = 0; k < rank; k++)
                    entry += right[k, i] * right[k, j];
                if (Math.Abs(entry) > least)
                    roots[Root(roots, i)] = Root(roots, j);
            }
        }
        List<int>[] groups = [.. Enumerable.Range(0, n).GroupBy(i => Root(roots, i)).Select(g => g.ToList())];
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

    /// <summary>Some of the hyperplanes in the subspace of a dimension that is nearest to their normals.</summary>
    public static Hyperplanes Project(Hyperplanes all, IReadOnlyList<int> members, int dimension)
    {
        (double[] basis, int rank, _, _) = Span(all, members, dimension);
        return all.Within(members, basis, rank);
    }

    /// <summary>
    /// The space that some normals span: an orthonormal basis, its dimension, the right singular vectors, and the smallest singular value
    /// that counts.
    /// </summary>
    /// <param name="all">The hyperplanes.</param>
    /// <param name="members">Which.</param>
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

    private static int Root(int[] roots, int i)
    {
        while (roots[i] != i)
            i = roots[i] = roots[roots[i]];
        return i;
    }
}
