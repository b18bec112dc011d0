using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// What a growing block P does to its neighbours, without its axes: log det(G_P + μ) and u ↦ ‖(G_P + μ)^−½ X_Pᵀu‖² for every prefix P of an
/// order of features.
/// </summary>
/// <remarks>
/// One Cholesky factorisation of G + μ in that order holds all prefixes: row i of LᵀL = G + μ extends P by one feature, and the squares of
/// column j so far add up to x_jᵀX_P(G_P + μ)⁻¹X_Pᵀx_j = Σ_a λ_a/(λ_a + μ)·(u_a·x_j)². μ &gt; 0. Memory n²/2 doubles. Complexity: n³/6
/// multiply-adds, less where columns are exactly orthogonal.
/// </remarks>
internal sealed class SpineFactors(double[] gram, int n, int[] order)
{
    private readonly double[][] _rows = new double[n][];
    private readonly double[] _held = new double[n];
    private double _mu;
    private int _count;

    /// <summary>log det(G_P + μ).</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>Starts with P empty.</summary>
    public void Start(double mu)
    {
        (_mu, _count, LogDeterminant) = (mu, 0, 0);
        Array.Clear(_held);
    }

    /// <summary>Extends P to the first <paramref name="count"/> features of the order.</summary>
    public void Extend(int count)
    {
        for (; _count < count; _count++)
        {
            int i = _count,
                feature = order[i];
            double[] row = _rows[i] ??= new double[n - i];
            for (int j = 0; j < row.Length; j++)
                row[j] = gram[feature * n + order[i + j]];
            row[0] += _mu;
            for (int l = 0; l < i; l++)
            {
                double factor = _rows[l][i - l];
                if (factor != 0)
                    Vectors.Axpy(-factor, _rows[l].AsSpan(i - l), row);
            }
            LogDeterminant += Elementary.Log(row[0]);
            Vectors.Scale(1 / Math.Sqrt(row[0]), row);
            for (int j = 1; j < row.Length; j++)
                _held[i + j] += row[j] * row[j];
        }
    }

    /// <summary>The squared norm above of the feature at that place of the order, beyond P.</summary>
    public double Held(int place) => _held[place];
}
