using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>Chooses dim well-spread vectors: their images determine an orthogonal map.</summary>
internal static class BasePoints
{
    /// <summary>
    /// Gram–Schmidt with pivoting: the first vector is given, and each next one is the vector farthest from the span of those before it.
    /// </summary>
    /// <param name="unit">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">Dimension.</param>
    /// <param name="count">Number of vectors, ≥ dim.</param>
    /// <param name="first">Index of the first base point.</param>
    /// <param name="rest">Scratch, count·dim entries.</param>
    /// <param name="basePoints">Destination, dim indices.</param>
    /// <returns>
    /// The smallest distance of a base point from the span of those before it, in [0, 1]; 0 when the vectors do not span R^dim.
    /// </returns>
    public static double Choose(ReadOnlySpan<double> unit, int dim, int count, int first, Span<double> rest, Span<int> basePoints)
    {
        unit[..(count * dim)].CopyTo(rest);
        double smallest = 1;
        int pick = first;
        for (int level = 0; level < dim; level++)
        {
            if (level > 0)
                pick = Farthest(rest, dim, count);
            basePoints[level] = pick;
            Span<double> axis = rest.Slice(pick * dim, dim);
            double norm = Vectors.Norm(axis);
            smallest = Math.Min(smallest, norm);
            if (norm < 1e-12)
                return 0;
            for (int k = 0; k < dim; k++)
                axis[k] /= norm;
            for (int i = 0; i < count; i++)
            {
                if (i == pick)
                    continue;
                Span<double> row = rest.Slice(i * dim, dim);
                Vectors.Axpy(-Vectors.Dot(row, axis), axis, row);
            }
            axis.Clear();
        }
        return smallest;
    }

    // The first of the longest, by a margin, so that rounding does not choose among equals.
    private static int Farthest(ReadOnlySpan<double> rest, int dim, int count)
    {
        int best = 0;
        double most = -1;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = rest.Slice(i * dim, dim);
            double squared = Vectors.Dot(row, row);
            if (squared > most + 1e-12)
                (best, most) = (i, squared);
        }
        return best;
    }
}
