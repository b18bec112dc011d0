using Geometry.LinearAlgebra;
using MathNet.Numerics;

namespace Geometry.Theory;

/// <summary>The source of a learning coefficient.</summary>
public enum CoefficientSource
{
    /// <summary>It is not known.</summary>
    None,

    /// <summary>Chen, Lau, Mendel, Wei, Murfet 2023, arXiv 2310.06301.</summary>
    Literature,

    /// <summary>Derived for this program and checked by sampling.</summary>
    Derived,
}

/// <summary>
/// A critical point k^{σ+,φ−} of the sparse limit in two hidden dimensions: a regular k-gon, with all other features dead.
/// </summary>
/// <param name="Features">c, the number of features.</param>
/// <param name="Polygon">k, the number of vertices.</param>
/// <param name="Raised">σ, the number of dead features with bias +1/(2c); the other dead ones have a negative bias.</param>
/// <param name="Silenced">φ, the number of vertices of a 4-gon whose own output is off.</param>
/// <param name="Norm">l*, the norm of the live columns.</param>
/// <param name="Bias">b* of the live features.</param>
/// <param name="H">h_k = Σ H_i of the polygon alone, dimensionless.</param>
public sealed record PolygonPoint(int Features, int Polygon, int Raised, int Silenced, double Norm, double Bias, double H)
{
    /// <summary>L = (h_k + c − k + φ)/(3c) − σ/(4c²), the mean loss over inputs.</summary>
    public double Loss => ((H + Features - Polygon + Silenced) / (3 * Features)) - (Raised / (4.0 * Features * Features));

    /// <summary>
    /// The term of the prior in the free energy: ½‖w‖² of all weights and biases, without the biases of outputs that are off.
    /// </summary>
    public double Prior => 0.5 * ((Polygon * Norm * Norm) + ((Polygon - Silenced) * Bias * Bias) + (Raised / (4.0 * Features * Features)));

    /// <summary>λ, the learning coefficient; NaN where it is not known.</summary>
    public double LearningCoefficient =>
        LambdaSource switch
        {
            CoefficientSource.Literature => ((3 * Polygon) - 1 + (3 * Raised)) / 2.0,
            CoefficientSource.Derived => (11 + (2 * (Features - 4)) + Raised) / 2.0,
            _ => double.NaN,
        };

    /// <summary>The source of <see cref="LearningCoefficient"/>.</summary>
    public CoefficientSource LambdaSource =>
        Polygon is >= 5 and <= 8 ? CoefficientSource.Literature
        : Polygon == 4 && Silenced == 0 ? CoefficientSource.Derived
        : CoefficientSource.None;

    /// <summary>k with a sign for each dead or silenced feature: <c>4++-</c>.</summary>
    public string Name => FormattableString.Invariant($"{Polygon}{new string('+', Raised)}{new string('-', Silenced)}");

    /// <summary>The eigenvalues of the Hessian of L, ascending, 3c of them; empty for a 4-gon, where L has no second derivatives.</summary>
    public IReadOnlyList<double> HessianSpectrum()
    {
        if (Polygon == 4)
            return [];
        int c = Features,
            size = 3 * c;
        double[] hessian = SparseLimitHessian.At(Point(), 2, c, [.. Enumerable.Repeat(1.0 / c, c)]),
            eigenvalues = new double[size];
        SymmetricEigen.Decompose(hessian, size, eigenvalues, []);
        Array.Reverse(eigenvalues);
        return eigenvalues;
    }

    /// <summary>
    /// The columns w_1 … w_c, then b: the polygon's vertices first, then the σ raised features, then the dead ones with bias −1.
    /// </summary>
    internal double[] Point()
    {
        double[] point = new double[3 * Features];
        for (int i = 0; i < Features; i++)
        {
            bool live = i < Polygon;
            (double sin, double cos) = Elementary.SinCos(2 * Math.PI * i / Polygon);
            if (live)
                (point[2 * i], point[(2 * i) + 1]) = (Norm * cos, Norm * sin);
            point[(2 * Features) + i] =
                live ? (i < Silenced ? -1 - (Norm * Norm) : Bias)
                : i < Polygon + Raised ? 1 / (2.0 * Features)
                : -1;
        }
        return point;
    }
}

/// <summary>The k-gon critical points of the sparse limit with two hidden dimensions.</summary>
/// <remarks>
/// <para>
/// x = l*, y = b*, α = 2π/k, s the integer in [k/4−1, k/4), F = 1+2Σcos²jα, G = 1+2Σcos jα, H = 1+2Σ1/cos jα, M = 1+2s, sums over j = 1 …
/// s: x⁶G + x²y²H + 2x⁴yM + y² − x⁴ = 0 and 2x⁸F + 3x⁶yG − x²y³H − 2x⁶ − 2y³ = 0. With t = −y/x² they are x² = (1−t²)/(G − 2tM + t²H) and
/// (1+t)(2F − 3tG + t³H) = 2(1+t+t²)(G − 2tM + t²H), of degree 4 in t. A root is valid where exactly s neighbours on each side are active,
/// 0 ≤ t &lt; cos sα. For k = 4 it is x = 1, t = 0. There is none for k = 9, 10, 11, 13, …, and one for k = 12. Source: Chen, Lau, Mendel,
/// Wei, Murfet 2023, arXiv 2310.06301.
/// </para>
/// <para>h_k is evaluated at the root by <see cref="SparseLimitLoss"/>. O(k) per k, and O(k²) for h_k.</para>
/// </remarks>
public static class PolygonCriticalPoints
{
    /// <summary>Smallest number of features: three or fewer fit into the plane without loss at many angles.</summary>
    public const int FewestFeatures = 4;

    /// <summary>Largest number of features.</summary>
    public const int MostFeatures = 512;

    private const int MostSilenced = 4;
    private const double Real = 1e-9;

    /// <summary>Every k^{σ+,φ−} of c features, in the order of k, σ, φ.</summary>
    /// <param name="features">c, <see cref="FewestFeatures"/> to <see cref="MostFeatures"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">c is out of range.</exception>
    public static IReadOnlyList<PolygonPoint> Of(int features)
    {
        if (features is < FewestFeatures or > MostFeatures)
            throw new ArgumentOutOfRangeException(nameof(features), features, $"expected {FewestFeatures} to {MostFeatures} features");
        var points = new List<PolygonPoint>();
        for (int k = 4; k <= features; k++)
        {
            foreach ((double norm, double bias) in Roots(k))
            {
                // The loss of a square is exactly 0; the sum over its rounded overlaps would be about 1e-32.
                double h = k == 4 ? 0 : 3 * EnergyOf(k, norm, bias);
                for (int sigma = 0; sigma <= features - k; sigma++)
                {
                    for (int phi = 0; phi <= (k == 4 ? MostSilenced : 0); phi++)
                        points.Add(new PolygonPoint(features, k, sigma, phi, norm, bias, h));
                }
            }
        }
        return points;
    }

    /// <summary>
    /// Norm and bias of each regular k-gon that is critical without other live features, by falling bias; one or none for most k.
    /// </summary>
    /// <param name="k">Vertices, ≥ 4.</param>
    public static IReadOnlyList<(double Norm, double Bias)> Roots(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 4);
        if (k == 4)
            return [(1, 0)];
        int s = ((k + 3) / 4) - 1;
        double f = 1,
            g = 1,
            h = 1,
            m = 1 + (2 * s);
        for (int j = 1; j <= s; j++)
        {
            double cos = Elementary.Cos(2 * Math.PI * j / k);
            f += 2 * cos * cos;
            g += 2 * cos;
            h += 2 / cos;
        }
        // (1+t)(2F − 3tG + t³H) − 2(1+t+t²)(G − 2tM + t²H), by rising powers of t.
        double[] quartic =
        [
            (2 * f) - (2 * g),
            (2 * f) - (3 * g) - (2 * g) + (4 * m),
            (-3 * g) - (2 * g) + (4 * m) - (2 * h),
            h + (4 * m) - (2 * h),
            h - (2 * h),
        ];
        double limit = Elementary.Cos(2 * Math.PI * s / k);
        var roots = new List<(double Norm, double Bias)>();
        foreach (System.Numerics.Complex root in FindRoots.Polynomial(quartic))
        {
            double t = root.Real,
                square = (1 - (t * t)) / (g - (2 * t * m) + (t * t * h));
            if (Math.Abs(root.Imaginary) <= Real && t >= 0 && t < limit && square > 0)
                roots.Add((Math.Sqrt(square), -t * square));
        }
        return [.. roots.OrderByDescending(r => r.Bias)];
    }

    private static double EnergyOf(int k, double norm, double bias)
    {
        double[] point = new PolygonPoint(k, k, 0, 0, norm, bias, double.NaN).Point();
        return new SparseLimitLoss(2, k, [.. Enumerable.Repeat(1.0, k)]).Evaluate(point, new double[point.Length]);
    }
}
