using System.Buffers;
using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Labels;

/// <summary>How tight a frame the columns of a block are, and whether random tight frames are a null to reckon with for that.</summary>
/// <remarks>
/// <para>
/// δ = ‖FFᵀ·d/‖F‖² − 1‖_F/√d, F the columns within V_S, d×c, norms included. Noise of σ a coordinate, relative to the root mean square
/// norm, leaves a tight frame with d·δ² of mean 4νσ²d/c over the ν = (d−1)(d+2)/2 traceless symmetric directions, that is with δ²c/(4σ²) ~
/// χ²_ν to first order.
/// </para>
/// <para>
/// Two things must hold for the null to speak. The columns are tight within the run's noise: δ²c/(4σ²) is below a high quantile of χ²_ν.
/// And the misfit is no noise: were it, s² = r²/(2χ²_q(0.999)/q) would be the least that explains the residual r over q normal directions
/// (as in <see cref="Shapes.MatchOptions.Cap"/>), and it would have left δ²c/(4s²) above the low quantile of χ²_ν, in the block and in the
/// whole of W. A noisy shape of a noisy run is about as tight as its noise lets it be, and independent directions are the only null for it:
/// without this a triangle at σ = 0.06 would lose its name in one case of five. A random tight frame is tighter than its distance from the
/// shape.
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
        {
            ReadOnlySpan<double> x = unit.Slice(i * d, d);
            for (int k = 0; k < d; k++)
                Vectors.Axpy(squares[i] * x[k], x, scatter.Slice(k * d, d));
        }
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
    /// The largest variance of noise, per coordinate and relative to the mean square norm, that a frame defect leaves room for; +∞ for d =
    /// 1, where every frame is tight.
    /// </summary>
    /// <param name="defect">δ ≥ 0.</param>
    /// <param name="d">Dimension.</param>
    /// <param name="c">Columns.</param>
    /// <param name="constants">The risks.</param>
    public static double LargestVariance(double defect, int d, int c, DecisionConstants constants) =>
        d < 2 ? double.PositiveInfinity : 0.25 * defect * defect * c / Quantiles.ChiSquare(Freedom(d), constants.NoiseRisk);

    /// <summary>Whether the tight-frame null speaks.</summary>
    /// <param name="defect">δ ≥ 0.</param>
    /// <param name="d">Dimension, ≥ 2.</param>
    /// <param name="c">Columns.</param>
    /// <param name="residualDegrees">r, degrees.</param>
    /// <param name="codimension">q ≥ 1.</param>
    /// <param name="noise">σ of the run, floored.</param>
    /// <param name="largest">The largest variance of noise that the whole of W leaves room for.</param>
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

    /// <summary>ν.</summary>
    private static int Freedom(int d) => (d - 1) * (d + 2) / 2;
}

/// <summary>What W as a frame tells about its blocks.</summary>
/// <param name="Norms">‖w_i‖ of all features, length n.</param>
/// <param name="LargestVariance">The largest variance of noise that the frame defect of W leaves room for, see <see cref="BlockFrame"/>; +∞
/// for none known.</param>
internal sealed record FrameOfRun(double[] Norms, double LargestVariance)
{
    /// <summary>
    /// From the statistics of W. The defect is that within the span of all columns, δ_r² = (1 + δ²)·r/m − 1: dimensions that nothing uses
    /// make no frame less tight.
    /// </summary>
    /// <param name="statistics">Norms and δ.</param>
    /// <param name="hidden">m, the dimensions that δ is meant in.</param>
    /// <param name="rank">r, those of the span of all columns; at most m.</param>
    /// <param name="constants">The risk.</param>
    public static FrameOfRun Of(FeatureStatistics statistics, int hidden, int rank, DecisionConstants constants)
    {
        double defect = statistics.FrameDefect;
        if (rank < hidden)
            defect = Math.Sqrt(Math.Max(0, (1 + defect * defect) * rank / hidden - 1));
        return new FrameOfRun(statistics.Norms, BlockFrame.LargestVariance(defect, rank, statistics.Norms.Length, constants));
    }
}
