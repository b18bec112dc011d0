using System.Numerics;
using System.Runtime.InteropServices;

namespace Geometry.LinearAlgebra;

/// <summary>Eigenvalues by Householder reduction A = Q T Qᵀ to a tridiagonal T, then implicit QL with Wilkinson's shift on T.</summary>
/// <remarks>
/// Memory layout: row-major n×n; the rows of v start as the identity and end as the eigenvectors. The matrix must be symmetric, finite and
/// of size about 1. An eigenvalue takes two to five QL steps; it throws beyond a cap. Source: Golub and Van Loan §8.3; Parlett, <i>The
/// Symmetric Eigenvalue Problem</i>, ch. 8. Complexity: 4n³/3 for the values, about 6n³ with vectors.
/// </remarks>
internal static class TridiagonalEigen
{
    private const int MaxSteps = 80;
    private const double UnitRoundoff = 1.1102230246251565e-16; // 2^-53
    private const double Tiny = 8.673617379884035e-19; // 2^-60, nothing beside a matrix of size one

    /// <summary>
    /// Number of steps after which an off-diagonal entry below the rounding of the whole matrix, 2⁻⁵³·‖T‖, counts as zero. Two or three
    /// steps normally bring it below the last bit of its neighbours. Where the neighbours are almost zero (rank-deficient, graded
    /// matrices), the rounding of larger rows can keep it above that for any number of steps.
    /// </summary>
    private const int PatientSteps = 10;

    /// <summary>Diagonalises <paramref name="a"/>; <paramref name="work"/> has length 2n.</summary>
    /// <exception cref="ConvergenceException">An eigenvalue took more than <paramref name="mostSteps"/> QL steps.</exception>
    internal static void Diagonalise(Span<double> a, int n, Span<double> d, Span<double> v, Span<double> work, int mostSteps = MaxSteps)
    {
        Span<double> e = work[..n],
            beta = work.Slice(n, n);
        Reduce(a, n, d, e, beta);
        if (!v.IsEmpty)
            Accumulate(a, n, beta, v);
        ImplicitQl(d, e, n, v, mostSteps);
    }

    /// <summary>T into (d, e) with e[i] = T[i,i+1]; the reflector I − β v vᵀ of step i stays in a's row i, columns i+1…</summary>
    private static void Reduce(Span<double> a, int n, Span<double> d, Span<double> e, Span<double> beta)
    {
        for (int i = 0; i < n - 1; i++)
        {
            d[i] = a[(i * n) + i];
            Span<double> u = a.Slice((i * n) + i + 1, n - i - 1);
            beta[i] = Householder(u, out e[i]);
            if (beta[i] != 0)
                TwoSidedUpdate(a, n, i + 1, u, beta[i], e[(i + 1)..]);
        }
        d[n - 1] = a[(n * n) - 1];
        e[n - 1] = 0;
        beta[n - 1] = 0;
    }

    /// <summary>x ← v with (I − β v vᵀ) x = (α, 0, …, 0); returns β, or 0 when there is nothing to annihilate.</summary>
    private static double Householder(Span<double> x, out double alpha)
    {
        double tail = 0;
        for (int i = 1; i < x.Length; i++)
            tail += x[i] * x[i];
        // Entries below 1e−145 are zero beside a matrix of size one, and their squares would underflow and give β = 2/0.
        if (tail < 1e-290)
        {
            alpha = x[0];
            return 0;
        }
        double norm = Math.Sqrt((x[0] * x[0]) + tail);
        alpha = x[0] > 0 ? -norm : norm;
        x[0] -= alpha;
        return 2 / ((x[0] * x[0]) + tail);
    }

    /// <summary>B ← H B H on the trailing block that starts at row <paramref name="at"/>, as the rank-two update B − u wᵀ − w uᵀ.</summary>
    private static void TwoSidedUpdate(Span<double> a, int n, int at, ReadOnlySpan<double> u, double beta, Span<double> w)
    {
        int size = n - at;
        w = w[..size];
        // Σ_c row_c·u_c, each sum in order of c: B is symmetric to the last bit, so that its rows serve as columns.
        w.Clear();
        for (int c = 0; c < size; c++)
            Vectors.Axpy(u[c], a.Slice(((at + c) * n) + at, size), w);
        double dot = 0;
        for (int r = 0; r < size; r++)
        {
            w[r] *= beta;
            dot += w[r] * u[r];
        }
        double half = 0.5 * beta * dot;
        for (int r = 0; r < size; r++)
            w[r] -= half * u[r];
        for (int r = 0; r < size; r++)
            SubtractBoth(u[r], w, w[r], u, a.Slice(((at + r) * n) + at, size));
    }

    /// <summary>y ← y − (s·x + t·z).</summary>
    private static void SubtractBoth(double s, ReadOnlySpan<double> x, double t, ReadOnlySpan<double> z, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        ReadOnlySpan<Vector<double>> vz = MemoryMarshal.Cast<double, Vector<double>>(z[..x.Length]);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        for (int i = 0; i < vx.Length; i++)
            vy[i] -= (s * vx[i]) + (t * vz[i]);
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++)
            y[i] -= (s * x[i]) + (t * z[i]);
    }

    /// <summary>v ← Qᵀ = H_{n−2} … H_0; each reflector is applied from the right, so that memory is read row by row.</summary>
    private static void Accumulate(ReadOnlySpan<double> a, int n, ReadOnlySpan<double> beta, Span<double> v)
    {
        for (int i = n - 2; i >= 0; i--)
        {
            if (beta[i] == 0)
                continue;
            ReadOnlySpan<double> u = a.Slice((i * n) + i + 1, n - i - 1);
            for (int r = i + 1; r < n; r++)
            {
                Span<double> row = v.Slice((r * n) + i + 1, n - i - 1);
                double sum = 0;
                for (int c = 0; c < row.Length; c++)
                    sum += row[c] * u[c];
                Vectors.Axpy(-(sum * beta[i]), u, row);
            }
        }
    }

    private static void ImplicitQl(Span<double> d, Span<double> e, int n, Span<double> v, int mostSteps)
    {
        double norm = 1;
        for (int l = 0; l < n; l++)
            norm = Math.Max(norm, Math.Abs(d[l]) + Math.Abs(e[l]));
        for (int l = 0; l < n; l++)
        {
            for (int step = 0; ; step++)
            {
                int end = l;
                double floor = step < PatientSteps ? Tiny : UnitRoundoff * norm;
                while (end < n - 1 && !Negligible(d, e, end, floor))
                    end++;
                if (end == l)
                    break;
                if (step == mostSteps)
                    throw new ConvergenceException("eigenvalues", n, $"{mostSteps} steps an eigenvalue", Math.Abs(e[l]));
                Chase(d, e, l, end, v, n);
            }
        }
    }

    private static bool Negligible(ReadOnlySpan<double> d, ReadOnlySpan<double> e, int i, double floor) =>
        Math.Abs(e[i]) <= Math.Max(floor, UnitRoundoff * (Math.Abs(d[i]) + Math.Abs(d[i + 1])));

    /// <summary>One implicit QL step on rows l…end, shifted by the eigenvalue of the leading 2×2 block that is nearer to d[l].</summary>
    private static void Chase(Span<double> d, Span<double> e, int l, int end, Span<double> v, int n)
    {
        double half = (d[l + 1] - d[l]) / (2 * e[l]);
        double root = Math.Sqrt(1 + (half * half));
        double shift = d[l] - (e[l] / (half + Math.CopySign(root, half)));
        double bulge = d[end] - shift,
            s = 1,
            c = 1,
            carried = 0;
        for (int i = end - 1; i >= l; i--)
        {
            double f = s * e[i],
                b = c * e[i];
            double r = Math.Sqrt((f * f) + (bulge * bulge));
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= carried;
                e[end] = 0;
                return;
            }
            s = f / r;
            c = bulge / r;
            double g = d[i + 1] - carried;
            double turn = ((d[i] - g) * s) + (2 * c * b);
            carried = s * turn;
            d[i + 1] = g + carried;
            bulge = (c * turn) - b;
            if (!v.IsEmpty)
                JacobiEigen.RotateRows(v.Slice(i * n, n), v.Slice((i + 1) * n, n), c, s);
        }
        d[l] -= carried;
        e[l] = bulge;
        e[end] = 0;
    }
}
