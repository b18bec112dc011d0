using Geometry.LinearAlgebra;

namespace Geometry.Spheres;

/// <summary>
/// The lift of R^m into R^{m+2} that turns spheres into linear subspaces: x ↦ (x, 1, ‖x‖²), scaled to unit length.
/// </summary>
/// <remarks>
/// Points of R^m lie on one (k−1)-sphere of a k-dimensional affine flat (or on the flat itself, a sphere through infinity) exactly when
/// their lifts span k+1 dimensions. Two spheres are thus two (k+1)-planes of R^{m+2}, and the chordal distance of these is a distance
/// between spheres: it is 0 exactly for the same sphere, and continuous in centre, radius and flat. It is not invariant under scaling or
/// translation, so the points should have norms about 1 and surround the origin. Memory layout: row-major n×m → n×(m+2). Source: Möbius's
/// and Lie's coordinates of spheres, e.g. Cecil, <i>Lie Sphere Geometry</i> (2008), §2.2. Complexity O(n·m), no allocation.
/// </remarks>
public static class SphereLift
{
    /// <summary>m + 2.</summary>
    public static int Dimension(int m) => checked(m + 2);

    /// <summary>Lifts n points of R^m.</summary>
    /// <param name="points">n×m row-major, any unit in which norms are about 1.</param>
    /// <param name="n">Number of points, ≥ 0.</param>
    /// <param name="m">Dimension, ≥ 1.</param>
    /// <param name="lifted">Receives n×(m+2), unit rows.</param>
    /// <exception cref="ArgumentException">A size is out of range or a span too short.</exception>
    public static void Lift(ReadOnlySpan<double> points, int n, int m, Span<double> lifted)
    {
        if (n < 0 || m < 1)
            throw new ArgumentException($"expected n ≥ 0 and m ≥ 1, found n = {n}, m = {m}");
        if (points.Length < (long)n * m)
            throw new ArgumentException($"expected {(long)n * m} coordinates, found {points.Length}", nameof(points));
        if (lifted.Length < (long)n * (m + 2))
            throw new ArgumentException($"expected room for {(long)n * (m + 2)} coordinates, found {lifted.Length}", nameof(lifted));
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> x = points.Slice(i * m, m);
            Span<double> y = lifted.Slice(i * (m + 2), m + 2);
            double square = Vectors.Dot(x, x);
            x.CopyTo(y);
            (y[m], y[m + 1]) = (1, square);
            Vectors.Scale(1 / Math.Sqrt(square + 1 + (square * square)), y);
        }
    }
}
