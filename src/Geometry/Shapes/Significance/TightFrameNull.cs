using System.Collections.Concurrent;
using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Significance;

/// <summary>The probability that the directions of a random tight frame come as close to a shape as some directions do.</summary>
/// <remarks>
/// <para>
/// A random tight frame is the c columns, normalised, of d orthonormal rows, uniform on the Stiefel manifold: what the linear autoencoder's optimum leaves to the start (Baldi, Hornik 1989, doi:10.1016/0893-6080(89)90014-2).
/// Up to O(d) it is a point of the Grassmannian G(c, d), which has d(c−d) dimensions, where c directions have c(d−1) − d(d−1)/2: with few more vectors than dimensions near-shapes are far commoner than among independent directions.
/// </para>
/// <para>
/// c = d+1: the frame is its null vector v alone, uniform on S^d, with cosines −v_i·v_j/√((1−v_i²)(1−v_j²)), and the simplex is v = ±(1, …, 1)/√c. At an angle ρ from these the residual is r = ρ·√(2(d+1)/d³) to first order,
/// the same in every direction, so that P(r) is the share of two caps of S^d: 0.67 r² in the plane against 0.28 r² for three independent directions, and at 10° 1.4 % against 0.02 % for four in R³.
/// Beyond first order the regions are wider the larger the dimension, which <see cref="Simplex"/> takes into account.
/// </para>
/// <para>
/// Other shapes: q normal dimensions among the configurations, f dimensions of its own (a family's parameters) leave a shape at least d(c−d) − f ways out of it within the tight frames, so P goes as the random directions' P to the power
/// e = min(1, (d(c−d) − f)/q); e = 1 from d(d+1)/2 vectors on, where tight frames have as many angles as independent directions. The density at a shape is higher, most of the shapes of the catalogue being tight: by 2 to 3 for polygons,
/// and by more the larger the dimension. Bounds of what was sampled (3 000 to 200 000 frames, shares of 0.01 and less, a dozen shapes in R² to R⁶): 4·P in the plane, P^(e/2) in more dimensions. They hold names back only near the cap on residuals,
/// where P itself is far below α; so a sample for each shape would change nothing.
/// </para>
/// </remarks>
internal static class TightFrameNull
{
    private const double PlaneFactor = 4, FirstOrder = 2e-4;
    private const int Samples = 96, Bisections = 24;

    private static readonly ConcurrentDictionary<int, double[][]> s_directions = new();

    /// <summary>P, or its bound, in [0, 1]; 1 for no more vectors than dimensions, which are orthogonal where they are tight.</summary>
    /// <param name="shape">The shape, of dimension ≥ 2.</param>
    /// <param name="residualDegrees">RMS difference of the pairwise angles, degrees, ≥ 0.</param>
    /// <param name="random">P of independent directions at that residual.</param>
    public static double Probability(Shape shape, double residualDegrees, double random)
    {
        int d = shape.Dim, c = shape.Count;
        if (c <= d) return 1;
        if (c == d + 1 && shape.Parameter is null) return Simplex(d, residualDegrees * (Math.PI / 180));
        return Math.Min(1, d == 2 ? PlaneFactor * random : Math.Pow(random, 0.5 * Exponent(shape)));
    }

    /// <summary>P(r) for the regular simplex: twice the share of the region around (1, …, 1)/√c in which null vectors leave a residual of at most r.</summary>
    /// <remarks>
    /// The region is star-shaped: along a great circle from its centre the residual grows with the angle ρ, and the share of S^d is the mean over directions of that of caps of radius ρ(r). To first order ρ is the same in every direction, and that will do
    /// where P is far below any α; else the mean is taken over seeded directions, O(d²) each.
    /// </remarks>
    /// <param name="d">Dimension, ≥ 2.</param>
    /// <param name="residual">r, radians, ≥ 0.</param>
    public static double Simplex(int d, double residual)
    {
        double radius = residual / Math.Sqrt(2 * (d + 1.0) / ((double)d * d * d));
        double first = radius >= Math.PI / 2 ? 1 : 2 * SphereCap.Share(radius, d);
        if (first < FirstOrder) return first;
        double[][] directions = s_directions.GetOrAdd(d, Directions);
        double sum = 0;
        foreach (double[] u in directions) sum += 2 * SphereCap.Share(Reach(u, residual), d);
        return Math.Min(1, sum / directions.Length);
    }

    private static double[][] Directions(int d)
    {
        var random = new GaussianSource(20240229, d);
        double[][] directions = new double[Samples][];
        for (int k = 0; k < Samples; k++)
        {
            double[] u = new double[d + 1];
            random.Normal(u);
            double mean = u.Average();
            for (int i = 0; i <= d; i++) u[i] -= mean;
            Vectors.Scale(1 / Vectors.Norm(u), u);
            directions[k] = u;
        }
        return directions;
    }

    /// <summary>ρ at which the residual is r along a direction, at most π/2.</summary>
    private static double Reach(double[] u, double residual)
    {
        double low = 0, high = Math.PI / 2;
        for (int step = 0; step < Bisections; step++)
        {
            double middle = 0.5 * (low + high);
            if (Residual(u, middle) <= residual) low = middle;
            else high = middle;
        }
        return low;
    }

    /// <summary>RMS difference of the pair angles of the frame with null vector v = cos ρ·(1, …, 1)/√c + sin ρ·u from the simplex's, radians.</summary>
    private static double Residual(double[] u, double rho)
    {
        int c = u.Length;
        (double sin, double cos) = Math.SinCos(rho);
        double sum = 0, simplex = Math.Acos(-1.0 / (c - 1));
        Span<double> v = c <= 64 ? stackalloc double[c] : new double[c];
        for (int i = 0; i < c; i++)
        {
            v[i] = cos / Math.Sqrt(c) + sin * u[i];
            v[i] /= Math.Sqrt(Math.Max(1 - v[i] * v[i], 1e-12));
            for (int j = 0; j < i; j++)
            {
                double off = Math.Acos(Math.Clamp(-v[i] * v[j], -1, 1)) - simplex;
                sum += off * off;
            }
        }
        return Math.Sqrt(sum / (c * (c - 1) / 2.0));
    }

    /// <summary>The share of the shape's normal dimensions that tight frames have, at most 1.</summary>
    public static double Exponent(Shape shape)
    {
        long d = shape.Dim, c = shape.Count, normal = shape.Codimension, free = c * (d - 1) - d * (d - 1) / 2 - normal;
        return Math.Min(1, Math.Max(1, d * (c - d) - free) / (double)Math.Max(1, normal));
    }
}
