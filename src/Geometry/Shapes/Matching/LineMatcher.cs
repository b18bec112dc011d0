namespace Geometry.Shapes.Matching;

/// <summary>
/// Directions in R¹ are signs: every pair is at 0° or at 180°, and the best correspondence pairs equal signs with equal signs.
/// </summary>
internal static class LineMatcher
{
    /// <summary>Residual in radians; the correspondence is in the state's trial. O(count²).</summary>
    public static double Match(Correspondence state, Shape shape)
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
        Correspond(state, vertices, sign);
        // m directions on the wrong side: the pairs of a wrong with a right one are off by 180°.
        return c < 2 ? 0 : Math.PI * Math.Sqrt((double)misfits * (c - misfits) / (c * (c - 1) / 2.0));
    }

    private static void Correspond(Correspondence state, double[] vertices, int sign)
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
}
