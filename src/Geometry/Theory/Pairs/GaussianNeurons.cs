namespace Geometry.Theory.Pairs;

/// <summary>Neurons a = ReLU(Vx) with independent standard normal V: readoffs of pairs without training, in closed form.</summary>
/// <remarks>
/// <para>
/// d neurons, s active features. The readoff of x_i ∧ x_j has the coefficients sgn(V_ki V_kj)/(d c_s) with c_s = E[sgn(uv) ReLU(u + v +
/// Z)], Z ~ N(0, s−2); that of x_i ⊕ x_j is √(2π)/d·(sgn V_ki + sgn V_kj) less twice the first. Both are unbiased, whichever of the two
/// features are active. Neurons are independent given the input, so the variance is that of one neuron's term divided by d.
/// </para>
/// <para>
/// With ρ = 1/√s and Price's theorem (∂E/∂ρ for the two correlations with w = u + v + Z), c_s = 4√s/(π√(2π))·[ρ·asin(1/√(s−1)) − π/4 + atan
/// √(1−2/s)]. Degenerate: s &lt; 2 has no pair. Source of the construction: Hänni, Mendel, Vaintrob, Chan 2024, arXiv 2408.05451. O(1).
/// </para>
/// </remarks>
public static class GaussianNeurons
{
    /// <summary>c_s, the mean contribution of a neuron to the readoff of an active pair, before the division by c_s.</summary>
    /// <param name="active">s ≥ 2.</param>
    public static double Gain(int active)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(active, 2);
        double s = active,
            bracket = (Elementary.Asin(1 / Math.Sqrt(s - 1)) / Math.Sqrt(s)) - (Math.PI / 4) + Elementary.Atan(Math.Sqrt(1 - (2 / s)));
        return 4 * Math.Sqrt(s) / (Math.PI * Math.Sqrt(2 * Math.PI)) * bracket;
    }

    /// <summary>Standard deviation of a readoff over V.</summary>
    /// <remarks>For AND with an inactive pair it is √(s/2d)/c_s; for XOR with neither feature active √((s/2d)(4π + 4/c_s²)).</remarks>
    /// <param name="task">The task.</param>
    /// <param name="neurons">d ≥ 1.</param>
    /// <param name="active">s ≥ 2.</param>
    /// <param name="ones">Number of active features of the pair, 0 … 2.</param>
    public static double StandardDeviation(PairTask task, int neurons, int active, int ones)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neurons, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ones);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ones, 2);
        double s = active,
            c = Gain(active),
            truth = PairTasks.Truth(task, ones),
            square;
        if (task == PairTask.And)
        {
            square = s / 2 / (c * c);
        }
        else
        {
            // (Aσ + Aτ − Bστ)² = 2A² + B² + 2A²στ − 2AB(σ + τ), and a² = ReLU(w)² has E a² = s/2, E σa² for an active feature, and E στa² =
            // 2/π with both.
            double a = Math.Sqrt(2 * Math.PI),
                b = 2 / c,
                rho = 1 / Math.Sqrt(s);
            double single = s / Math.PI * (Elementary.Asin(rho) + (rho * Math.Sqrt(1 - (rho * rho))));
            square = (s / 2 * ((2 * a * a) + (b * b))) - (2 * a * b * ones * single) + (ones == 2 ? 4 * a * a / Math.PI : 0);
        }
        return Math.Sqrt((square - (truth * truth)) / neurons);
    }
}
