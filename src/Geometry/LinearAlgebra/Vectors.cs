using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.LinearAlgebra;

/// <summary>
/// Level-one kernels on spans. Sums have eight fixed lanes, so that the same input gives the same bits on every processor, with or without
/// AVX-512.
/// </summary>
public static class Vectors
{
    private const int Lanes = 8;

    /// <summary>
    /// xᵀy. Products are rounded before they are added: the product of entry i goes to lane i mod 8, the lanes are added in pairs, and the
    /// last n mod 8 products are added one by one.
    /// </summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        int i = 0;
        if (x.Length >= Lanes)
        {
            ref double rx = ref MemoryMarshal.GetReference(x),
                ry = ref MemoryMarshal.GetReference(y[..x.Length]);
            Vector512<double> lanes = Vector512<double>.Zero;
            for (; i <= x.Length - Lanes; i += Lanes)
                lanes += Vector512.LoadUnsafe(ref rx, (nuint)i) * Vector512.LoadUnsafe(ref ry, (nuint)i);
            Vector256<double> half = lanes.GetLower() + lanes.GetUpper();
            Vector128<double> quarter = half.GetLower() + half.GetUpper();
            sum = quarter[0] + quarter[1];
        }
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>‖x‖₂, for entries whose squares are inside the double range.</summary>
    public static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>The index of the smallest entry, the first among equals; entries that are NaN are passed over, except the first.</summary>
    /// <remarks>That of System.Numerics.Tensors does not promise the same tie-break on every processor.</remarks>
    public static int IndexOfMin(ReadOnlySpan<double> x)
    {
        int best = 0;
        for (int i = 1; i < x.Length; i++)
            best = x[i] < x[best] ? i : best;
        return best;
    }

    /// <summary>y ← y + s·x.</summary>
    public static void Axpy(double s, ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        for (int i = 0; i < vx.Length; i++)
            vy[i] += s * vx[i];
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++)
            y[i] += s * x[i];
    }

    /// <summary>x ← s·x.</summary>
    public static void Scale(double s, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
            x[i] *= s;
    }

    /// <summary>
    /// x ← x − Σ_j (u_j·x) u_j, one u_j after the other: a step of modified Gram–Schmidt, which leaves x orthogonal to orthonormal u_j.
    /// </summary>
    /// <param name="x">A vector of length m.</param>
    /// <param name="basis">The u_j, row-major count×m.</param>
    /// <param name="count">Number of the u_j.</param>
    public static void Orthogonalise(Span<double> x, ReadOnlySpan<double> basis, int count)
    {
        for (int j = 0; j < count; j++)
        {
            ReadOnlySpan<double> u = basis.Slice(j * x.Length, x.Length);
            Axpy(-Dot(u, x), u, x);
        }
    }

    /// <summary>A ← A + s·x xᵀ.</summary>
    /// <param name="x">A vector of length m.</param>
    /// <param name="matrix">A, m×m row-major.</param>
    /// <param name="scale">s.</param>
    public static void AddOuterProduct(ReadOnlySpan<double> x, Span<double> matrix, double scale = 1)
    {
        for (int k = 0; k < x.Length; k++)
        {
            Span<double> row = matrix.Slice(k * x.Length, x.Length);
            TensorPrimitives.MultiplyAdd(x, scale * x[k], row, row);
        }
    }

    /// <summary>The Gram matrix of n vectors of length m, n×n row-major, symmetric to the last bit.</summary>
    /// <param name="vectors">Row-major n×m.</param>
    /// <param name="m">Length of a vector.</param>
    /// <param name="n">Number of vectors.</param>
    public static double[] Gram(ReadOnlySpan<double> vectors, int m, int n)
    {
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                gram[(i * n) + j] = gram[(j * n) + i] = Dot(vectors.Slice(i * m, m), vectors.Slice(j * m, m));
        }
        return gram;
    }

    /// <summary>y ← y − x∘x.</summary>
    public static void SubtractSquares(ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        for (int i = 0; i < vx.Length; i++)
            vy[i] -= vx[i] * vx[i];
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++)
            y[i] -= x[i] * x[i];
    }
}
