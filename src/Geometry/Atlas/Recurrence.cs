using Geometry.Shapes;
using MathNet.Numerics;

namespace Geometry.Atlas;

/// <summary>The probability that a shape recurs by chance.</summary>
/// <remarks>
/// Of M summands of a size, N lie within a residual r of a form. If all were random directions, one of them could be taken as the form, and
/// each other one would be that close with probability p = P(r) (<see cref="Shape.PValue"/>). So the probability is at most M·C(M−1,
/// N−1)·p^(N−1).
/// </remarks>
public static class Recurrence
{
    /// <summary>log₁₀ of that bound, at most 0.</summary>
    /// <param name="shape">The form.</param>
    /// <param name="residualDegrees">r, the largest residual of the members.</param>
    /// <param name="members">N ≥ 1.</param>
    /// <param name="tried">M ≥ N.</param>
    public static double Log10(Shape shape, double residualDegrees, int members, int tried)
    {
        double log =
            Elementary.Log(tried)
            + SpecialFunctions.BinomialLn(tried - 1, members - 1)
            + ((members - 1) * shape.LogPValue(residualDegrees));
        return Math.Min(0, log / Constants.Ln10);
    }
}
