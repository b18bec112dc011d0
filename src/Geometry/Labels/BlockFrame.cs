using System.Buffers;
using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Labels;

/// <summary>
/// How tight a frame the columns of a block are, and whether a random tight frame has to be ruled out before the block gets a name.
/// </summary>
/// <remarks>
/// <para>
/// δ = ‖FFᵀ·d/‖F‖² − 1‖_F/√d for the columns F of the block within V_S, d×c, norms included. Noise of σ per coordinate, relative to the
/// root mean square norm, turns a tight frame into one with δ²c/(4σ²) ~ χ²_ν to first order, over the ν = (d−1)(d+2)/2 traceless symmetric
/// directions.
/// </para>
/// <para>
/// A random tight frame has to be ruled out where two things hold. First, the columns are tight within the noise of the run: δ²c/(4σ²) is
/// below a high quantile of χ²_ν. Second, the misfit is not noise: the least noise that explains the residual r over q normal directions,
/// s² = r²/(2χ²_q(0.999)/q) as in <see cref="Shapes.MatchOptions.Cap"/>, would have left δ²c/(4s²) above the low quantile of χ²_ν, both in
/// the block and in the whole of W. A noisy shape of a noisy run is about as tight as its noise allows, and only independent directions
/// need to be ruled out for it; without the second condition a triangle at σ = 0.06 would lose its name in one case of five. A random tight
/// frame is tighter than its distance from the shape allows.
/// </para>
/// </remarks>
internal static class BlockFrame
{
    /// <summary>δ of some columns; 0 for d = 1. O(cd²).</summary>
    /// <param name="unit">Their directions, row-major c×d.</param>
    /// <param name="squares">Their squared norms, length c, not all zero.</param>
    /// <param name="d">Dimension.</param>
    public static double Defect(ReadOnlySpan<double> unit, ReadOnlySpan<double> squares, int d)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(d * d);
        Span<double> scatter = rented.AsSpan(0, d * d);
        scatter.Clear();
        double trace = 0,
            sum = 0;
        for (int i = 0; i < squares.Length; i++)
            Vectors.AddOuterProduct(unit.Slice(i * d, d), scatter, squares[i]);
        for (int k = 0; k < d; k++)
            trace += scatter[k * d + k];
        for (int k = 0; k < d; k++)
        {
            for (int l = 0; l < d; l++)
            {
                double entry = scatter[k * d + l] * d / trace - (k == l ? 1 : 0);
                sum += entry * entry;
            }
        }
        ArrayPool<double>.Shared.Return(rented);
        return Math.Sqrt(sum / d);
    }

    /// <summary>
    /// The largest variance of noise, per coordinate and relative to the mean square norm, that a frame defect allows; +∞ for d = 1, where
    /// every frame is tight.
    /// </summary>
    /// <param name="defect">δ ≥ 0.</param>
    /// <param name="d">Dimension.</param>
    /// <param name="c">Columns.</param>
    /// <param name="constants">The risks.</param>
    public static double LargestVariance(double defect, int d, int c, DecisionConstants constants) =>
        d < 2 ? double.PositiveInfinity : 0.25 * defect * defect * c / Quantiles.ChiSquare(Freedom(d), constants.NoiseRisk);

    /// <summary>Whether a random tight frame has to be ruled out.</summary>
    /// <param name="defect">δ ≥ 0.</param>
    /// <param name="d">Dimension, ≥ 2.</param>
    /// <param name="c">Columns.</param>
    /// <param name="residualDegrees">r, degrees.</param>
    /// <param name="codimension">q ≥ 1.</param>
    /// <param name="noise">σ of the run, at least the floor.</param>
    /// <param name="largest">The largest variance of noise that the frame defect of the whole of W allows.</param>
    /// <param name="constants">The risks.</param>
    public static bool IsNull(
        double defect,
        int d,
        int c,
        double residualDegrees,
        int codimension,
        double noise,
        double largest,
        DecisionConstants constants
    )
    {
        double residual = residualDegrees * (Math.PI / 180);
        double least = residual * residual * codimension / (2 * Quantiles.ChiSquare(codimension, 1 - constants.CapRisk));
        return 0.25 * defect * defect * c <= noise * noise * Quantiles.ChiSquare(Freedom(d), 1 - constants.NoiseRisk)
            && Math.Min(largest, LargestVariance(defect, d, c, constants)) <= least;
    }

    /// <summary>ν, the degrees of freedom of a frame defect.</summary>
    private static int Freedom(int d) => (d - 1) * (d + 2) / 2;
}

/// <summary>What is known of W as a frame: the norms of its columns, and how tight it is.</summary>
/// <param name="Norms">‖w_i‖ of all features, length n.</param>
/// <param name="LargestVariance">The largest variance of noise that the frame defect of W allows, see
/// <see cref="BlockFrame.LargestVariance"/>; +∞ when it is not known.</param>
internal sealed record FrameOfRun(double[] Norms, double LargestVariance)
{
    /// <summary>
    /// Computes it from the statistics of W. The defect is converted to the span of all columns, δ_r² = (1 + δ²)·r/m − 1, because
    /// dimensions that no column uses do not make a frame less tight.
    /// </summary>
    /// <param name="statistics">Norms and δ.</param>
    /// <param name="hidden">m, the number of dimensions in which δ was computed.</param>
    /// <param name="rank">r, the dimension of the span of all columns, ≤ m.</param>
    /// <param name="constants">The risk.</param>
    public static FrameOfRun Of(FeatureStatistics statistics, int hidden, int rank, DecisionConstants constants)
    {
        double defect = statistics.FrameDefect;
        if (rank < hidden)
            defect = Math.Sqrt(Math.Max(0, (1 + defect * defect) * rank / hidden - 1));
        return new FrameOfRun(statistics.Norms, BlockFrame.LargestVariance(defect, rank, statistics.Norms.Length, constants));
    }
}
