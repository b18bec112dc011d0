namespace Geometry.Shapes.Matching;

/// <summary>The orthogonal map that carries one set of vectors closest to another.</summary>
/// <remarks>
/// argmin_{O ∈ O(d)} Σ ‖x_i − O s_i‖² is the orthogonal polar factor of M = Σ x_i s_iᵀ (reflections included). It is found by the scaled
/// Newton iteration X ← (γX + X⁻ᵀ/γ)/2, which converges quadratically for every nonsingular M. Source: N. J. Higham, SIAM J. Sci. Stat.
/// Comput. 7 (1986). O(d³) per step, about six steps; nothing is allocated up to d = 32.
/// </remarks>
internal static class Procrustes
{
    private const int LargestOnStack = 32;

    /// <summary>Replaces M by its orthogonal polar factor.</summary>
    /// <param name="m">Row-major d×d, in and out.</param>
    /// <param name="d">Dimension, ≥ 1.</param>
    /// <returns>
    /// False when M is singular to working precision, or the iteration has not converged after 40 steps; M is then spoiled.
    /// </returns>
    public static bool Polar(Span<double> m, int d)
    {
        Span<double> inverse = d <= LargestOnStack ? stackalloc double[d * d] : new double[d * d];
        Span<double> work = d <= LargestOnStack ? stackalloc double[d * d] : new double[d * d];
        double scale = Norm(m);
        if (!(scale > 0))
            return false;
        for (int step = 0; step < 40; step++)
        {
            m.CopyTo(work);
            if (!Invert(work, inverse, d))
                return false;
            double gamma = step < 8 ? Math.Sqrt(Norm(inverse) / Norm(m)) : 1;
            double change = 0;
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    double next = 0.5 * (gamma * m[i * d + j] + inverse[j * d + i] / gamma);
                    work[i * d + j] = next;
                    double delta = next - m[i * d + j];
                    change += delta * delta;
                }
            }
            work.CopyTo(m);
            if (change < 1e-26 * d)
                return true;
        }
        return false;
    }

    // Gauss–Jordan with partial pivoting; spoils a.
    private static bool Invert(Span<double> a, Span<double> inverse, int d)
    {
        inverse.Clear();
        for (int i = 0; i < d; i++)
            inverse[i * d + i] = 1;
        double size = Norm(a);
        for (int column = 0; column < d; column++)
        {
            int pivot = column;
            for (int i = column + 1; i < d; i++)
            {
                if (Math.Abs(a[i * d + column]) > Math.Abs(a[pivot * d + column]))
                    pivot = i;
            }
            double value = a[pivot * d + column];
            if (!(Math.Abs(value) > 1e-12 * size))
                return false;
            Span<double> left = a.Slice(column * d, d),
                right = inverse.Slice(column * d, d);
            Span<double> leftPivot = a.Slice(pivot * d, d),
                rightPivot = inverse.Slice(pivot * d, d);
            for (int k = 0; k < d; k++)
            {
                (double x, double y) = (leftPivot[k], rightPivot[k]);
                (leftPivot[k], rightPivot[k]) = (left[k], right[k]);
                (left[k], right[k]) = (x / value, y / value);
            }
            for (int i = 0; i < d; i++)
            {
                double factor = a[i * d + column];
                if (i == column || factor == 0)
                    continue;
                Span<double> x = a.Slice(i * d, d),
                    y = inverse.Slice(i * d, d);
                for (int k = 0; k < left.Length && k < x.Length; k++)
                    x[k] -= factor * left[k];
                for (int k = 0; k < right.Length && k < y.Length; k++)
                    y[k] -= factor * right[k];
            }
        }
        return true;
    }

    private static double Norm(ReadOnlySpan<double> a)
    {
        double sum = 0;
        foreach (double x in a)
            sum += x * x;
        return Math.Sqrt(sum);
    }
}
