namespace Geometry.Theory;

/// <summary>The solutions of a model with one feature more than hidden dimensions that have all columns on axes.</summary>
public enum IdealSolution
{
    /// <summary>Ignore one of the features of importance 1; the rest are dedicated.</summary>
    IgnoreOther,

    /// <summary>Ignore the last feature.</summary>
    IgnoreLast,

    /// <summary>An antipodal pair of two features of importance 1.</summary>
    PairOthers,

    /// <summary>An antipodal pair of the last feature with one of the others.</summary>
    PairLast,
}

/// <summary>Losses of the ideal solutions for n = m+1 features, the last of importance r, the others 1.</summary>
/// <remarks>
/// <para>
/// The loss is Σ_i I_i E(x_i − x'_i)², where x_i = 0 with probability 1−p, and otherwise uniform on [0,1]. An ignored feature has the bias
/// p/2 and costs its variance v = p/3 − p²/4. A member of a pair costs p²/6: with probability p² both are active, and then the smaller of
/// two uniform numbers is lost, whose square is 1/6 on average. Losses: v, r·v, p²/3, (1+r)p²/6. The second and the fourth are equal at r =
/// 2p/(4−5p), the first and the fourth at the reciprocal (4−5p)/(2p), the first and the third at p = 4/7, the third and the fourth at r =
/// 1; the first, third and fourth (and by symmetry the second) are equal at r = 1, p = 4/7. Source: Elhage et al. 2022, arXiv 2209.10652,
/// phase change; closed forms derived.
/// </para>
/// <para>With two features there is only one besides the last, so there is no pair of others, and that loss is NaN.</para>
/// </remarks>
public static class IdealSolutions
{
    /// <summary>The density of the triple point, at importance 1.</summary>
    public const double TripleDensity = 4.0 / 7;

    /// <summary>Variance of a feature, p/3 − p²/4.</summary>
    /// <param name="density">p, in (0, 1].</param>
    public static double Variance(double density) => (density / 3) - (density * density / 4);

    /// <summary>The four losses, indexed by <see cref="IdealSolution"/>; NaN for one that does not exist.</summary>
    /// <param name="features">n ≥ 2, one more than hidden dimensions.</param>
    /// <param name="density">p, in (0, 1].</param>
    /// <param name="importance">r ≥ 0.</param>
    public static double[] Losses(int features, double density, double importance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 2);
        double v = Variance(density),
            square = density * density;
        return [v, importance * v, features > 2 ? square / 3 : double.NaN, (1 + importance) * square / 6];
    }

    /// <summary>The solution of least loss; of equal ones the first.</summary>
    /// <param name="losses">The losses in the order of <see cref="Losses"/>.</param>
    public static IdealSolution Best(ReadOnlySpan<double> losses)
    {
        int best = 0;
        for (int i = 1; i < losses.Length; i++)
        {
            if (losses[i] < losses[best])
                best = i;
        }
        return (IdealSolution)best;
    }

    /// <summary>The importance at which to ignore the last feature costs as much as to pair it, 2p/(4−5p); +∞ from p = 4/5 on.</summary>
    /// <param name="density">p, in (0, 1].</param>
    public static double IgnoreLastMeetsPairLast(double density) =>
        density < 0.8 ? 2 * density / (4 - (5 * density)) : double.PositiveInfinity;

    /// <summary>
    /// Columns and biases of every solution with m dedicated features, or with an antipodal pair and m−1 dedicated features, all others
    /// being ignored.
    /// </summary>
    internal static IEnumerable<double[]> Points(int hidden, int features, double density)
    {
        for (int set = 0; set < 1 << features; set++)
        {
            int[] learned = [.. Enumerable.Range(0, features).Where(i => ((set >> i) & 1) != 0)];
            if (learned.Length == hidden)
                yield return Point(learned, []);
            if (learned.Length != hidden + 1)
                continue;
            for (int i = 0; i < learned.Length; i++)
            {
                for (int j = i + 1; j < learned.Length; j++)
                    yield return Point([.. learned.Where((_, k) => k != i && k != j)], [learned[i], learned[j]]);
            }
        }

        double[] Point(int[] dedicated, int[] pair)
        {
            double[] point = new double[features * (hidden + 1)];
            point.AsSpan(features * hidden).Fill(density / 2);
            for (int axis = 0; axis < dedicated.Length; axis++)
                Place(dedicated[axis], axis, 1);
            for (int k = 0; k < pair.Length; k++)
                Place(pair[k], hidden - 1, 1 - (2 * k));
            return point;

            void Place(int feature, int axis, double at) =>
                (point[(feature * hidden) + axis], point[(features * hidden) + feature]) = (at, 0);
        }
    }

    /// <summary>The columns and biases of a solution, as a start for <see cref="PhaseOptimum"/>: row-major n×m, then n biases.</summary>
    internal static double[] Point(IdealSolution solution, int features, double density)
    {
        int m = features - 1;
        double[] point = new double[features * (m + 1)];
        int ignored =
            solution == IdealSolution.IgnoreOther ? 0
            : solution == IdealSolution.IgnoreLast ? features - 1
            : -1;
        // The second member of a pair follows the first one, on the same axis.
        int second = solution switch
        {
            IdealSolution.PairOthers => 1,
            IdealSolution.PairLast => features - 1,
            _ => -1,
        };
        int axis = 0;
        for (int i = 0; i < features; i++)
        {
            if (i == ignored)
                point[(features * m) + i] = density / 2;
            else if (i == second)
                point[(i * m) + axis - 1] = -1;
            else
                point[(i * m) + axis++] = 1;
        }
        return point;
    }
}
