using Geometry.LinearAlgebra;

namespace Geometry.Spheres;

/// <summary>
/// The affine flat that points span: their mean, an orthonormal basis of its directions, and the points in these coordinates.
/// </summary>
/// <remarks>
/// Coordinates are divided by <see cref="Scale"/>, the largest |coordinate| of the input, so that fits do not depend on units. The basis is
/// the eigenbasis of the scatter matrix, without the directions whose extent is below 3e−8 of the largest.
/// </remarks>
internal sealed class AffineFlat
{
    private readonly double[] _mean,
        _basis,
        _coordinates;
    private readonly int _ambient;

    private AffineFlat(int ambient, int count, int dim, double scale, double[] mean, double[] basis)
    {
        (_ambient, Count, Dim, Scale, _mean, _basis) = (ambient, count, dim, scale, mean, basis);
        _coordinates = new double[count * dim];
    }

    /// <summary>Number of points.</summary>
    internal int Count { get; }

    /// <summary>Dimension of the flat.</summary>
    internal int Dim { get; }

    /// <summary>The unit of the coordinates, in the units of the input; 0 when every point is the origin.</summary>
    internal double Scale { get; }

    /// <summary>The squared distance of the flat from the origin, in units of <see cref="Scale"/>².</summary>
    internal double OffsetSquared { get; private set; }

    /// <summary>Coordinates of point i about the mean.</summary>
    internal ReadOnlySpan<double> Point(int i) => _coordinates.AsSpan(i * Dim, Dim);

    /// <summary>The flat of some points. O(count·dim² + dim³).</summary>
    /// <param name="points">count×dim row-major, finite.</param>
    /// <param name="count">Number of points, ≥ 1.</param>
    /// <param name="dim">Dimension of the space, ≥ 1.</param>
    internal static AffineFlat Of(ReadOnlySpan<double> points, int count, int dim)
    {
        double scale = 0;
        foreach (double x in points)
            scale = Math.Max(scale, Math.Abs(x));
        double[] mean = new double[dim],
            scatter = new double[dim * dim],
            values = new double[dim],
            basis = new double[dim * dim];
        if (scale == 0)
            return new AffineFlat(dim, count, 0, 0, mean, basis);
        double[] centred = new double[count * dim];
        for (int i = 0; i < centred.Length; i++)
            centred[i] = points[i] / scale;
        for (int i = 0; i < count; i++)
            Vectors.Axpy(1.0 / count, centred.AsSpan(i * dim, dim), mean);
        for (int i = 0; i < count; i++)
        {
            Span<double> y = centred.AsSpan(i * dim, dim);
            Vectors.Axpy(-1, mean, y);
            Vectors.AddOuterProduct(y, scatter);
        }
        SymmetricEigen.Decompose(scatter, dim, values, basis);
        // The scatter matrix holds squares of extents, so that it resolves 3e-8 of the largest extent at best; and an extent below 1e-14 of
        // the coordinates is rounding.
        double floor = Math.Max(values[0] * SphereFit.FlatTolerance * SphereFit.FlatTolerance, count * 1e-28);
        int rank = 0;
        while (rank < dim && rank < count - 1 && values[rank] > floor)
            rank++;
        var flat = new AffineFlat(dim, count, rank, scale, mean, basis);
        for (int i = 0; i < count; i++)
        {
            for (int d = 0; d < rank; d++)
                flat._coordinates[(i * rank) + d] = Vectors.Dot(basis.AsSpan(d * dim, dim), centred.AsSpan(i * dim, dim));
        }
        double offset = 0;
        for (int d = rank; d < dim; d++)
            offset += Elementary.Pow(Vectors.Dot(basis.AsSpan(d * dim, dim), mean), 2);
        flat.OffsetSquared = offset;
        return flat;
    }

    /// <summary>
    /// Writes the point of R^dim with coordinates c in the flat, less the offset of the flat from the origin, in the units of the input.
    /// </summary>
    internal void Place(ReadOnlySpan<double> c, Span<double> point)
    {
        point.Clear();
        for (int d = 0; d < Dim; d++)
        {
            ReadOnlySpan<double> axis = _basis.AsSpan(d * _ambient, _ambient);
            Vectors.Axpy((c[d] + Vectors.Dot(axis, _mean)) * Scale, axis, point);
        }
    }
}
