namespace Geometry.LinearAlgebra;

/// <summary>
/// The Cholesky factor A = L Lᵀ of a small symmetric positive definite matrix, in place, and triangular solves with it.
/// </summary>
/// <remarks>
/// Memory layout: row-major k×k, L in the lower triangle; the strict upper triangle is neither read nor written. Degenerate cases: a pivot
/// that is not above the threshold (or is NaN) stops the factorisation. Source: Golub and Van Loan §4.2. Complexity: k³/3 to factor, k² per
/// solve; no allocation.
/// </remarks>
public static class SmallCholesky
{
    // From this length on, a dot product in lanes is faster than a plain loop.
    private const int LongRow = 24;

    /// <summary>Factors A in place; false when a pivot is not above <paramref name="threshold"/>.</summary>
    /// <param name="a">A, k×k row-major; only its lower triangle is read. Receives L there.</param>
    /// <param name="k">The number of rows.</param>
    /// <param name="threshold">Smallest admissible pivot before its square root, in the unit of A, ≥ 0.</param>
    public static bool Factor(Span<double> a, int k, double threshold = 0)
    {
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[(i * k) + j];
                if (j < LongRow)
                {
                    for (int l = 0; l < j; l++)
                        sum -= a[(i * k) + l] * a[(j * k) + l];
                }
                else
                    sum -= Vectors.Dot(a.Slice(i * k, j), a.Slice(j * k, j));
                if (i != j)
                    a[(i * k) + j] = sum / a[(j * k) + j];
                else if (sum > threshold)
                    a[(i * k) + i] = Math.Sqrt(sum);
                else
                    return false;
            }
        }
        return true;
    }

    /// <summary>x ← L⁻¹ x.</summary>
    /// <param name="l">The factor, as <see cref="Factor"/> leaves it.</param>
    /// <param name="k">The number of rows.</param>
    /// <param name="x">The right-hand side, length k; receives the solution.</param>
    public static void SolveLower(ReadOnlySpan<double> l, int k, Span<double> x)
    {
        for (int i = 0; i < k; i++)
        {
            double sum = x[i];
            for (int j = 0; j < i; j++)
                sum -= l[(i * k) + j] * x[j];
            x[i] = sum / l[(i * k) + i];
        }
    }

    /// <summary>x ← L⁻ᵀ x.</summary>
    /// <param name="l">The factor, as <see cref="Factor"/> leaves it.</param>
    /// <param name="k">The number of rows.</param>
    /// <param name="x">The right-hand side, length k; receives the solution.</param>
    public static void SolveUpper(ReadOnlySpan<double> l, int k, Span<double> x)
    {
        for (int i = k - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int j = i + 1; j < k; j++)
                sum -= l[(j * k) + i] * x[j];
            x[i] = sum / l[(i * k) + i];
        }
    }
}
