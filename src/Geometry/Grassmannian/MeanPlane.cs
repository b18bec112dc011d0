using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian;

/// <summary>
/// The mean of many planes given by k-subsets: the top-k eigenspace of Σ_S P_S = X (Σ_S G_S⁻¹) Xᵀ. A workspace for one thread.
/// </summary>
/// <remarks>
/// Each vote adds k² numbers to an n×n matrix. The sum is decomposed once per cluster, in coordinates of the span of its voters where these
/// are fewer than m, as in most clusters of a large transform. Subsets must be informative (G_S positive definite) and are summed in the
/// order given. Memory: n² + 2m² doubles. Complexity: O(k³) per vote; O(v³ + kmn) per cluster, v = min(m, voters).
/// </remarks>
internal sealed class MeanPlane(double[] columns, double[] transposed, double[] gram, int m, int n, int k)
{
    /// <summary>Bound on the rounding of 1 − ‖Bx‖² for m up to thousands; what is within it of ε² is decided from the residual.</summary>
    private const double CosineRounding = 1e-10;

    private readonly double[] _cosines = new double[n],
        _remainders = new double[n];
    private readonly double[] _weights = new double[n * n];
    private readonly bool[] _votes = new bool[n];
    private readonly double[] _factor = new double[k * k],
        _inverse = new double[k];
    private readonly double[] _sum = new double[m * m],
        _values = new double[m],
        _vectors = new double[m * m],
        _residual = new double[m];
    private readonly double[] _span = new double[m * m],
        _coordinates = new double[m * m];

    /// <summary>Mean plane and features of one cluster.</summary>
    /// <param name="subsets">All subsets, k features each.</param>
    /// <param name="cluster">Indices of the cluster's subsets.</param>
    /// <param name="epsilon">Distance within which a feature belongs to the plane.</param>
    internal HoughPlane Of(ushort[] subsets, int[] cluster, double epsilon)
    {
        foreach (int vote in cluster)
            Add(subsets.AsSpan(vote * k, k));
        int[] voters = [.. Enumerable.Range(0, n).Where(j => _votes[j])];
        double[] basis = voters.Length < m ? InSpan(voters) : InSpace(voters);

        var features = new List<int>();
        double squares = 0;
        Remainders(basis);
        double limit = (epsilon * epsilon) + CosineRounding;
        for (int j = 0; j < n; j++)
        {
            if (_remainders[j] > limit)
                continue;
            double distance = ChordalDistance.Residual(basis, columns.AsSpan(j * m, m), m, k, _residual);
            if (distance > epsilon)
                continue;
            features.Add(j);
            squares += distance * distance;
        }
        return new HoughPlane(k, [.. features], cluster.Length, voters, basis, Math.Sqrt(squares / Math.Max(1, features.Count)));
    }

    /// <summary>
    /// 1 − ‖Bx_j‖² of every feature, its squared distance from the plane up to rounding; computed one coordinate of all features at a time.
    /// </summary>
    private void Remainders(double[] basis)
    {
        _remainders.AsSpan().Fill(1);
        for (int i = 0; i < k; i++)
        {
            Array.Clear(_cosines);
            for (int d = 0; d < m; d++)
                Vectors.Axpy(basis[(i * m) + d], transposed.AsSpan(d * n, n), _cosines);
            Vectors.SubtractSquares(_cosines, _remainders);
        }
    }

    /// <summary>Adds G_S⁻¹ to the weights, lower triangle only.</summary>
    private void Add(ReadOnlySpan<ushort> subset)
    {
        for (int i = 0; i < k; i++)
        {
            _votes[subset[i]] = true;
            for (int j = 0; j <= i; j++)
                _factor[(i * k) + j] = gram[(subset[i] * n) + subset[j]];
        }
        SmallCholesky.Factor(_factor, k);
        for (int j = 0; j < k; j++)
        {
            Array.Clear(_inverse);
            _inverse[j] = 1;
            SmallCholesky.SolveLower(_factor, k, _inverse);
            SmallCholesky.SolveUpper(_factor, k, _inverse);
            for (int i = j; i < k; i++)
                _weights[(subset[i] * n) + subset[j]] += _inverse[i];
        }
    }

    /// <summary>The mean plane, computed in coordinates of R^m.</summary>
    private double[] InSpace(int[] voters)
    {
        Embed(voters, columns, m, byVoter: false);
        SymmetricEigen.Decompose(_sum, m, _values, _vectors);
        return _vectors[..(k * m)];
    }

    /// <summary>The mean plane, computed in coordinates of an orthonormal basis of the voters' span.</summary>
    private double[] InSpan(int[] voters)
    {
        int count = voters.Length;
        for (int i = 0; i < count; i++)
            columns.AsSpan(voters[i] * m, m).CopyTo(_vectors.AsSpan(i * m, m));
        int rank = ColumnReduction.Basis(_vectors.AsSpan(0, count * m), m, count, _span);
        for (int i = 0; i < count; i++)
        {
            for (int d = 0; d < rank; d++)
                _coordinates[(i * rank) + d] = Vectors.Dot(_span.AsSpan(d * m, m), columns.AsSpan(voters[i] * m, m));
        }
        Embed(voters, _coordinates, rank, byVoter: true);
        SymmetricEigen.Decompose(_sum.AsSpan(0, rank * rank), rank, _values, _vectors);
        double[] basis = new double[k * m];
        for (int i = 0; i < k; i++)
        {
            for (int d = 0; d < rank; d++)
                Vectors.Axpy(_vectors[(i * rank) + d], _span.AsSpan(d * m, m), basis.AsSpan(i * m, m));
        }
        return basis;
    }

    /// <summary>Writes Σ_ab weight_ab x_a x_bᵀ over the voters, and clears the weights for the next cluster.</summary>
    /// <param name="voters">The features, ascending.</param>
    /// <param name="points">The vectors x of every feature or, by voter, of the voters alone.</param>
    /// <param name="dim">Length of an x.</param>
    /// <param name="byVoter">How points are indexed.</param>
    private void Embed(int[] voters, double[] points, int dim, bool byVoter)
    {
        Array.Clear(_sum);
        Span<double> row = _residual.AsSpan(0, dim);
        for (int p = 0; p < voters.Length; p++)
        {
            // x_a (Σ_b w_ab x_b)ᵀ with the diagonal halved; the symmetric part comes from Decompose, which averages A and Aᵀ.
            int a = voters[p];
            row.Clear();
            for (int q = 0; q <= p; q++)
            {
                double weight = _weights[(a * n) + voters[q]];
                if (weight != 0)
                    Vectors.Axpy(p == q ? 0.5 * weight : weight, points.AsSpan((byVoter ? q : voters[q]) * dim, dim), row);
                _weights[(a * n) + voters[q]] = 0;
            }
            ReadOnlySpan<double> x = points.AsSpan((byVoter ? p : a) * dim, dim);
            for (int i = 0; i < dim; i++)
                Vectors.Axpy(x[i], row, _sum.AsSpan(i * dim, dim));
        }
        foreach (int a in voters)
            _votes[a] = false;
    }
}
