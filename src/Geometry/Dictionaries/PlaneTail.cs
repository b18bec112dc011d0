using Geometry.Clustering;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>
/// The tail probability of a dictionary's directions along one plane: that of <see cref="InPlaneTail"/>, called the formula here, corrected
/// by the directions that are near the plane.
/// </summary>
/// <remarks>
/// <para>
/// Real directions have longer tails than Gaussian ones: with x = −ln P by the formula, ln P = −x + lift up to <paramref name="From"/>, and
/// beyond it falls at <paramref name="Slope"/> ≤ 1 times that rate. Both are estimated from the R = 32 nearest directions that are no
/// members: by chance n·P of the farthest of them is a gamma variable of shape R, and the sum of the excesses of x over that of the
/// farthest one is a gamma variable of shape R − 1, divided by the slope (Hill 1975, doi:10.1214/aos/1176343247, in the scale of x).
/// </para>
/// <para>
/// The lift and slope of the dictionary are estimated from all planes together, by medians, with an allowance of two standard errors. A
/// plane gets its own values where the directions near it have a probability of less than one in a thousand with the common ones; its slope
/// is then lowered by one standard error. Estimates from the few directions near each plane alone would make every p-value uncertain by a
/// factor that grows with its depth.
/// </para>
/// </remarks>
/// <param name="From">The x beyond which the slope applies.</param>
/// <param name="Slope">The slope, in (0, 1].</param>
/// <param name="Lift">The lift, ≥ 0.</param>
internal readonly record struct PlaneTail(double From, double Slope, double Lift)
{
    /// <summary>R, the number of nearest non-members from which the tail is estimated.</summary>
    internal const int Rank = 32;

    // Of gamma variables of shape 32 (Count) and 31 (Sum): the medians, the 0.001-quantile and the 0.999-quantile.
    private const double MedianCount = 31.667,
        LeastCount = 17.316,
        MedianSum = 30.667,
        MostSum = 51.083;

    /// <summary>The tail of the formula, without a correction.</summary>
    internal static PlaneTail Formula => new(double.PositiveInfinity, 1, 0);

    /// <summary>ln P, given the formula's ln P.</summary>
    internal double LogProbability(double formula)
    {
        double x = -formula;
        return Math.Min(0, Lift - Math.Min(x, From) - (x > From ? Slope * (x - From) : 0));
    }

    /// <summary>The tail along each plane.</summary>
    /// <param name="chance">The formula.</param>
    /// <param name="count">n, the number of directions.</param>
    /// <param name="planes">The planes.</param>
    /// <param name="shares">For each plane the shares ‖P x‖² of its nearest non-members that are near no member, descending; with fewer
    /// than <see cref="Rank"/>, the common tail is used.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    internal static PlaneTail[] Of(
        Populations chance,
        int count,
        IReadOnlyList<FittedPlane> planes,
        IReadOnlyList<float[]> shares,
        int threads
    )
    {
        var seen = new (double From, double Sum)[planes.Count];
        Workers.For(planes.Count, 1, threads, static () => 0, (i, _) => seen[i] = Seen(chance, planes[i], shares[i]));
        (double From, double Sum)[] known = [.. seen.Where(s => s.From > 0)];
        if (known.Length == 0)
            return [.. seen.Select(_ => Formula)];

        // The standard error of a median is 1.25 times that of a mean, and each plane has a relative error of 1/√R.
        double n = Elementary.Log(count),
            granted = 2 * 1.25 / Math.Sqrt(Rank * (double)known.Length);
        double slope = Math.Min(1, MedianSum / Median(known.Select(s => s.Sum)) * (1 + granted));
        double lift = Math.Max(0, Elementary.Log(MedianCount) - n + Median(known.Select(s => s.From)) - granted);
        return [.. seen.Select(s => s.From > 0 ? One(s, slope, lift) : new PlaneTail(0, slope, lift))];

        PlaneTail One((double From, double Sum) s, double commonSlope, double commonLift)
        {
            double ownLift = n - s.From + commonLift < Elementary.Log(LeastCount) ? Elementary.Log(Rank) - n + s.From : commonLift;
            double ownSlope = s.Sum * commonSlope > MostSum ? (Rank - 1) / s.Sum * (1 - (1 / Math.Sqrt(Rank - 1))) : commonSlope;
            return new PlaneTail(s.From, Math.Clamp(ownSlope, 0.01, 1), ownLift);
        }
    }

    /// <summary>
    /// x of the farthest of the R nearest non-members, and the sum of the others' excesses over it; 0 where there are too few.
    /// </summary>
    private static (double From, double Sum) Seen(Populations chance, FittedPlane plane, float[] shares)
    {
        if (shares.Length < Rank || shares[Rank - 1] <= 0)
            return (0, 0);
        double[][] turned = chance.Turned(plane.Basis, plane.Dim);
        double from = -chance.LogProbability(turned, plane.Dim, shares[Rank - 1]),
            sum = 0;
        for (int i = 0; i < Rank - 1; i++)
            sum += -chance.LogProbability(turned, plane.Dim, shares[i]) - from;
        return double.IsFinite(sum) ? (from, sum) : (0, 0);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }
}
