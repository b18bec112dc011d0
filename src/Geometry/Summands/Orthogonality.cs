using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>How far summands are from orthogonal.</summary>
internal static class Orthogonality
{
    /// <summary>Largest cosine of a principal angle between two summands' subspaces; NaN with fewer than two. O(rank²·m + rank³).</summary>
    public static double Defect(ReadOnlySpan<Block> blocks)
    {
        if (blocks.Length < 2)
            return double.NaN;
        double largest = 0;
        for (int s = 0; s < blocks.Length; s++)
        {
            for (int t = 0; t < s; t++)
                largest = Math.Max(largest, LargestCosine(blocks[s], blocks[t]));
        }
        return largest;
    }

    /// <summary>‖U_SᵀU_T‖₂, by the largest eigenvalue of its smaller Gram matrix.</summary>
    private static double LargestCosine(Block s, Block t)
    {
        if (s.Dim > t.Dim)
            (s, t) = (t, s);
        int d = s.Dim,
            e = t.Dim;
        double[] cosines = new double[d * e],
            squares = new double[d * d],
            values = new double[d];
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b < e; b++)
                cosines[a * e + b] = Vectors.Dot(s.Axes.Axis(a), t.Axes.Axis(b));
        }
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b < d; b++)
                squares[a * d + b] = Vectors.Dot(cosines.AsSpan(a * e, e), cosines.AsSpan(b * e, e));
        }
        SymmetricEigen.Decompose(squares, d, values, []);
        return Math.Min(1, Math.Sqrt(Math.Max(values[0], 0)));
    }
}
