using Geometry.LinearAlgebra;
using Geometry.Numerics;
using MathNet.Numerics;

namespace Geometry.Dictionaries;

/// <summary>The probability that a random direction of one population lies at least as near to a plane as a given feature.</summary>
/// <remarks>
/// <para>
/// x = g/‖g‖ with g ~ N(μ, Σ). With an orthonormal basis B of the k-plane, ‖Px‖² ≥ β is the event Y ≥ 0 of the quadratic form Y = gᵀAg, A =
/// BBᵀ − βI, whose cumulant generating function, in the basis of Σ's eigenvectors and with s twice the usual argument, is K(s) = −½ [Σ_i
/// ln(1 + sβλ_i) + ln det(I_k − N(s))] + ½ νᵀ(Q⁻¹ν − μ), N(s) = BᵀDB·s, D = diag(λ_i/(1 + sβλ_i)), ν = Σ⁻¹μ and Q⁻¹ = (Σ⁻¹ − sA)⁻¹ = D +
/// sDB(I − N)⁻¹BᵀD. The tail is Lugannani and Rice's at the saddlepoint K′(s) = 0. Source: Kuonen 1999, doi:10.1093/biomet/86.4.929, for
/// quadratic forms; Lugannani and Rice 1980, doi:10.2307/1426607.
/// </para>
/// <para>
/// For μ = 0, Σ = I/m, ‖Px‖² is a beta variable; there the probability is within 15 % of the exact one from k = 1 on, at every depth of the
/// tail, which suffices for a p-value.
/// </para>
/// <para>
/// Degenerate cases: k = 0 or β ≥ 1 give −∞; β ≤ 0 gives 0; where a typical direction is that near (E Y ≥ 0) the result is 0. Complexity:
/// O(m·k²) for each of about ten evaluations of K′.
/// </para>
/// </remarks>
/// <param name="lambda">The eigenvalues of Σ, the largest first, all positive.</param>
/// <param name="mean">μ along its eigenvectors; null for zero.</param>
internal sealed class InPlaneTail(double[] lambda, double[]? mean = null)
{
    private const int MostSteps = 100;

    private readonly double _square = lambda.Sum() + (mean is null ? 0 : Vectors.Dot(mean, mean));

    /// <summary>m.</summary>
    internal int Dim => lambda.Length;

    /// <summary>ln P(‖Px‖² ≥ β).</summary>
    /// <param name="turned">The plane's basis in the basis of the eigenvectors, k×m (<see cref="SecondMoment.Turned"/>).</param>
    /// <param name="k">Dimension of the plane.</param>
    /// <param name="beta">β, the share of the squared length of x that lies in the plane.</param>
    internal double LogProbability(ReadOnlySpan<double> turned, int k, double beta)
    {
        if (k == 0 || beta >= 1)
            return double.NegativeInfinity;
        if (Saddlepoint(turned, k, beta) is not { } at)
            return 0;
        double w = Math.Sqrt(Math.Max(0, -2 * at.Cumulant)),
            u = at.S * Math.Sqrt(at.Second);
        return w < 1e-4 ? Elementary.Log(0.5) : Math.Min(0, Tail(w, u));
    }

    /// <summary>s with K′(s) = 0, K(s) and K″(s); null where a typical direction is that near to the plane.</summary>
    internal (double S, double Cumulant, double Second)? Saddlepoint(ReadOnlySpan<double> turned, int k, double beta)
    {
        if (beta <= 0)
            return null;
        int m = Dim;
        double inside = 0;
        for (int a = 0; a < k; a++)
        {
            ReadOnlySpan<double> b = turned.Slice(a * m, m);
            for (int i = 0; i < m; i++)
                inside += b[i] * b[i] * lambda[i];
            if (mean is not null)
                inside += Vectors.Dot(b, mean) is var along ? along * along : 0;
        }
        if (inside >= beta * _square)
            return null;

        // K′ is negative at 0 and grows to +∞ at the end of K's domain. First an upper bracket is found, then Newton's steps inside it.
        var work = new Work(k, mean is null ? 0 : m);
        double low = 0,
            high = 1 / lambda.Max();
        while (Derivatives(turned, k, beta, high, work) is { } d && d.First < 0)
            (low, high) = (high, 2 * high);
        double s = 0.5 * (low + high),
            second = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            if (Derivatives(turned, k, beta, s, work) is not { } at)
            {
                high = s;
                s = 0.5 * (low + high);
                continue;
            }
            second = at.Second;
            if (at.First < 0)
                low = s;
            else
                high = s;
            double next = s - (at.First / at.Second);
            if (!(next > low && next < high))
                next = 0.5 * (low + high);
            bool isClose = Math.Abs(next - s) <= 1e-10 * s;
            s = next;
            if (isClose)
                break;
        }
        return (s, Cumulant(turned, k, beta, s, work), second);
    }

    /// <summary>ln of Lugannani and Rice's 1 − Φ(w) + φ(w)(1/u − 1/w).</summary>
    private static double Tail(double w, double u)
    {
        double logDensity = (-0.5 * w * w) - (0.5 * Elementary.Log(2 * Math.PI));
        double correction = (1 / u) - (1 / w),
            sum = Mills(w) + correction;
        return sum > 0 ? logDensity + Elementary.Log(sum) : logDensity - Elementary.Log(w);
    }

    /// <summary>
    /// Mills' ratio (1 − Φ(w))/φ(w), w &gt; 0: by its series about 0, and where that would lose digits by its continued fraction.
    /// </summary>
    /// <remarks>Source: Abramowitz and Stegun 1964, 26.2.11 and 26.2.14.</remarks>
    private static double Mills(double w)
    {
        if (w < 2)
        {
            double term = w,
                series = w;
            for (int i = 3; term > 1e-17 * series; i += 2)
                series += term *= w * w / i;
            return (Elementary.Exp(0.5 * w * w) * Constants.SqrtPiOver2) - series;
        }
        double fraction = w;
        for (int i = 40; i > 0; i--)
            fraction = w + (i / fraction);
        return 1 / fraction;
    }

    private sealed class Work(int k, int m)
    {
        internal readonly double[] N = new double[k * k],
            First = new double[k * k],
            Second = new double[k * k],
            Column = new double[k];
        internal readonly double[] Tilted = new double[m],
            Image = new double[m];
    }

    private double Cumulant(ReadOnlySpan<double> turned, int k, double beta, double s, Work work)
    {
        double sum = 0;
        for (int i = 0; i < lambda.Length; i++)
            sum += Elementary.Log(1 + (s * beta * lambda[i]));
        Moments(turned, k, beta, s, work);
        if (!Factor(work.N, k))
            return double.NegativeInfinity;
        for (int a = 0; a < k; a++)
            sum += 2 * Elementary.Log(work.N[(a * k) + a]);
        return (-0.5 * sum) + (mean is null ? 0 : MeanTerm(turned, k, beta, s, work).Value);
    }

    /// <summary>K′(s) and K″(s); null beyond the end of K's domain.</summary>
    private (double First, double Second)? Derivatives(ReadOnlySpan<double> turned, int k, double beta, double s, Work work)
    {
        double first = 0,
            second = 0;
        for (int i = 0; i < lambda.Length; i++)
        {
            double share = beta * lambda[i] / (1 + (s * beta * lambda[i]));
            first += share;
            second -= share * share;
        }
        Moments(turned, k, beta, s, work);
        if (!Factor(work.N, k))
            return null;
        // tr((I−N)⁻¹N′), tr((I−N)⁻¹N″) and ‖L⁻¹N′L⁻ᵀ‖²: the columns of N′ and N″ are solved for one after another.
        (_, double meanFirst, double meanSecond) = mean is null ? default : MeanTerm(turned, k, beta, s, work);
        Solve(work.N, work.First, k, work.Column);
        Solve(work.N, work.Second, k, work.Column);
        double square = 0;
        for (int a = 0; a < k; a++)
        {
            first -= work.First[(a * k) + a];
            second -= work.Second[(a * k) + a];
            for (int b = 0; b < k; b++)
                square += work.First[(a * k) + b] * work.First[(b * k) + a];
        }
        return ((-0.5 * first) + meanFirst, (-0.5 * (second - square)) + meanSecond);
    }

    /// <summary>
    /// The term of K from the mean, ½ νᵀ(y − μ) with y = Q⁻¹ν, and its derivatives ½ yᵀAy and (Ay)ᵀQ⁻¹(Ay). N must be factored.
    /// </summary>
    private (double Value, double First, double Second) MeanTerm(ReadOnlySpan<double> turned, int k, double beta, double s, Work work)
    {
        int m = Dim;
        double[] y = work.Tilted,
            image = work.Image;
        double value = 0;
        for (int i = 0; i < m; i++)
            y[i] = mean![i] / lambda[i];
        Untilt(turned, k, beta, s, work, y);
        for (int i = 0; i < m; i++)
            value += mean![i] / lambda[i] * (y[i] - mean[i]);
        for (int i = 0; i < m; i++)
            image[i] = -beta * y[i];
        for (int a = 0; a < k; a++)
            Vectors.Axpy(Vectors.Dot(turned.Slice(a * m, m), y), turned.Slice(a * m, m), image);
        double first = Vectors.Dot(y, image);
        image.CopyTo(y, 0);
        Untilt(turned, k, beta, s, work, y);
        return (0.5 * value, 0.5 * first, Vectors.Dot(y, image));
    }

    /// <summary>x ← Q⁻¹x.</summary>
    private void Untilt(ReadOnlySpan<double> turned, int k, double beta, double s, Work work, double[] x)
    {
        int m = Dim;
        for (int i = 0; i < m; i++)
            x[i] *= lambda[i] / (1 + (s * beta * lambda[i]));
        double[] along = work.Column;
        for (int a = 0; a < k; a++)
            along[a] = s * Vectors.Dot(turned.Slice(a * m, m), x);
        SmallCholesky.SolveLower(work.N, k, along);
        SmallCholesky.SolveUpper(work.N, k, along);
        for (int a = 0; a < k; a++)
        {
            ReadOnlySpan<double> axis = turned.Slice(a * m, m);
            for (int i = 0; i < m; i++)
                x[i] += along[a] * axis[i] * lambda[i] / (1 + (s * beta * lambda[i]));
        }
    }

    /// <summary>N(s), N′(s) and N″(s).</summary>
    private void Moments(ReadOnlySpan<double> turned, int k, double beta, double s, Work work)
    {
        int m = lambda.Length;
        for (int a = 0; a < k; a++)
        {
            ReadOnlySpan<double> x = turned.Slice(a * m, m);
            for (int b = 0; b <= a; b++)
            {
                ReadOnlySpan<double> y = turned.Slice(b * m, m);
                double n0 = 0,
                    n1 = 0,
                    n2 = 0;
                for (int i = 0; i < m; i++)
                {
                    double inverse = 1 / (1 + (s * beta * lambda[i])),
                        term = x[i] * y[i] * lambda[i] * inverse;
                    n0 += term;
                    n1 += term * inverse;
                    n2 += term * inverse * inverse * lambda[i];
                }
                (work.N[(a * k) + b], work.First[(a * k) + b], work.Second[(a * k) + b]) = (s * n0, n1, -2 * beta * n2);
                (work.N[(b * k) + a], work.First[(b * k) + a], work.Second[(b * k) + a]) = (s * n0, n1, -2 * beta * n2);
            }
        }
    }

    /// <summary>Replaces N by the Cholesky factor of I − N; false where that is not positive definite.</summary>
    private static bool Factor(double[] n, int k)
    {
        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
                n[(a * k) + b] = (a == b ? 1 : 0) - n[(a * k) + b];
        }
        return SmallCholesky.Factor(n, k);
    }

    /// <summary>A ← (LLᵀ)⁻¹A for symmetric A, column by column.</summary>
    private static void Solve(double[] l, double[] a, int k, double[] column)
    {
        for (int b = 0; b < k; b++)
        {
            for (int i = 0; i < k; i++)
                column[i] = a[(i * k) + b];
            SmallCholesky.SolveLower(l, k, column);
            SmallCholesky.SolveUpper(l, k, column);
            for (int i = 0; i < k; i++)
                a[(i * k) + b] = column[i];
        }
    }
}
