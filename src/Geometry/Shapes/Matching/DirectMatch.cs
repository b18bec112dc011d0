namespace Geometry.Shapes.Matching;

/// <summary>
/// Residuals of the shapes whose best correspondence needs no search: those of R¹, regular polygons and regular simplices.
/// </summary>
/// <remarks>
/// Directions in R¹ are signs: every pair is at 0° or at 180°, and the best correspondence pairs equal signs with equal signs. Directions
/// in the plane are sorted by polar angle, and the k-th goes to the k-th vertex of the polygon: all rotations and reflections of that
/// assignment have the same angles. All angles of a simplex are equal, so all correspondences have the same residual.
/// </remarks>
internal static class DirectMatch
{
    /// <summary>The residual of directions in R¹, radians; the correspondence is in the state's trial. O(count²).</summary>
    public static double Line(Correspondence state, Shape shape)
    {
        int c = state.Count,
            plus = 0,
            shapePlus = 0;
        double[] vertices = shape.Vertices();
        for (int i = 0; i < c; i++)
        {
            plus += state.Unit[i] > 0 ? 1 : 0;
            shapePlus += vertices[i] > 0 ? 1 : 0;
        }
        int straight = Math.Abs(plus - shapePlus),
            flipped = Math.Abs(plus - (c - shapePlus));
        int sign = straight <= flipped ? 1 : -1,
            misfits = Math.Min(straight, flipped);
        PairSigns(state, vertices, sign);
        // With m directions on the wrong side, each pair of a wrong and a right direction is off by 180°.
        return c < 2 ? 0 : Math.PI * Math.Sqrt((double)misfits * (c - misfits) / (c * (c - 1) / 2.0));
    }

    /// <summary>The residual from a regular simplex, radians; the identity is kept as the best correspondence. O(count²).</summary>
    public static double Simplex(Correspondence state, ShapeGeometry shape)
    {
        state.Begin(shape);
        state.UsePose(shape.Poses[0]);
        for (int i = 0; i < state.Count; i++)
            state.Trial[i] = i;
        state.Keep(state.Residual());
        return state.BestResidual;
    }

    /// <summary>The vertices in cyclic order when they form a regular polygon; otherwise null.</summary>
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

    /// <summary>The residual of directions in the plane from the regular polygon, radians. O(p²).</summary>
    /// <param name="unit">Unit directions, row-major count×2.</param>
    /// <param name="polar">Scratch and result, count entries: polar angles ascending.</param>
    /// <param name="order">Result, count entries: the directions in cyclic order.</param>
    public static double Polygon(ReadOnlySpan<double> unit, Span<double> polar, Span<int> order)
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

    private static void PairSigns(Correspondence state, double[] vertices, int sign)
    {
        int c = state.Count;
        Span<int> trial = state.Trial.AsSpan(0, c);
        trial.Fill(-1);
        bool[] taken = new bool[c];
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < c; i++)
            {
                if (trial[i] >= 0)
                    continue;
                for (int v = 0; v < c && trial[i] < 0; v++)
                {
                    if (taken[v] || (round == 0 && state.Unit[i] > 0 != sign * vertices[v] > 0))
                        continue;
                    (trial[i], taken[v]) = (v, true);
                }
            }
        }
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
