using System.Buffers;
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
        double[] rented = ArrayPool<double>.Shared.Rent(n * (rank + 2));
        Span<double> z = rented.AsSpan(0, n * rank), a = rented.AsSpan(n * rank, n), leverage = rented.AsSpan(n * (rank + 1), n);
        RowSpace(x, m, [], spectrum, rank, z, a, leverage);
        for (int i = 0; i < n; i++)
        {
            strength[i * n + i] = 0;
            for (int j = i + 1; j < n; j++)
            {
                double r = Vectors.Dot(z.Slice(i * rank, rank), z.Slice(j * rank, rank));
                double deviation = Deviation(a[i], leverage[i], a[j], leverage[j]);
                double s = Math.Max(Math.Abs(gram[i * n + j]) * (1 / Math.Sqrt(2)), Math.Abs(r) / deviation);
                strength[i * n + j] = s;
                strength[j * n + i] = s;
            }
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Coordinates z_i in the row space, R_ij = z_i·z_j, with a_i = ((XᵀX)⁺)_ii and the leverage R_ii.</summary>
    /// <param name="x">Unit columns, feature-major.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="features">The columns meant; empty: all that <paramref name="a"/> has room for.</param>
    /// <param name="spectrum">Their principal axes.</param>
    /// <param name="rank">Rank at which the row space is cut.</param>
    /// <param name="z">Output, row-major n×rank.</param>
    /// <param name="a">Output, n.</param>
    /// <param name="leverage">Output, n.</param>
    public static void RowSpace(
        ReadOnlySpan<double> x, int m, ReadOnlySpan<int> features, PrincipalAxes spectrum, int rank, Span<double> z, Span<double> a, Span<double> leverage)
    {
        for (int i = 0; i < a.Length; i++)
        {
            double ai = 0, ri = 0;
            ReadOnlySpan<double> xi = x.Slice((features.IsEmpty ? i : features[i]) * m, m);
            for (int k = 0; k < rank; k++)
            {
                double lambda = Math.Max(spectrum.Value(k), 1e-12);
                double v = Vectors.Dot(spectrum.Axis(k), xi) / Math.Sqrt(lambda);
                z[i * rank + k] = v;
                ri += v * v;
                ai += v * v / lambda;
            }
            a[i] = ai;
            leverage[i] = Math.Min(ri, 1);
        }
    }

    /// <summary>Standard deviation of R_ij per unit of noise, to first order.</summary>
    public static double Deviation(double ai, double leverageI, double aj, double leverageJ) =>
        Math.Sqrt(ai * (1 - leverageJ) + aj * (1 - leverageI) + VarianceFloor);
}
