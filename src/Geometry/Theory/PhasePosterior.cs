using MathNet.Numerics.RootFinding;

namespace Geometry.Theory;

/// <summary>The weights of the critical points in the Bayesian posterior at a number of samples.</summary>
/// <param name="Samples">n.</param>
/// <param name="Phases">The points whose learning coefficient is known, by rising free energy.</param>
public sealed record PhasePosterior(double Samples, IReadOnlyList<PhaseEnergy> Phases)
{
    /// <summary>The free energies at n samples.</summary>
    /// <remarks>
    /// F = n·L + λ·ln n + ½‖w‖² (Watanabe; the last term is a standard normal prior's), up to a constant that all points share. The number
    /// of copies of a point under permutations of features is left out, as in <see cref="BayesianTransition"/>. Source: Chen, Lau, Mendel,
    /// Wei, Murfet 2023, arXiv 2310.06301, section 4. O(points).
    /// </remarks>
    /// <param name="points">Critical points with the same number of features.</param>
    /// <param name="samples">n ≥ 1, finite.</param>
    public static PhasePosterior At(IReadOnlyList<PolygonPoint> points, double samples)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!(samples >= 1) || !double.IsFinite(samples))
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "expected a finite number of samples, 1 or more");
        (PolygonPoint Point, double Energy)[] known =
        [
            .. points.Where(p => p.LambdaSource != CoefficientSource.None).Select(p => (p, FreeEnergy(p, samples))).OrderBy(p => p.Item2),
        ];
        double lowest = known.Length > 0 ? known[0].Energy : 0,
            total = known.Sum(p => Elementary.Exp(lowest - p.Energy));
        return new PhasePosterior(
            samples,
            [.. known.Select(p => new PhaseEnergy(p.Point, p.Energy, Elementary.Exp(lowest - p.Energy) / total))]
        );
    }

    /// <summary>F of a point; NaN where its learning coefficient is not known.</summary>
    public static double FreeEnergy(PolygonPoint point, double samples)
    {
        ArgumentNullException.ThrowIfNull(point);
        return (samples * point.Loss) + (point.LearningCoefficient * Elementary.Log(samples)) + point.Prior;
    }
}

/// <summary>A critical point in the posterior.</summary>
/// <param name="Point">The point.</param>
/// <param name="FreeEnergy">F, in nats.</param>
/// <param name="Weight">exp(−F) as a share of the sum over all points, in [0, 1].</param>
public sealed record PhaseEnergy(PolygonPoint Point, double FreeEnergy, double Weight);

/// <summary>The number of samples at which the Bayesian posterior moves from one critical point to another of lower loss.</summary>
/// <remarks>
/// The free energies are n·L + λ·ln n + ½‖w‖² (Watanabe; the last term is a standard normal prior's). They are equal where n·ΔL + Δλ·ln n +
/// Δ½‖w‖² = 0; beyond the largest such n the point of lower loss is more probable. Source: Chen, Lau, Mendel, Wei, Murfet 2023, arXiv
/// 2310.06301: 5 → 6 at c = 6 is 601.0.
/// </remarks>
public static class BayesianTransition
{
    private const double Largest = 1e300;

    /// <summary>n_cr; NaN where the point of lower loss is more probable for every n ≥ 1.</summary>
    /// <param name="loss">ΔL, new less old, &lt; 0.</param>
    /// <param name="coefficient">Δλ, new less old.</param>
    /// <param name="prior">Δ½‖w‖², new less old.</param>
    /// <exception cref="ArgumentException">ΔL is not below 0, or a number is not finite.</exception>
    public static double CriticalSamples(double loss, double coefficient, double prior)
    {
        if (!(loss < 0) || !double.IsFinite(loss + coefficient + prior))
            throw new ArgumentException($"expected a finite ΔL below 0, Δλ and Δ½‖w‖², found {loss}, {coefficient}, {prior}");
        double Difference(double n) => (n * loss) + (coefficient * Elementary.Log(n)) + prior;
        // The difference rises up to −Δλ/ΔL, and falls from there on.
        double from = Math.Max(1, -coefficient / loss);
        if (Difference(from) <= 0)
            return double.NaN;
        double to = 2 * from;
        while (Difference(to) > 0 && to < Largest)
            to *= 2;
        return Brent.FindRoot(Difference, from, to, 1e-12 * to, 500);
    }
}
