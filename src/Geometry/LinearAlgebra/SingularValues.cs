namespace Geometry.LinearAlgebra;

/// <summary>
/// Singular values by one-sided Jacobi: rotations make k vectors orthogonal, their norms are then the singular values.
/// </summary>
/// <remarks>
/// Never forms AᵀA, so that a singular value of size 1e−12·‖A‖ still has absolute error near 2⁻⁵²·‖A‖ (a Gram matrix would return noise
/// below 1e−8). Memory layout: k vectors of length m, each contiguous. Degenerate cases: k &gt; m gives k − m zeros; a NaN gives NaNs.
/// Source: Hestenes 1958; Demmel and Veselić 1992, doi:10.1137/0613074. Complexity: O(k² m) a sweep, at most 40 sweeps; no allocation.
/// </remarks>
public static class SingularValues
{
    private const int MaxSweeps = 40;

    /// <summary>Computes the singular values of the m×k matrix whose columns are the given vectors.</summary>
    /// <param name="vectors">k vectors of length m, vector i at <c>[i·m, (i+1)·m)</c>; receives mutually orthogonal vectors.</param>
    /// <param name="m">Length of a vector.</param>
    /// <param name="k">Number of vectors.</param>
    /// <param name="values">Receives σ_1 ≥ … ≥ σ_k, in the unit of the vectors; length ≥ k.</param>
    public static void Compute(Span<double> vectors, int m, int k, Span<double> values)
    {
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            bool rotated = false;
            for (int p = 0; p < k - 1; p++)
            {
                for (int q = p + 1; q < k; q++) rotated |= Orthogonalise(vectors.Slice(p * m, m), vectors.Slice(q * m, m));
            }
            if (!rotated) break;
        }
        for (int i = 0; i < k; i++)
        {
            Span<double> v = vectors.Slice(i * m, m);
            values[i] = Math.Sqrt(Vectors.Dot(v, v));
        }
        values[..k].Sort(static (x, y) => y.CompareTo(x));
    }

    private static bool Orthogonalise(Span<double> x, Span<double> y)
    {
        double xx = Vectors.Dot(x, x), yy = Vectors.Dot(y, y), xy = Vectors.Dot(x, y);
        if (!(Math.Abs(xy) > 1e-15 * Math.Sqrt(xx * yy)) || xy * xy == 0) return false;
        double theta = (yy - xx) / (2 * xy);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(1 + (theta * theta)));
        double c = 1 / Math.Sqrt(1 + (t * t));
        JacobiEigen.RotateRows(x, y, c, t * c);
        return true;
    }
}
