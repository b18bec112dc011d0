namespace Geometry.Measures.Llc;

/// <summary>The limit of the sampler's estimate on a quadratic loss, in closed form.</summary>
/// <remarks>
/// With h_i the eigenvalues of the Hessian and s_i = nβh_i + γ, a step multiplies the i-th coordinate by 1 − εs_i/2 and adds noise of
/// variance ε, whose stationary variance is 1/(s_i(1 − εs_i/4)); so λ̂_∞ = ½ Σ [nβh_i/s_i] / [1 − εs_i/4]. It diverges from εs_i = 4 on.
/// The pull γ makes the terms smaller than ½, and the step ε makes them larger. O(P).
/// </remarks>
public static class QuadraticOracle
{
    /// <summary>λ̂_∞; infinite where the step is not stable.</summary>
    /// <param name="eigenvalues">h_i ≥ 0.</param>
    /// <param name="step">nβ, ε, γ.</param>
    public static double Coefficient(IReadOnlyList<double> eigenvalues, SgldStep step)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        double sum = 0;
        foreach (double h in eigenvalues)
        {
            double s = (step.Nbeta * h) + step.Gamma,
                room = 1 - (step.Epsilon * s / 4);
            if (room <= 0)
                return double.PositiveInfinity;
            if (h > 0)
                sum += step.Nbeta * h / s / room;
        }
        return sum / 2;
    }

    /// <summary>
    /// The relative amount by which the step ε raises λ̂_∞ above that of an infinitesimal step; 0 where nothing is curved.
    /// </summary>
    public static double StepBias(Spectrum spectrum, SgldStep step)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        if (step.Epsilon * ((step.Nbeta * spectrum.Largest) + step.Gamma) >= 4)
            return double.PositiveInfinity;
        double exact = Coefficient(spectrum.Eigenvalues, step with { Epsilon = 0 });
        return exact > 0 ? (Coefficient(spectrum.Eigenvalues, step) / exact) - 1 : 0;
    }

    /// <summary>
    /// The largest ε whose <see cref="StepBias"/> is at most a given amount, and at most a quarter of the largest stable step.
    /// </summary>
    /// <param name="spectrum">The curvature.</param>
    /// <param name="nbeta">nβ.</param>
    /// <param name="gamma">γ.</param>
    /// <param name="bias">The largest bias, in (0, 1).</param>
    public static double Epsilon(Spectrum spectrum, double nbeta, double gamma, double bias)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        // Where nothing is curved, the curvature is taken as 1.
        double low = 0,
            high = 1 / ((nbeta * (spectrum.Largest > 0 ? spectrum.Largest : 1)) + gamma);
        for (int i = 0; i < 60; i++)
        {
            double middle = i == 0 ? high : (low + high) / 2;
            if (StepBias(spectrum, new SgldStep(nbeta, middle, gamma)) <= bias)
                low = middle;
            else
                high = middle;
            if (low == high)
                break;
        }
        return low;
    }
}
