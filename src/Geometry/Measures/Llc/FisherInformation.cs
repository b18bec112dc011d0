using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Llc;

/// <summary>
/// The Fisher information of a toy model, F = E Σ_i ∇z'_i ∇z'_iᵀ with z' = act(Aᵀ B x + b), which is that of p(y|x) = N(z', 1).
/// </summary>
/// <remarks>
/// Its rank is the number of directions in which the model's outputs change at first order. That is 2λ of a point whose other directions
/// are flat to all orders, and a lower bound of 2λ where they are curved at higher order. O(inputs·n·P²) time, P² memory.
/// </remarks>
public static class FisherInformation
{
    /// <summary>Largest number of parameters; the rank of larger models is not computed.</summary>
    public const int MostParameters = Spectrum.MostEigenvalues;

    /// <summary>Eigenvalues below this share of the largest do not count.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>rank F; NaN for too many parameters.</summary>
    /// <param name="encoder">B (tied: W), m×n.</param>
    /// <param name="decoder">A, m×n; null for a tied model.</param>
    /// <param name="bias">b, length n; null for a model without bias.</param>
    /// <param name="inputs">Inputs x, each of length n.</param>
    /// <param name="slope">act'(z).</param>
    public static double Rank(
        FeatureConfiguration encoder,
        FeatureConfiguration? decoder,
        double[]? bias,
        IEnumerable<double[]> inputs,
        Func<double, double> slope
    )
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(slope);
        int n = encoder.Features,
            m = encoder.Hidden,
            matrix = n * m,
            biases = decoder is null ? matrix : 2 * matrix,
            p = biases + (bias is null ? 0 : n);
        if (p > MostParameters)
            return double.NaN;
        FeatureConfiguration reader = decoder ?? encoder;
        int readers = decoder is null ? 0 : matrix;
        double[] fisher = new double[p * p],
            row = new double[p],
            h = new double[m];
        foreach (double[] x in inputs)
        {
            Array.Clear(h);
            for (int k = 0; k < n; k++)
                Vectors.Axpy(x[k], encoder.Column(k), h);
            for (int i = 0; i < n; i++)
            {
                double s = slope(Vectors.Dot(reader.Column(i), h) + (bias?[i] ?? 0));
                if (s == 0)
                    continue;
                Array.Clear(row);
                for (int k = 0; k < n; k++)
                    Vectors.Axpy(s * x[k], reader.Column(i), row.AsSpan(k * m, m));
                Vectors.Axpy(s, h, row.AsSpan(readers + (i * m), m));
                if (bias is not null)
                    row[biases + i] = s;
                for (int a = 0; a < p; a++)
                {
                    if (row[a] != 0)
                        Vectors.Axpy(row[a], row, fisher.AsSpan(a * p, p));
                }
            }
        }
        double[] values = new double[p];
        SymmetricEigen.Decompose(fisher, p, values, []);
        return values.Count(v => v > Tolerance * values[0] && v > 0);
    }
}
