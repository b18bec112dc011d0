namespace Geometry.Conjecture;

/// <summary>The 95 % Wilson score interval of a proportion.</summary>
/// <remarks>
/// Wilson 1927, doi:10.1080/01621459.1927.10502953: all p with |p̂ − p| ≤ z·√(p(1−p)/n), z = 1.959964. It stays inside [0, 1], and has a
/// positive width at p̂ = 0 and 1.
/// </remarks>
/// <param name="Low">Lower end; 0 without trials.</param>
/// <param name="High">Upper end; 1 without trials.</param>
public readonly record struct WilsonInterval(double Low, double High)
{
    private const double Z = 1.959963984540054;

    /// <summary>The interval of <paramref name="successes"/> in <paramref name="trials"/>.</summary>
    /// <exception cref="ArgumentException">Not 0 ≤ successes ≤ trials.</exception>
    public static WilsonInterval Of(long successes, long trials)
    {
        if (successes < 0 || successes > trials)
            throw new ArgumentException($"expected 0 ≤ successes ≤ trials, found {successes} of {trials}");
        if (trials == 0)
            return new WilsonInterval(0, 1);
        double p = (double)successes / trials,
            z2 = Z * Z / trials;
        double centre = (p + (z2 / 2)) / (1 + z2),
            half = Math.Sqrt((p * (1 - p) * z2) + (z2 * z2 / 4)) / (1 + z2);
        return new WilsonInterval(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
