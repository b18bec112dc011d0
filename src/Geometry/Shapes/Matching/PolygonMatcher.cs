namespace Geometry.Shapes.Matching;

/// <summary>
/// Matches directions in the plane with a regular polygon: sorted by polar angle, the k-th goes to the k-th vertex. All rotations and
/// reflections of that assignment have the same angles, so nothing remains to be searched. O(p log p + p²).
/// </summary>
internal static class PolygonMatcher
{
    /// <summary>The vertices in cyclic order when they form a regular polygon, else null.</summary>
    public static int[]? CyclicOrder(double[] vertices, int count)
    {
        double[] polar = new double[count];
        int[] order = new int[count];
        SortByAngle(vertices, polar, order);
        for (int k = 0; k < count; k++)
        {
            double gap = k + 1 < count ? polar[k + 1] - polar[k] : polar[0] + 2 * Math.PI - polar[k];
            if (Math.Abs(gap - 2 * Math.PI / count) > 1e-9)
                return null;
        }
        return order;
    }

    /// <summary>RMS difference of the pairwise angles, radians.</summary>
    /// <param name="unit">Unit directions, row-major count×2.</param>
    /// <param name="polar">Scratch and result, count entries: polar angles ascending.</param>
    /// <param name="order">Result, count entries: the directions in cyclic order.</param>
    public static double Match(ReadOnlySpan<double> unit, Span<double> polar, Span<int> order)
    {
        int p = order.Length;
        SortByAngle(unit, polar, order);
        double sum = 0,
            step = 2 * Math.PI / p;
        for (int i = 0; i < p; i++)
        {
            for (int j = i + 1; j < p; j++)
            {
                double gap = polar[j] - polar[i];
                int steps = Math.Min(j - i, p - (j - i));
                double difference = Math.Min(gap, 2 * Math.PI - gap) - steps * step;
                sum += difference * difference;
            }
        }
        return Math.Sqrt(sum / (p * (p - 1) / 2));
    }

    private static void SortByAngle(ReadOnlySpan<double> unit, Span<double> polar, Span<int> order)
    {
        for (int k = 0; k < order.Length; k++)
        {
            double angle = Elementary.Atan2(unit[2 * k + 1], unit[2 * k]);
            int at = k;
            for (; at > 0 && polar[at - 1] > angle; at--)
                (polar[at], order[at]) = (polar[at - 1], order[at - 1]);
            (polar[at], order[at]) = (angle, k);
        }
    }
}
