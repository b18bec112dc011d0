using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Grassmannian.Planes;

/// <summary>Row kernels of one step of Gram–Schmidt on the Gram matrix: G' = G − h hᵀ, h = G_b/√G_bb.</summary>
/// <remarks>All spans of a call have the same length, a multiple of eight. No allocation.</remarks>
internal static class SchurStep
{
    /// <summary>h = scale·row and reduced = diagonal − h∘h.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pivot(ReadOnlySpan<double> row, double scale, ReadOnlySpan<double> diagonal, Span<double> h, Span<double> reduced)
    {
        Check(row.Length, diagonal.Length, h.Length, reduced.Length);
        ref double r = ref MemoryMarshal.GetReference(row),
            d = ref MemoryMarshal.GetReference(diagonal);
        ref double rh = ref MemoryMarshal.GetReference(h),
            rd = ref MemoryMarshal.GetReference(reduced);
        Vector512<double> s = Vector512.Create(scale);
        for (nuint j = 0; j < (nuint)row.Length; j += 8)
        {
            Vector512<double> x = s * Vector512.LoadUnsafe(ref r, j);
            x.StoreUnsafe(ref rh, j);
            Vector512.FusedMultiplyAdd(-x, x, Vector512.LoadUnsafe(ref d, j)).StoreUnsafe(ref rd, j);
        }
    }

    /// <summary>
    /// The same for the row that the previous step, with pivot vector g, makes of <paramref name="row"/>: h = scale·(row − gb·g).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void PivotAfter(
        ReadOnlySpan<double> row,
        double gb,
        ReadOnlySpan<double> g,
        double scale,
        ReadOnlySpan<double> diagonal,
        Span<double> h,
        Span<double> reduced
    )
    {
        Check(row.Length, diagonal.Length, h.Length, reduced.Length);
        Check(row.Length, g.Length, g.Length, g.Length);
        ref double r = ref MemoryMarshal.GetReference(row),
            d = ref MemoryMarshal.GetReference(diagonal),
            rg = ref MemoryMarshal.GetReference(g);
        ref double rh = ref MemoryMarshal.GetReference(h),
            rd = ref MemoryMarshal.GetReference(reduced);
        Vector512<double> s = Vector512.Create(scale),
            b = Vector512.Create(-gb);
        for (nuint j = 0; j < (nuint)row.Length; j += 8)
        {
            Vector512<double> x = s * Vector512.FusedMultiplyAdd(b, Vector512.LoadUnsafe(ref rg, j), Vector512.LoadUnsafe(ref r, j));
            x.StoreUnsafe(ref rh, j);
            Vector512.FusedMultiplyAdd(-x, x, Vector512.LoadUnsafe(ref d, j)).StoreUnsafe(ref rd, j);
        }
    }

    /// <summary>target = row − hc·h: row c of G'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Reduce(ReadOnlySpan<double> row, double hc, ReadOnlySpan<double> h, Span<double> target)
    {
        Check(row.Length, h.Length, target.Length, target.Length);
        ref double r = ref MemoryMarshal.GetReference(row),
            rh = ref MemoryMarshal.GetReference(h),
            t = ref MemoryMarshal.GetReference(target);
        Vector512<double> c = Vector512.Create(-hc);
        for (nuint j = 0; j < (nuint)row.Length; j += 8)
            Vector512.FusedMultiplyAdd(c, Vector512.LoadUnsafe(ref rh, j), Vector512.LoadUnsafe(ref r, j)).StoreUnsafe(ref t, j);
    }

    /// <summary>after = before + row∘row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddSquares(ReadOnlySpan<double> row, ReadOnlySpan<double> before, Span<double> after)
    {
        Check(row.Length, before.Length, after.Length, after.Length);
        ref double r = ref MemoryMarshal.GetReference(row),
            b = ref MemoryMarshal.GetReference(before),
            a = ref MemoryMarshal.GetReference(after);
        for (nuint j = 0; j < (nuint)row.Length; j += 8)
        {
            Vector512<double> x = Vector512.LoadUnsafe(ref r, j);
            Vector512.FusedMultiplyAdd(x, x, Vector512.LoadUnsafe(ref b, j)).StoreUnsafe(ref a, j);
        }
    }

    /// <summary>roots = √max(0, diagonal − limit).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Roots(ReadOnlySpan<double> diagonal, double limit, Span<double> roots)
    {
        Check(diagonal.Length, roots.Length, roots.Length, roots.Length);
        ref double d = ref MemoryMarshal.GetReference(diagonal),
            r = ref MemoryMarshal.GetReference(roots);
        Vector512<double> l = Vector512.Create(limit);
        for (nuint j = 0; j < (nuint)diagonal.Length; j += 8)
            Vector512.Sqrt(Vector512.Max(Vector512<double>.Zero, Vector512.LoadUnsafe(ref d, j) - l)).StoreUnsafe(ref r, j);
    }

    private static void Check(int a, int b, int c, int d)
    {
        if (a != b || a != c || a != d || a % 8 != 0)
            throw new ArgumentException($"expected rows of one length, a multiple of eight; found {a}, {b}, {c} and {d}");
    }
}
