using Geometry.Configurations;
using Geometry.Decisions;

namespace Geometry.Labels;

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
