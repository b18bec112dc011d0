namespace Geometry.Shapes.Matching;

/// <summary>Chooses dim of the vectors that are well spread, so that they pin down an orthogonal map.</summary>
internal static class BasePoints
{
    /// <summary>
    /// Gram–Schmidt with pivoting: the first is given, each next one is the vector farthest from the span of those before it.
    /// </summary>
    /// <param name="unit">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">Dimension.</param>
    /// <param name="count">Number of vectors, ≥ dim.</param>
    /// <param name="first">Index of the first.</param>
    /// <param name="rest">Scratch, count·dim: the parts of the vectors orthogonal to the span so far.</param>
    /// <param name="basePoints">Destination, dim indices.</param>
    /// <returns>The smallest pivot, in [0, 1]; 0 when the vectors do not span.</returns>
    public static double Choose(ReadOnlySpan<double> unit, int dim, int count, int first, Span<double> rest, Span<int> basePoints)
    {
        unit[..(count * dim)].CopyTo(rest);
        double smallest = 1;
        int pick = first;
        for (int level = 0; level < dim; level++)
        {
            if (level > 0)
                pick = Farthest(rest, dim, count, out _);
            basePoints[level] = pick;
            Span<double> axis = rest.Slice(pick * dim, dim);
            double norm = Math.Sqrt(Dot(axis, axis));
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
                double along = Dot(row, axis);
                for (int k = 0; k < dim; k++)
                    row[k] -= along * axis[k];
            }
            axis.Clear();
        }
        return smallest;
    }

    private static int Farthest(ReadOnlySpan<double> rest, int dim, int count, out double squared)
    {
        int best = 0;
        squared = -1;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = rest.Slice(i * dim, dim);
            double value = Dot(row, row);
            if (value > squared + 1e-12)
                (best, squared) = (i, value);
        }
        return best;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }
}
