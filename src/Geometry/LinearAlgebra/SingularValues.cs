namespace Geometry.LinearAlgebra;

/// <summary>
/// Singular values by one-sided Jacobi: rotations make k vectors orthogonal, and their norms are then the singular values.
/// </summary>
/// <remarks>
/// It never forms AᵀA, so that a singular value of size 1e−12·‖A‖ still has an absolute error near 2⁻⁵²·‖A‖ (a Gram matrix would return
/// noise below 1e−8). Memory layout: k vectors of length m, each contiguous. Degenerate cases: k &gt; m gives k − m zeros; a NaN gives
/// NaNs. Source: Hestenes 1958; Demmel and Veselić 1992, doi:10.1137/0613074. Two vectors count as orthogonal below |cos| = 2⁻⁵²·max(4,
/// √m), which rounding of the dot product allows. Complexity: O(k² m) per sweep, 5–8 sweeps (a dozen or so where k &gt; m); it throws
/// beyond 40. No allocation.
/// </remarks>
public static class SingularValues
{
    private const int MaxSweeps = 40;

    /// <summary>Computes the singular values of the m×k matrix whose columns are the given vectors.</summary>
    /// <param name="vectors">k vectors of length m, vector i at <c>[i·m, (i+1)·m)</c>; receives mutually orthogonal vectors.</param>
    /// <param name="m">Length of a vector.</param>
    /// <param name="k">Number of vectors.</param>
    /// <param name="values">Receives σ_1 ≥ … ≥ σ_k, in the unit of the vectors; length ≥ k.</param>
    /// <exception cref="ConvergenceException">The vectors are not orthogonal after 40 sweeps.</exception>
    public static void Compute(Span<double> vectors, int m, int k, Span<double> values) => Compute(vectors, m, k, values, MaxSweeps);

    /// <inheritdoc cref="Compute(Span{double}, int, int, Span{double})"/>
    /// <param name="vectors">k vectors of length m.</param>
    /// <param name="m">Length of a vector.</param>
    /// <param name="k">Number of vectors.</param>
    /// <param name="values">Receives the singular values.</param>
    /// <param name="mostSweeps">The largest number of sweeps that rotate.</param>
    internal static void Compute(Span<double> vectors, int m, int k, Span<double> values, int mostSweeps)
    {
        double orthogonal = Math.ScaleB(Math.Max(4, Math.Sqrt(m)), -52);
        for (int sweep = 0; ; sweep++)
        {
            if (sweep > mostSweeps)
                throw new ConvergenceException("singular values", k, $"{mostSweeps} sweeps", LargestCosine(vectors, m, k));
            bool rotated = false;
            for (int p = 0; p < k - 1; p++)
            {
                for (int q = p + 1; q < k; q++)
                    rotated |= Orthogonalise(vectors.Slice(p * m, m), vectors.Slice(q * m, m), orthogonal);
            }
            if (!rotated)
                break;
        }
        for (int i = 0; i < k; i++)
        {
            Span<double> v = vectors.Slice(i * m, m);
            values[i] = Math.Sqrt(Vectors.Dot(v, v));
        }
        values[..k].Sort(static (x, y) => y.CompareTo(x));
    }

    private static double LargestCosine(Span<double> vectors, int m, int k)
    {
        double largest = 0;
        for (int p = 0; p < k; p++)
        {
            for (int q = 0; q < p; q++)
            {
                Span<double> x = vectors.Slice(p * m, m),
                    y = vectors.Slice(q * m, m);
                double cosine = Math.Abs(Vectors.Dot(x, y)) / Math.Sqrt(Vectors.Dot(x, x) * Vectors.Dot(y, y));
                if (cosine > largest)
                    largest = cosine;
            }
        }
        return largest;
    }

    private static bool Orthogonalise(Span<double> x, Span<double> y, double orthogonal)
    {
        double xx = Vectors.Dot(x, x),
            yy = Vectors.Dot(y, y),
            xy = Vectors.Dot(x, y);
        if (!(Math.Abs(xy) > orthogonal * Math.Sqrt(xx * yy)) || xy * xy == 0)
            return false;
        double theta = (yy - xx) / (2 * xy);
        // Above 1e150 the square would overflow, and no sweep would rotate anything.
        double t = Math.Abs(theta) > 1e150 ? 0.5 / theta : Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(1 + (theta * theta)));
        double c = 1 / Math.Sqrt(1 + (t * t));
        JacobiEigen.RotateRows(x, y, c, t * c);
        return true;
    }
}
