namespace Geometry.Measures.Llc;

/// <summary>
/// With what probability the Metropolis-adjusted Langevin algorithm would take a step: a check of the step size, near 1 where ε is small
/// enough.
/// </summary>
/// <remarks>
/// min(1, exp(U − U' + log q(w | w') − log q(w' | w))) with log q(v | w) = −‖v − w + (ε/2)∇U(w)‖²/(2ε); U is the energy that the chain
/// samples, nβL + (γ/2)‖w − w₀‖², and both gradients are its own. Source: Roberts and Tweedie 1996, doi:10.2307/3318418.
/// </remarks>
public static class MalaAcceptance
{
    /// <summary>The probability.</summary>
    /// <param name="from">w.</param>
    /// <param name="fromGradient">∇U(w).</param>
    /// <param name="fromEnergy">U(w).</param>
    /// <param name="to">w'.</param>
    /// <param name="toGradient">∇U(w').</param>
    /// <param name="toEnergy">U(w').</param>
    /// <param name="epsilon">ε &gt; 0.</param>
    public static double Of(
        ReadOnlySpan<double> from,
        ReadOnlySpan<double> fromGradient,
        double fromEnergy,
        ReadOnlySpan<double> to,
        ReadOnlySpan<double> toGradient,
        double toEnergy,
        double epsilon
    )
    {
        double forth = 0,
            back = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double f = to[i] - from[i] + (epsilon / 2 * fromGradient[i]),
                b = from[i] - to[i] + (epsilon / 2 * toGradient[i]);
            forth += f * f;
            back += b * b;
        }
        return Math.Min(1, Elementary.Exp(((forth - back) / (2 * epsilon)) + fromEnergy - toEnergy));
    }
}
