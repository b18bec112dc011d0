using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian;

/// <summary>
/// The mean of many planes given by k-subsets: the top-k eigenspace of Σ_S P_S = X (Σ_S G_S⁻¹) Xᵀ. A workspace for one thread.
/// </summary>
/// <remarks>
/// Each vote adds k² numbers to an n×n matrix; R^m is met once a cluster. Subsets must be informative (G_S positive definite).
/// Summed in the order given. Memory: n² + m² doubles.
/// </remarks>
internal sealed class MeanPlane(double[] columns, double[] gram, int m, int n, int k)
{
    private readonly double[] _weights = new double[n * n];
    private readonly bool[] _votes = new bool[n];
    private readonly double[] _factor = new double[k * k], _inverse = new double[k];
    private readonly double[] _sum = new double[m * m], _values = new double[m], _vectors = new double[m * m], _residual = new double[m];

    /// <summary>Mean plane and features of one cluster.</summary>
    /// <param name="subsets">k features a subset.</param>
    /// <param name="cluster">Positions of the cluster's subsets.</param>
    /// <param name="epsilon">Distance within which a feature belongs to the plane.</param>
    internal HoughPlane Of(ushort[] subsets, int[] cluster, double epsilon)
    {
        foreach (int vote in cluster) Add(subsets.AsSpan(vote * k, k));
        int[] voters = [.. Enumerable.Range(0, n).Where(j => _votes[j])];
        Embed(voters);
        SymmetricEigen.Decompose(_sum, m, _values, _vectors);
        double[] basis = _vectors[..(k * m)];

        var features = new List<int>();
        double squares = 0;
        for (int j = 0; j < n; j++)
        {
            double distance = ChordalDistance.Residual(basis, columns.AsSpan(j * m, m), m, k, _residual);
            if (distance > epsilon) continue;
            features.Add(j);
            squares += distance * distance;
        }
        return new HoughPlane(k, [.. features], cluster.Length, voters, basis, Math.Sqrt(squares / Math.Max(1, features.Count)));
    }

    /// <summary>Adds G_S⁻¹, lower triangle only, to the weights.</summary>
    private void Add(ReadOnlySpan<ushort> subset)
    {
        for (int i = 0; i < k; i++)
        {
            _votes[subset[i]] = true;
            for (int j = 0; j <= i; j++) _factor[(i * k) + j] = gram[(subset[i] * n) + subset[j]];
        }
        SmallCholesky.Factor(_factor, k);
        for (int j = 0; j < k; j++)
        {
            Array.Clear(_inverse);
            _inverse[j] = 1;
            SmallCholesky.SolveLower(_factor, k, _inverse);
            SmallCholesky.SolveUpper(_factor, k, _inverse);
            for (int i = j; i < k; i++) _weights[(subset[i] * n) + subset[j]] += _inverse[i];
        }
    }

    /// <summary>Σ_ab weight_ab x_a x_bᵀ over the voters, and clears the weights for the next cluster.</summary>
    private void Embed(int[] voters)
    {
        Array.Clear(_sum);
        foreach (int a in voters)
        {
            // x_a (Σ_b w_ab x_b)ᵀ with the diagonal halved; the symmetric part comes from Decompose, which averages A and Aᵀ.
            Array.Clear(_residual);
            foreach (int b in voters)
            {
                if (b > a) break;
                double weight = _weights[(a * n) + b];
                if (weight != 0) Vectors.Axpy(a == b ? 0.5 * weight : weight, columns.AsSpan(b * m, m), _residual);
                _weights[(a * n) + b] = 0;
            }
            for (int i = 0; i < m; i++) Vectors.Axpy(columns[(a * m) + i], _residual, _sum.AsSpan(i * m, m));
        }
        foreach (int a in voters) _votes[a] = false;
    }
}
