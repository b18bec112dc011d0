using System.Numerics;
using System.Runtime.InteropServices;

namespace Geometry.LinearAlgebra;

/// <summary>Level-one kernels on spans: inner product and axpy, vectorised, with a summation order that depends on the length alone.</summary>
internal static class Vectors
{
    /// <summary>xᵀy.</summary>
    internal static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length < Vector<double>.Count)
        {
            double plain = 0;
            for (int i = 0; i < x.Length; i++) plain += x[i] * y[i];
            return plain;
        }
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        ReadOnlySpan<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        Vector<double> acc = Vector<double>.Zero;
        for (int i = 0; i < vx.Length; i++) acc += vx[i] * vy[i];
        double sum = Vector.Sum(acc);
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>y ← y + s·x.</summary>
    internal static void Axpy(double s, ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        for (int i = 0; i < vx.Length; i++) vy[i] += s * vx[i];
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++) y[i] += s * x[i];
    }

    /// <summary>x ← s·x.</summary>
    internal static void Scale(double s, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++) x[i] *= s;
    }

    /// <summary>y ← y − x∘x.</summary>
    internal static void SubtractSquares(ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> vx = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> vy = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        for (int i = 0; i < vx.Length; i++) vy[i] -= vx[i] * vx[i];
        for (int i = vx.Length * Vector<double>.Count; i < x.Length; i++) y[i] -= x[i] * x[i];
    }
}
