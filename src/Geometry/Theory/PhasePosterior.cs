namespace Geometry.Theory;

/// <summary>Which critical point the Bayesian posterior prefers at a number of samples.</summary>
/// <param name="Samples">n.</param>
/// <param name="Phases">The points whose learning coefficient is known, by rising free energy.</param>
public sealed record PhasePosterior(double Samples, IReadOnlyList<PhaseEnergy> Phases)
{
    /// <summary>The free energies at n samples.</summary>
    /// <remarks>
    /// F = n·L + λ·ln n + ½‖w‖² (Watanabe; the last term is a standard normal prior's), up to a constant that all points share. How many
    /// copies of itself a point has under permutations of features is left out, as in the transitions of <see cref="BayesianTransition"/>.
    /// Source: Chen, Lau, Mendel, Wei, Murfet 2023, arXiv 2310.06301, section 4. O(points).
    /// </remarks>
    /// <param name="points">Critical points of one number of features.</param>
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
/// <param name="Weight">exp(−F) as a share of that of all points, 0 … 1.</param>
public sealed record PhaseEnergy(PolygonPoint Point, double FreeEnergy, double Weight);
