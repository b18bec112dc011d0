namespace Geometry.Theory;

/// <summary>
/// The distribution of R = Σ_j c_j x_j for independent sparse x_j (0 with probability 1−p, otherwise uniform on [0,1]), on a lattice.
/// </summary>
/// <remarks>
/// <para>
/// Each c_j x_j is (1−p)δ₀ + p·U[0, c_j]. The uniform part is spread over the lattice k·h by hat functions, which keeps its mass and mean
/// and adds at most h²/4 to its variance; the distribution of the sum is their convolution, computed with running sums. The expectation of
/// a function with bounded second derivative has an error of O(h²·Σ_j p), which with h = <see cref="Step"/> is below 1e-6 in all uses by
/// <see cref="ShapeGain"/>.
/// </para>
/// <para>Terms with |c_j| below <see cref="Nothing"/> are left out. O(terms·Σ|c_j|/h) time, O(Σ|c_j|/h) memory.</para>
/// </remarks>
internal sealed class InterferenceLaw
{
    /// <summary>h.</summary>
    public const double Step = 1.0 / 1024;

    private const double Nothing = 1e-12;

    private InterferenceLaw(int first, double[] weights) => (First, Weights) = (first, weights);

    /// <summary>The lattice point of the first probability, in steps.</summary>
    public int First { get; }

    /// <summary>Probabilities of the lattice points, in ascending order of the points; their sum is 1.</summary>
    public double[] Weights { get; }

    /// <summary>The distribution for given coefficients.</summary>
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
        // The shares of [0, length] of the hat functions: the first, each in between, the last but one, the last.
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
