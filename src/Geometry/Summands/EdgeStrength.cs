using System.Buffers;
using System.Numerics.Tensors;
using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// How strongly two features are tied together, in units of the (unknown) noise per coordinate.
/// </summary>
/// <remarks>
/// <para>
/// Two features of different summands have x_i·x_j = 0 and R_ij = 0, where R is the orthogonal projector onto the row space of X:
/// R depends on the linear matroid alone, up to scaling of columns, and is block diagonal over its connected components. Noise of
/// standard deviation σ per coordinate moves x_i·x_j by σ√2 and, to first order in δX (R = X⁺X, δR = X⁺δX(1−R) + its transpose),
/// R_ij by σ·sqrt(a_i(1−R_jj) + a_j(1−R_ii)) with a_i = ((XᵀX)⁺)_ii. The strength is the larger of the two ratios.
/// </para>
/// <para>
/// Each ratio covers the other's blind spot. In a simplex of dimension k all |cos| are 1/k, lost in the noise for large k, while
/// R_ij = −1/(k+1) stands several deviations out because the null space touches it lightly. In the 600-cell R_ij ≤ 1/30, but the cosines are .8.
/// </para>
/// Complexity: O(n²m + m³) time, O(n² + m²) memory.
/// </remarks>
internal static class EdgeStrength
{
    // Keeps the ratio finite where both features are coloops, whose R_ij carries no noise to first order; it is the square of an
    // angle (0.6°) far below any noise of interest.
    private const double VarianceFloor = 1e-4;

    /// <summary>Fills <paramref name="strength"/> (n×n, symmetric, zero diagonal).</summary>
    /// <param name="x">Unit columns, feature-major n×m.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="n">Features.</param>
    /// <param name="gram">G = XᵀX, n×n.</param>
    /// <param name="spectrum">Principal axes of X, descending.</param>
    /// <param name="rank">Rank at which the row space is cut, 1 ≤ rank ≤ min(m, n).</param>
    /// <param name="strength">Output, n×n.</param>
    public static void Compute(
        ReadOnlySpan<double> x, int m, int n, ReadOnlySpan<double> gram, PrincipalAxes spectrum, int rank, Span<double> strength)
    {
        // Rows of Z are the rank right singular vectors' entries at one feature: R_ij = z_i·z_j.
        double[] z = ArrayPool<double>.Shared.Rent(n * rank);
        double[] a = ArrayPool<double>.Shared.Rent(2 * n);
        Span<double> leverage = a.AsSpan(n, n);
        for (int i = 0; i < n; i++)
        {
            double ai = 0, ri = 0;
            ReadOnlySpan<double> xi = x.Slice(i * m, m);
            for (int k = 0; k < rank; k++)
            {
                double lambda = Math.Max(spectrum.Value(k), 1e-12);
                double v = TensorPrimitives.Dot(spectrum.Axis(k), xi) / Math.Sqrt(lambda);
                z[i * rank + k] = v;
                ri += v * v;
                ai += v * v / lambda;
            }
            a[i] = ai;
            leverage[i] = Math.Min(ri, 1);
        }
        for (int i = 0; i < n; i++)
        {
            strength[i * n + i] = 0;
            for (int j = i + 1; j < n; j++)
            {
                double r = TensorPrimitives.Dot<double>(z.AsSpan(i * rank, rank), z.AsSpan(j * rank, rank));
                double variance = a[i] * (1 - leverage[j]) + a[j] * (1 - leverage[i]) + VarianceFloor;
                double s = Math.Max(Math.Abs(gram[i * n + j]) * (1 / Math.Sqrt(2)), Math.Abs(r) / Math.Sqrt(variance));
                strength[i * n + j] = s;
                strength[j * n + i] = s;
            }
        }
        ArrayPool<double>.Shared.Return(a);
        ArrayPool<double>.Shared.Return(z);
    }
}
