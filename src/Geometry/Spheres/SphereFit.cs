using System.Buffers;
using Geometry.LinearAlgebra;

namespace Geometry.Spheres;

/// <summary>Fits the sphere nearest to a set of points: min over c, r of Σ_i (‖x_i − c‖ − r)².</summary>
/// <remarks>
/// <para>The start is the algebraic fit, linear in (c, r² − ‖c‖²), which minimises Σ (‖x_i−c‖² − r²)². It is refined on the geometric
/// distances, with r = mean ‖x_i − c‖ eliminated, by Levenberg–Marquardt and after some steps by damped Newton steps, in the eigenbasis of
/// the points' scatter matrix.</para>
/// <para>Memory layout: points row-major count×dim. Degenerate cases: when the points span an affine flat of smaller dimension (count ≤
/// dim, collinear or cocircular points, duplicates), many spheres fit equally well, and the one whose centre is nearest to the origin is
/// taken. So one point gives centre 0 and radius ‖x‖; an antipodal pair gives the centre midway; dim+1 points in general position give
/// their circumsphere with rms 0. Source: Coope 1993, doi:10.1007/BF00939613 for the start; Chernov, <i>Circular and Linear Regression</i>
/// (2010), ch. 4, for the refinement. Complexity: O(count·dim²) per iteration, at most 100 iterations; no allocation per iteration. Only
/// steps that lower the residual are taken, so that radius and rms belong to the centre found even at the cap, and are at most as far off
/// as those of the algebraic fit.</para>
/// </remarks>
public static class SphereFit
{
    /// <summary>Directions with an extent below this share of the largest extent count as not spanned.</summary>
    public const double FlatTolerance = 3e-8;

    private const int MaxIterations = 100;

    /// <summary>
    /// Number of steps without second derivatives. Points near a sphere need no more; a cloud far from any sphere would need hundreds.
    /// </summary>
    private const int GaussNewtonSteps = 8;

    /// <summary>Fits a sphere; the centre is not returned.</summary>
    /// <inheritdoc cref="Fit(ReadOnlySpan{double}, int, int, Span{double})"/>
    public static Sphere Fit(ReadOnlySpan<double> points, int count, int dim)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Max(dim, 1));
        Sphere sphere = Fit(points, count, dim, rented);
        ArrayPool<double>.Shared.Return(rented);
        return sphere;
    }

    /// <summary>Fits a sphere.</summary>
    /// <param name="points">count×dim row-major, finite, in the units of W.</param>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="dim">Dimension of the space (dim V_S for a summand), ≥ 1.</param>
    /// <param name="center">Receives the centre, length ≥ dim.</param>
    /// <exception cref="ArgumentException">A size is out of range or a coordinate is not finite.</exception>
    public static Sphere Fit(ReadOnlySpan<double> points, int count, int dim, Span<double> center)
    {
        if (count < 1 || dim < 1)
            throw new ArgumentException($"expected count ≥ 1 and dim ≥ 1, found count = {count}, dim = {dim}");
        if (points.Length != (long)count * dim)
            throw new ArgumentException($"expected {(long)count * dim} coordinates, found {points.Length}", nameof(points));
        if (center.Length < dim)
            throw new ArgumentException($"expected room for {dim} coordinates, found {center.Length}", nameof(center));
        int bad = points.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (bad >= 0)
            throw new ArgumentException($"coordinate {bad % dim} of point {bad / dim} is not finite", nameof(points));
        center = center[..dim];

        if (count == 1 && dim == 1)
        {
            center.Clear();
            return new Sphere(Math.Abs(points[0]), 0, 0);
        }
        var flat = AffineFlat.Of(points, count, dim);
        if (flat.Scale == 0)
        {
            center.Clear();
            return new Sphere(0, 0, 0);
        }
        double[] best = new double[flat.Dim];
        Algebraic(flat, best);
        (double radius, double rms) = Refine(flat, best);
        flat.Place(best, center);
        return new Sphere(radius * flat.Scale, rms * flat.Scale, Norm(center));
    }

    /// <summary>2 Σ y yᵀ c = Σ ‖y‖² y in centred coordinates; the scatter is diagonal there.</summary>
    private static void Algebraic(AffineFlat flat, Span<double> c)
    {
        c.Clear();
        Span<double> scatter = stackalloc double[Math.Min(c.Length, 256)];
        if (scatter.Length < c.Length)
            scatter = new double[c.Length];
        scatter.Clear();
        for (int i = 0; i < flat.Count; i++)
        {
            ReadOnlySpan<double> y = flat.Point(i);
            double square = Vectors.Dot(y, y);
            for (int d = 0; d < c.Length; d++)
            {
                c[d] += square * y[d];
                scatter[d] += y[d] * y[d];
            }
        }
        for (int d = 0; d < c.Length; d++)
            c[d] /= 2 * scatter[d];
    }

    /// <summary>Levenberg–Marquardt in place; only steps that lower the residual are taken. Returns the residual at the end.</summary>
    private static (double Radius, double Rms) Refine(AffineFlat flat, Span<double> c)
    {
        int r = c.Length;
        double[] rented = ArrayPool<double>.Shared.Rent((5 * r) + (2 * r * r) + (2 * flat.Count));
        Span<double> room = rented;
        Span<double> trial = Take(ref room, r),
            step = Take(ref room, r),
            right = Take(ref room, r),
            mean = Take(ref room, r);
        Span<double> direction = Take(ref room, r);
        Span<double> normal = Take(ref room, r * r),
            factor = Take(ref room, r * r),
            distances = Take(ref room, flat.Count),
            trialDistances = Take(ref room, flat.Count);
        (double radius, double error) = Residual(flat, c, distances);
        double damping = 1e-3;
        // A step that is not taken changes the damping alone, so that the derivatives at c can be used again.
        bool moved = true;
        for (int iteration = 0; iteration < MaxIterations && error > 0 && damping <= 1e12; iteration++)
        {
            if (iteration == GaussNewtonSteps)
                damping = Math.Max(damping, 1);
            if (moved || iteration == GaussNewtonSteps)
                Linearise(flat, c, distances, radius, normal, right, mean, direction, iteration >= GaussNewtonSteps);
            moved = false;
            right.CopyTo(step);
            normal.CopyTo(factor);
            for (int d = 0; d < r; d++)
                factor[(d * r) + d] += damping * (1e-12 + Math.Abs(normal[(d * r) + d]));
            if (!SmallCholesky.Factor(factor, r))
            {
                damping *= 10;
                continue;
            }
            SmallCholesky.SolveLower(factor, r, step);
            SmallCholesky.SolveUpper(factor, r, step);
            for (int d = 0; d < r; d++)
                trial[d] = c[d] + step[d];
            (double trialRadius, double next) = Residual(flat, trial, trialDistances);
            bool settled = Vectors.Dot(step, step) <= 1e-30 * (1 + Vectors.Dot(c, c));
            moved = next < error;
            if (moved)
            {
                trial.CopyTo(c);
                trialDistances.CopyTo(distances);
                (radius, error) = (trialRadius, next);
                damping *= 0.1;
            }
            else
                damping *= 10;
            // Where only rounding prevents a step, it is the last one.
            if (settled || (!moved && next - error <= 1e-14 * error))
                break;
        }
        ArrayPool<double>.Shared.Return(rented);
        return (radius, error);
    }

    private static Span<double> Take(ref Span<double> room, int length)
    {
        Span<double> taken = room[..length];
        room = room[length..];
        return taken;
    }

    /// <summary>
    /// Normal matrix JᵀJ and −Jᵀf of the residuals f_i = d_i − mean d at c, with J_i = −(u_i − mean u), u_i = (y_i − c)/d_i. Where curved
    /// is true, the second derivatives Σ f_i/d_i·(1 − u_iu_iᵀ) are added, which gives half the Hessian of Σ f_i².
    /// </summary>
    private static void Linearise(
        AffineFlat flat,
        ReadOnlySpan<double> c,
        ReadOnlySpan<double> distances,
        double radius,
        Span<double> normal,
        Span<double> right,
        Span<double> mean,
        Span<double> direction,
        bool curved
    )
    {
        int r = c.Length;
        normal.Clear();
        right.Clear();
        mean.Clear();
        double curvature = 0;
        for (int i = 0; i < flat.Count; i++)
        {
            ReadOnlySpan<double> y = flat.Point(i);
            double distance = distances[i];
            if (distance == 0)
                continue;
            double residual = distance - radius,
                bend = curved ? residual / distance : 0;
            curvature += bend;
            for (int d = 0; d < r; d++)
                direction[d] = (y[d] - c[d]) / distance;
            for (int d = 0; d < r; d++)
            {
                mean[d] += direction[d] / flat.Count;
                right[d] += residual * direction[d];
                Vectors.Axpy((1 - bend) * direction[d], direction[..(d + 1)], normal.Slice(d * r, d + 1));
            }
        }
        // Σ(u−ū)(u−ū)ᵀ = Σuuᵀ − N ū ūᵀ, and Σ f ū = 0.
        for (int d = 0; d < r; d++)
        {
            for (int e = 0; e <= d; e++)
                normal[(d * r) + e] -= flat.Count * mean[d] * mean[e];
            normal[(d * r) + d] += curvature;
        }
    }

    /// <summary>‖c‖, scaled so that squares neither overflow nor vanish.</summary>
    private static double Norm(ReadOnlySpan<double> c)
    {
        double largest = 0,
            sum = 0;
        foreach (double x in c)
            largest = Math.Max(largest, Math.Abs(x));
        if (largest == 0)
            return 0;
        foreach (double x in c)
            sum += x / largest * (x / largest);
        return largest * Math.Sqrt(sum);
    }

    private static double Distance(AffineFlat flat, ReadOnlySpan<double> y, ReadOnlySpan<double> c)
    {
        double sum = flat.OffsetSquared;
        for (int d = 0; d < c.Length; d++)
            sum += (y[d] - c[d]) * (y[d] - c[d]);
        return Math.Sqrt(sum);
    }

    /// <summary>The distances from c, their mean and the root mean square deviation from it, in units of the flat's scale.</summary>
    private static (double Radius, double Rms) Residual(AffineFlat flat, ReadOnlySpan<double> c, Span<double> distances)
    {
        double mean = 0,
            squares = 0;
        for (int i = 0; i < flat.Count; i++)
        {
            distances[i] = Distance(flat, flat.Point(i), c);
            mean += distances[i];
        }
        mean /= flat.Count;
        for (int i = 0; i < flat.Count; i++)
        {
            double deviation = distances[i] - mean;
            squares += deviation * deviation;
        }
        return (mean, Math.Sqrt(squares / flat.Count));
    }
}

/// <summary>A sphere fitted to the raw columns of a summand, inside the summand's own subspace V_S.</summary>
/// <param name="Radius">Radius, in the units of W.</param>
/// <param name="Rms">Root mean square of ‖x − c‖ − r over the points, in the units of W.</param>
/// <param name="CenterNorm">‖c‖, distance of the centre from the origin, in the units of W.</param>
public sealed record Sphere(double Radius, double Rms, double CenterNorm);
