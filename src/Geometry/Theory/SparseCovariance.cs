using Geometry.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>The covariance of sparse data for a linear model.</summary>
/// <remarks>
/// The x_i are independent, 0 with probability 1−p and otherwise uniform on [0,1], so E x_i² = p/3 and E x_i x_j = p²/4. Without a bias Σ =
/// v·1 + (p²/4)·11ᵀ, v = p/3 − p²/4, with eigenvalues v (n−1 times) and v + np²/4. With a bias the mean drops out, and Σ = v·1. With
/// importances it is diag(√I)·Σ·diag(√I). Source: moments of the distribution; notes on linear and sparse autoencoders.
/// </remarks>
public static class SparseCovariance
{
    /// <summary>Σ, row-major n×n.</summary>
    /// <param name="density">p, in (0, 1].</param>
    /// <param name="importance">I_1 … I_n, each &gt; 0.</param>
    /// <param name="bias">Whether the model has a bias.</param>
    public static double[] Matrix(double density, IReadOnlyList<double> importance, bool bias)
    {
        ArgumentNullException.ThrowIfNull(importance);
        int n = importance.Count;
        double v = IdealSolutions.Variance(density),
            common = bias ? 0 : density * density / 4;
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                covariance[(i * n) + j] = Math.Sqrt(importance[i] * importance[j]) * ((i == j ? v : 0) + common);
        }
        return covariance;
    }

    /// <summary>The eigenvalues of a covariance, descending.</summary>
    /// <param name="covariance">Symmetric, row-major n×n; not changed.</param>
    /// <param name="size">n.</param>
    public static double[] Spectrum(ReadOnlySpan<double> covariance, int size)
    {
        double[] spectrum = new double[size];
        SymmetricEigen.Decompose(covariance.ToArray(), size, spectrum, []);
        return spectrum;
    }
}
