using System.Buffers;
using System.Diagnostics;

namespace Geometry.LinearAlgebra;

/// <summary>Eigen-decomposition of a real symmetric matrix: A = Σ_k λ_k v_k v_kᵀ with v_k orthonormal.</summary>
/// <remarks>
/// <para>Method: cyclic Jacobi up to <see cref="JacobiLimit"/> rows (the fastest at such sizes, and exact to rounding of ‖A‖ even for small
/// eigenvalues), Householder tridiagonalisation followed by implicit QL above. Source: Golub and Van Loan, <i>Matrix Computations</i>, 4th
/// ed., §8.3 and §8.5.</para>
/// <para>Memory layout: row-major n×n; the k-th eigenvector is row k of the output, one contiguous span.</para>
/// <para>Normalisation: eigenvalues descend (equal ones keep the order in which the iteration left them); the first component of largest
/// magnitude of every eigenvector is positive. The same input gives the same bytes.</para>
/// <para>Degenerate cases: n = 0 does nothing; an asymmetric matrix is replaced by (A+Aᵀ)/2; a NaN or an infinity anywhere makes every
/// output NaN (nothing hangs, nothing throws); the eigenvectors of a repeated eigenvalue are some orthonormal basis of its
/// eigenspace.</para>
/// <para>Complexity: O(n³) time; no heap allocation (the pool is used above 64 rows). Error: |λ − λ̂| ≤ c·n·2⁻⁵²·‖A‖.</para>
/// </remarks>
public static class SymmetricEigen
{
    /// <summary>Largest n that the cyclic Jacobi kernel handles.</summary>
    public const int JacobiLimit = 12;

    private const int StackLimit = 64;

    /// <summary>Decomposes A.</summary>
    /// <param name="a">A, n×n row-major, dimensionless or in any unit; destroyed.</param>
    /// <param name="n">The number of rows, ≥ 0.</param>
    /// <param name="eigenvalues">Receives λ_0 ≥ … ≥ λ_{n−1}, in the unit of A; length ≥ n.</param>
    /// <param name="eigenvectors">Receives v_k in row k, n×n row-major; empty to compute eigenvalues only. Must not overlap
    /// <paramref name="a"/>.</param>
    /// <exception cref="ArgumentException">n is negative, or a span is shorter than n×n or n.</exception>
    /// <exception cref="ConvergenceException">The iteration did not end within its cap, which no finite matrix is known to bring
    /// about.</exception>
    public static void Decompose(Span<double> a, int n, Span<double> eigenvalues, Span<double> eigenvectors)
    {
        if (n < 0)
            throw new ArgumentOutOfRangeException(nameof(n), n, "expected n ≥ 0");
        long area = (long)n * n;
        if (a.Length < area)
            throw new ArgumentException($"expected at least {area} entries for n = {n}, found {a.Length}", nameof(a));
        if (eigenvalues.Length < n)
            throw new ArgumentException($"expected length at least {n}, found {eigenvalues.Length}", nameof(eigenvalues));
        if (!eigenvectors.IsEmpty && eigenvectors.Length < area)
            throw new ArgumentException(
                $"expected no entries or at least {area} for n = {n}, found {eigenvectors.Length}",
                nameof(eigenvectors)
            );
        if (n == 0)
            return;

        a = a[..(int)area];
        eigenvalues = eigenvalues[..n];
        if (!eigenvectors.IsEmpty)
            eigenvectors = eigenvectors[..(int)area];

        double scale = Symmetrise(a, n);
        if (!double.IsFinite(scale))
        {
            eigenvalues.Fill(double.NaN);
            eigenvectors.Fill(double.NaN);
            return;
        }

        Identity(eigenvectors, n);
        if (n <= JacobiLimit)
        {
            JacobiEigen.Diagonalise(a, n, eigenvalues, eigenvectors);
        }
        else if (n <= StackLimit)
        {
            Span<double> work = stackalloc double[2 * n];
            TridiagonalEigen.Diagonalise(a, n, eigenvalues, eigenvectors, work);
        }
        else
        {
            double[] rented = ArrayPool<double>.Shared.Rent(2 * n);
            TridiagonalEigen.Diagonalise(a, n, eigenvalues, eigenvectors, rented.AsSpan(0, 2 * n));
            ArrayPool<double>.Shared.Return(rented);
        }

        SortDescending(eigenvalues, eigenvectors, n);
        for (int k = 0; k < n; k++)
            eigenvalues[k] *= scale;
        if (!eigenvectors.IsEmpty)
            FixSigns(eigenvectors, n);
    }

    /// <summary>
    /// Replaces A by (A+Aᵀ)/2 divided by a power of two near its largest entry, which it returns; NaN when an entry is not finite.
    /// </summary>
    private static double Symmetrise(Span<double> a, int n)
    {
        double largest = 0;
        bool finite = true;
        foreach (double x in a)
        {
            finite &= double.IsFinite(x);
            largest = Math.Max(largest, Math.Abs(x));
        }
        if (!finite)
            return double.NaN;
        double scale = largest == 0 ? 1 : Math.ScaleB(1, Math.Clamp(Math.ILogB(largest), -1021, 1021));
        double inverse = 1 / scale;
        for (int i = 0; i < n; i++)
        {
            a[(i * n) + i] *= inverse;
            for (int j = 0; j < i; j++)
            {
                double mean = 0.5 * ((a[(i * n) + j] * inverse) + (a[(j * n) + i] * inverse));
                a[(i * n) + j] = mean;
                a[(j * n) + i] = mean;
            }
        }
        return scale;
    }

    private static void Identity(Span<double> v, int n)
    {
        if (v.IsEmpty)
            return;
        v.Clear();
        for (int i = 0; i < n; i++)
            v[(i * n) + i] = 1;
    }

    private static void SortDescending(Span<double> values, Span<double> vectors, int n)
    {
        for (int i = 0; i < n - 1; i++)
        {
            int top = i;
            for (int j = i + 1; j < n; j++)
            {
                if (values[j] > values[top])
                    top = j;
            }
            if (top == i)
                continue;
            (values[i], values[top]) = (values[top], values[i]);
            if (vectors.IsEmpty)
                continue;
            Span<double> u = vectors.Slice(i * n, n),
                w = vectors.Slice(top * n, n);
            for (int j = 0; j < n; j++)
                (u[j], w[j]) = (w[j], u[j]);
        }
    }

    private static void FixSigns(Span<double> vectors, int n)
    {
        Debug.Assert(vectors.Length == n * n);
        for (int k = 0; k < n; k++)
        {
            Span<double> v = vectors.Slice(k * n, n);
            int at = 0;
            for (int j = 1; j < n; j++)
            {
                if (Math.Abs(v[j]) > Math.Abs(v[at]))
                    at = j;
            }
            if (v[at] >= 0)
                continue;
            for (int j = 0; j < n; j++)
                v[j] = -v[j];
        }
    }
}
