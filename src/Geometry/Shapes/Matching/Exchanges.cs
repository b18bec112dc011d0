namespace Geometry.Shapes.Matching;

/// <summary>Steepest descent over exchanges of two vertices, the last step for a correspondence that is not beyond doubt.</summary>
/// <remarks>
/// O(count³) per pass. The best exchange of each pass is taken, so the result does not depend on the order of the vectors.
/// </remarks>
internal static class Exchanges
{
    public static void Improve(Correspondence s)
    {
        if (double.IsPositiveInfinity(s.BestResidual))
        {
            for (int i = 0; i < s.Count; i++)
                s.Trial[i] = i;
            s.UsePose(s.Shape.Poses[s.Shape.Poses.Length / 2]);
            s.FitParameter(polish: true);
            s.Keep(s.Residual());
        }
        s.RestoreBest();
        int passes = s.Count <= 32 ? 4 * s.Count : 4;
        for (int pass = 0; pass < passes; pass++)
        {
            (int i, int j, double change) = BestExchange(s);
            if (!(change < -1e-12))
                break;
            (s.Trial[i], s.Trial[j]) = (s.Trial[j], s.Trial[i]);
            s.FitParameter(polish: false);
        }
        s.FitParameter(polish: true);
        double residual = s.Residual();
        if (residual < s.BestResidual)
            s.Keep(residual);
    }

    private static (int I, int J, double Change) BestExchange(Correspondence s)
    {
        (int I, int J, double Change) best = (0, 0, 0);
        for (int i = 0; i < s.Count; i++)
        {
            for (int j = i + 1; j < s.Count; j++)
            {
                double change = Change(s, i, j);
                if (change < best.Change)
                    best = (i, j, change);
            }
        }
        return best;
    }

    private static double Change(Correspondence s, int i, int j)
    {
        int c = s.Count;
        ReadOnlySpan<int> rowI = s.Shape.Classes.ClassOf.AsSpan(s.Trial[i] * c, c),
            rowJ = s.Shape.Classes.ClassOf.AsSpan(s.Trial[j] * c, c);
        double sum = 0;
        for (int k = 0; k < c; k++)
        {
            if (k == i || k == j)
                continue;
            int v = s.Trial[k];
            double difference = s.ClassAngles[rowJ[v]] - s.ClassAngles[rowI[v]];
            // (a_i − θ_j)² − (a_i − θ_i)² + (a_j − θ_i)² − (a_j − θ_j)² with a the data's angles to k
            sum += 2 * difference * (s.Angles[j * c + k] - s.Angles[i * c + k]);
        }
        return sum;
    }
}
