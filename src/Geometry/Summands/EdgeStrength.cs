using System.Buffers;
using Geometry.Decisions;
using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>How strongly two features are tied together, in units of the (unknown) noise per coordinate.</summary>
/// <remarks>
/// <para>
/// Two features of different summands have x_i·x_j = 0 and R_ij = 0, where R is the orthogonal projector onto the row space of X. R depends
/// only on the linear matroid, up to scaling of columns, and is block diagonal over its connected components. Noise of standard deviation σ
/// per coordinate moves x_i·x_j by σ√2 and, to first order in δX (R = X⁺X, δR = X⁺δX(1−R) + its transpose), R_ij by σ·sqrt(a_i(1−R_jj) +
/// a_j(1−R_ii)) with a_i = ((XᵀX)⁺)_ii. The strength is the larger of the two ratios.
/// </para>
/// <para>
/// Each ratio sees what the other cannot. In a simplex of dimension k all |cos| are 1/k, which noise hides for large k, while R_ij =
/// −1/(k+1) stands out by several deviations, because the null space reaches it only lightly. In the 600-cell R_ij ≤ 1/30, but there are
/// cosines of 0.8.
/// </para>
/// <para>
/// Antipodal pairs hide what ties them together: in ± a simplex every line has two features, and each of the four pairs of features of two
/// lines shows a quarter of the R between the lines, in more noise. So where there are antipodal pairs and more lines than dimensions, the
/// lines are compared as well: with (x_i − x_j)/‖x_i − x_j‖ for a pair, whose noise is σ/√2, and x_i for a single feature, R is that of the
/// lines.
/// </para>
/// Complexity: O(n²m + m³) time, O(n² + m²) memory.
/// </remarks>
internal static class EdgeStrength
{
    /// <summary>Fills <paramref name="strength"/> (n×n, symmetric, zero diagonal).</summary>
    /// <param name="x">Unit columns, feature-major n×m.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="n">Features.</param>
    /// <param name="gram">G = XᵀX, n×n.</param>
    /// <param name="spectrum">Principal axes of X, descending.</param>
    /// <param name="rank">Rank at which the row space is cut, 1 ≤ rank ≤ min(m, n).</param>
    /// <param name="strength">Output, n×n.</param>
    /// <param name="lines">The lines through the features.</param>
    /// <param name="constants">The floor of the variance.</param>
    public static void Compute(
        ReadOnlySpan<double> x,
        int m,
        int n,
        ReadOnlySpan<double> gram,
        PrincipalAxes spectrum,
        int rank,
        Span<double> strength,
        FeatureLines lines,
        DecisionConstants constants
    )
    {
        double[] rented = ArrayPool<double>.Shared.Rent(n * (rank + 2));
        Span<double> z = rented.AsSpan(0, n * rank),
            a = rented.AsSpan(n * rank, n),
            leverage = rented.AsSpan(n * (rank + 1), n);
        RowSpace(x, m, [], spectrum, rank, z, a, leverage);
        for (int i = 0; i < n; i++)
        {
            strength[i * n + i] = 0;
            for (int j = i + 1; j < n; j++)
            {
                double r = Vectors.Dot(z.Slice(i * rank, rank), z.Slice(j * rank, rank));
                double deviation = Deviation(a[i], leverage[i], a[j], leverage[j], constants);
                double s = Math.Max(Math.Abs(gram[i * n + j]) * (1 / Math.Sqrt(2)), Math.Abs(r) / deviation);
                strength[i * n + j] = s;
                strength[j * n + i] = s;
            }
        }
        ArrayPool<double>.Shared.Return(rented);
        if (lines.Count < n && lines.Count > rank)
            OfLines(lines, m, n, rank, strength, constants);
    }

    /// <summary>Raises the strength of two features to that of their lines where that is larger.</summary>
    private static void OfLines(FeatureLines lines, int m, int n, int rank, Span<double> strength, DecisionConstants constants)
    {
        int count = lines.Count;
        rank = Math.Min(rank, lines.Axes.Count);
        double[] z = new double[count * rank],
            a = new double[count],
            leverage = new double[count],
            r = new double[count * count],
            noise = new double[count];
        RowSpace(lines.Unit, m, [], lines.Axes, rank, z, a, leverage);
        for (int p = 0; p < count; p++)
        {
            for (int q = 0; q <= p; q++)
                r[p * count + q] = r[q * count + p] = Vectors.Dot(z.AsSpan(p * rank, rank), z.AsSpan(q * rank, rank));
        }
        // Σ_l (1 − R)_lp² var_l is the variance that noise outside the row space causes; it is 1 − R_pp where all lines have the same
        // noise.
        for (int p = 0; p < count; p++)
        {
            for (int l = 0; l < count; l++)
            {
                double outside = (l == p ? 1 : 0) - r[l * count + p];
                noise[p] += outside * outside * lines.Variance(l);
            }
        }
        for (int i = 0; i < n; i++)
        {
            int p = lines.Of(i);
            for (int j = i + 1; j < n; j++)
            {
                int q = lines.Of(j);
                if (p == q)
                    continue;
                double s = Math.Abs(r[p * count + q]) / Math.Sqrt(a[p] * noise[q] + a[q] * noise[p] + constants.EdgeVarianceFloor);
                if (s > strength[i * n + j])
                    strength[i * n + j] = strength[j * n + i] = s;
            }
        }
    }

    /// <summary>Coordinates z_i in the row space, R_ij = z_i·z_j, with a_i = ((XᵀX)⁺)_ii and the leverage R_ii.</summary>
    /// <param name="x">Unit columns, feature-major.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="features">Which columns to take, as many as <paramref name="a"/> has entries; empty: the first ones.</param>
    /// <param name="spectrum">Principal axes of these columns.</param>
    /// <param name="rank">Rank at which the row space is cut.</param>
    /// <param name="z">Output, row-major n×rank.</param>
    /// <param name="a">Output, n.</param>
    /// <param name="leverage">Output, n.</param>
    public static void RowSpace(
        ReadOnlySpan<double> x,
        int m,
        ReadOnlySpan<int> features,
        PrincipalAxes spectrum,
        int rank,
        Span<double> z,
        Span<double> a,
        Span<double> leverage
    )
    {
        for (int i = 0; i < a.Length; i++)
        {
            double ai = 0,
                ri = 0;
            ReadOnlySpan<double> xi = x.Slice((features.IsEmpty ? i : features[i]) * m, m);
            for (int k = 0; k < rank; k++)
            {
                // A rank beyond the numerical one must not divide by zero.
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
    public static double Deviation(double ai, double leverageI, double aj, double leverageJ, DecisionConstants constants) =>
        Math.Sqrt(ai * (1 - leverageJ) + aj * (1 - leverageI) + constants.EdgeVarianceFloor);
}
