using System.Numerics;
using System.Runtime.InteropServices;

namespace Geometry.LinearAlgebra;

/// <summary>
/// Eigenvalues by cyclic Jacobi: rotations J(p,q), in row order, annihilate one off-diagonal pair at a time until none is left that
/// matters.
/// </summary>
/// <remarks>
/// Memory layout: row-major n×n. The matrix must be symmetric, finite and of size about 1. Quadratic convergence, 5–8 sweeps in practice;
/// it throws beyond a cap. Source: Golub and Van Loan §8.5.
/// </remarks>
internal static class JacobiEigen
{
    private const int MaxSweeps = 40;
    private const double Negligible = 8.673617379884035e-19; // 2^-60
    private const double UnitRoundoff = 5.551115123125783e-17; // 2^-54

    /// <summary>
    /// Diagonalises <paramref name="a"/> in place; the rows of <paramref name="v"/>, a basis, are rotated along unless it is empty.
    /// </summary>
    /// <param name="a">n×n, destroyed.</param>
    /// <param name="n">Number of rows.</param>
    /// <param name="eigenvalues">Receives the diagonal, in no order.</param>
    /// <param name="v">n rows, or empty.</param>
    /// <param name="mostSweeps">The largest number of sweeps that rotate.</param>
    /// <exception cref="ConvergenceException">A further sweep would still rotate.</exception>
    internal static void Diagonalise(Span<double> a, int n, Span<double> eigenvalues, Span<double> v, int mostSweeps = MaxSweeps)
    {
        for (int sweep = 0; ; sweep++)
        {
            if (sweep > mostSweeps)
                throw new ConvergenceException("eigenvalues", n, $"{mostSweeps} sweeps", LargestOff(a, n));
            bool rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                    rotated |= Annihilate(a, n, p, q, v);
            }
            if (!rotated)
                break;
        }
        for (int i = 0; i < n; i++)
            eigenvalues[i] = a[(i * n) + i];
    }

    private static double LargestOff(ReadOnlySpan<double> a, int n)
    {
        double largest = 0;
        for (int p = 0; p < n; p++)
        {
            for (int q = 0; q < p; q++)
                largest = Math.Max(largest, Math.Abs(a[(p * n) + q]));
        }
        return largest;
    }

    private static bool Annihilate(Span<double> a, int n, int p, int q, Span<double> v)
    {
        double off = a[(p * n) + q],
            app = a[(p * n) + p],
            aqq = a[(q * n) + q];
        // Matrix entries are of size one: what is below 2^-60 of that, or below the last bit of both diagonal entries, is zero.
        if (Math.Abs(off) <= Math.Max(Negligible, UnitRoundoff * Math.Min(Math.Abs(app), Math.Abs(aqq))))
        {
            a[(p * n) + q] = 0;
            a[(q * n) + p] = 0;
            return false;
        }
        double theta = (aqq - app) / (2 * off);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(1 + (theta * theta)));
        double c = 1 / Math.Sqrt(1 + (t * t)),
            s = t * c;

        // The matrix is symmetric to the last bit: its columns p and q are copies of the rows.
        Span<double> rowP = a.Slice(p * n, n),
            rowQ = a.Slice(q * n, n);
        RotateRows(rowP, rowQ, c, s);
        rowP[p] = app - (t * off);
        rowQ[q] = aqq + (t * off);
        rowP[q] = 0;
        rowQ[p] = 0;
        for (int r = 0; r < n; r++)
        {
            a[(r * n) + p] = rowP[r];
            a[(r * n) + q] = rowQ[r];
        }
        if (!v.IsEmpty)
            RotateRows(v.Slice(p * n, n), v.Slice(q * n, n), c, s);
        return true;
    }

    /// <summary>
    /// (x, y) ← (c·x − s·y, s·x + c·y). Each entry is computed by itself, so that the bits do not depend on the width of vectors.
    /// </summary>
    internal static void RotateRows(Span<double> x, Span<double> y, double c, double s)
    {
        Span<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        for (int i = 0; i < vx.Length; i++)
        {
            Vector<double> xi = vx[i],
                yi = vy[i];
            vx[i] = (c * xi) - (s * yi);
            vy[i] = (s * xi) + (c * yi);
        }
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++)
        {
            double xi = x[i],
                yi = y[i];
            x[i] = (c * xi) - (s * yi);
            y[i] = (s * xi) + (c * yi);
        }
    }
}
