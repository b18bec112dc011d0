namespace Geometry.Theory;

/// <summary>The law of R = Σ_j c_j x_j for independent sparse x_j (0 with probability 1−p, else uniform on [0,1]), on a lattice.</summary>
/// <remarks>
/// <para>
/// Each c_j x_j is (1−p)δ₀ + p·U[0, c_j]. The uniform part is spread over the lattice k·h by hat functions, which keeps its mass and mean
/// and adds at most h²/4 to its variance; the sums are convolutions of these, done with running sums. The expectation of a function with
/// bounded second derivative is off by O(h²·Σ_j p): with h = <see cref="Step"/> below 1e-6 for everything that <see cref="ShapeGain"/> asks
/// for.
/// </para>
/// <para>c_j with |c_j| below <see cref="Nothing"/> adds nothing. O(terms·Σ|c_j|/h) time, O(Σ|c_j|/h) memory.</para>
/// </remarks>
internal sealed class InterferenceLaw
{
    /// <summary>h.</summary>
    public const double Step = 1.0 / 1024;

    private const double Nothing = 1e-12;

    private InterferenceLaw(int first, double[] weights) => (First, Weights) = (first, weights);

    /// <summary>The lattice point of the first weight, in steps.</summary>
    public int First { get; }

    /// <summary>Probabilities of the lattice points, ascending, their sum 1.</summary>
    public double[] Weights { get; }

    /// <summary>The law for given coefficients.</summary>
    /// <param name="coefficients">c_j, dimensionless, |c_j| of order 1.</param>
    /// <param name="density">p, in (0, 1].</param>
    public static InterferenceLaw Of(IEnumerable<double> coefficients, double density)
    {
        double[] terms = [.. coefficients.Where(c => Math.Abs(c) > Nothing)];
        int below = 0,
            above = 0;
        foreach (double c in terms)
        {
            int reach = (int)(Math.Abs(c) / Step) + 1;
            if (c < 0)
                below += reach;
            else
                above += reach;
        }
        double[] weights = new double[below + above + 1],
            sums = new double[weights.Length + 1],
            next = new double[weights.Length];
        weights[below] = 1;
        foreach (double c in terms)
        {
            Convolve(weights, sums, next, Math.Abs(c) / Step, c < 0, density);
            (weights, next) = (next, weights);
        }
        return new InterferenceLaw(-below, weights);
    }

    /// <summary>next ← (1−p)·weights + p·weights∗U[0, ±length], the length in steps.</summary>
    private static void Convolve(double[] weights, double[] sums, double[] next, double length, bool downwards, double density)
    {
        int whole = (int)length,
            count = weights.Length,
            sign = downwards ? -1 : 1;
        double rest = length - whole;
        // The hats' shares of [0, length]: first, each in between, the last but one, the last.
        double first = (whole > 0 ? 0.5 : rest - (rest * rest / 2)) / length,
            last = rest * rest / 2 / length,
            beforeLast = whole > 0 ? (0.5 + rest - (rest * rest / 2)) / length : 0;
        for (int i = 0; i < count; i++)
            sums[i + 1] = sums[i] + weights[i];
        double At(int i) => (uint)i < (uint)count ? weights[i] : 0;
        for (int i = 0; i < count; i++)
        {
            double spread = (first * weights[i]) + (last * At(i - (sign * (whole + 1))));
            if (whole > 0)
                spread += beforeLast * At(i - (sign * whole));
            if (whole > 1)
            {
                (int from, int to) = downwards ? (i + 1, i + whole) : (i - whole + 1, i);
                spread += (sums[Math.Clamp(to, 0, count)] - sums[Math.Clamp(from, 0, count)]) / length;
            }
            next[i] = ((1 - density) * weights[i]) + (density * spread);
        }
    }
}
