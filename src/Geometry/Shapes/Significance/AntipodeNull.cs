namespace Geometry.Shapes.Significance;

/// <summary>The probability that two random directions of R^r are at least as nearly opposite as a given pair.</summary>
/// <remarks>
/// P(angle ≥ 180° − lean) is the share of a cap of S^{r−1}, ½·I_{sin²(lean)}((r−1)/2, ½). It is ½ on a line, where only signs are random,
/// and lean/180° in the plane. Two random directions of R³ are within 12° of opposite once in 90 cases, of R^12 within 11.4° once in 5·10⁸.
/// </remarks>
internal static class AntipodeNull
{
    /// <summary>ln P.</summary>
    /// <param name="leanDegrees">180° less the angle of the pair, in [0, 180].</param>
    /// <param name="rank">r, the rank of all columns of W, ≥ 1.</param>
    public static double LogPValue(double leanDegrees, int rank) => SphereCap.LogShare(leanDegrees * (Math.PI / 180), rank - 1);

    /// <summary>P.</summary>
    /// <inheritdoc cref="LogPValue"/>
    public static double PValue(double leanDegrees, int rank) => Elementary.Exp(LogPValue(leanDegrees, rank));

    /// <summary>
    /// The root mean square lean that noise gives a pair, degrees: each of its two members is off by σ in r−1 directions.
    /// </summary>
    /// <param name="noise">σ per coordinate of a unit column, radians.</param>
    /// <param name="rank">r ≥ 1.</param>
    public static double LeanOfNoise(double noise, int rank) => Math.Sqrt(2.0 * (rank - 1)) * noise * (180 / Math.PI);
}
