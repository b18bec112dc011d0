using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Dictionaries;

/// <summary>Products of six vectors with sixteen others, in single precision: the tile of which Gram matrices are streamed.</summary>
/// <remarks>
/// <para>C[r, j] = Σ_d x_r[d]·y_j[d], one fused multiply-add an entry and coordinate in the order of the coordinates, so that an entry
/// does not depend on the tile it stands in, the number of threads, or the processor. Twelve accumulators of eight lanes fill the
/// sixteen registers of AVX2 and feed both of its multiply-add units.</para>
/// <para>Memory layout: the six are rows of length m, one after another; the sixteen are interleaved, coordinate d of vector j at
/// <c>[d·16 + j]</c> (<see cref="Pack"/>). Error: |C − xᵀy| ≤ m·2⁻²⁴ for unit vectors. Complexity: 96·m multiply-adds.</para>
/// </remarks>
internal static class CosineTile
{
    /// <summary>Rows of a tile.</summary>
    internal const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    internal const int Columns = 16;

    /// <summary>Entries of a tile.</summary>
    internal const int Area = Rows * Columns;

    /// <summary>Number of panels of sixteen that hold n vectors.</summary>
    internal static int Panels(int n) => (n + Columns - 1) / Columns;

    /// <summary>Interleaves n vectors of length m into panels of sixteen; the last one is padded with zeros.</summary>
    internal static void Pack(ReadOnlySpan<float> vectors, int m, int n, Span<float> panels)
    {
        panels[..(Panels(n) * Columns * m)].Clear();
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> x = vectors.Slice(i * m, m);
            Span<float> panel = panels.Slice(i / Columns * Columns * m, Columns * m);
            for (int d = 0; d < x.Length; d++) panel[(d * Columns) + (i % Columns)] = x[d];
        }
    }

    /// <summary>Fills a tile, row-major 6×16.</summary>
    /// <param name="rows">Six vectors of length m.</param>
    /// <param name="panel">Sixteen interleaved vectors.</param>
    /// <param name="m">Their length, ≥ 1.</param>
    /// <param name="tile">Receives the products; length ≥ 96.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill(ReadOnlySpan<float> rows, ReadOnlySpan<float> panel, int m, Span<float> tile)
    {
        Debug.Assert(rows.Length >= Rows * m && panel.Length >= Columns * m && tile.Length >= Area);
        ref float x = ref MemoryMarshal.GetReference(rows), y = ref MemoryMarshal.GetReference(panel);
        ref float x1 = ref Unsafe.Add(ref x, m), x2 = ref Unsafe.Add(ref x, 2 * m), x3 = ref Unsafe.Add(ref x, 3 * m);
        ref float x4 = ref Unsafe.Add(ref x, 4 * m), x5 = ref Unsafe.Add(ref x, 5 * m);
        Vector256<float> p0 = default, p1 = default, p2 = default, p3 = default, p4 = default, p5 = default;
        Vector256<float> q0 = default, q1 = default, q2 = default, q3 = default, q4 = default, q5 = default;
        for (nint d = 0; d < m; d++)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref y), b = Vector256.LoadUnsafe(ref y, 8);
            y = ref Unsafe.Add(ref y, Columns);
            Vector256<float> v = Vector256.Create(Unsafe.Add(ref x, d));
            p0 = Vector256.FusedMultiplyAdd(a, v, p0);
            q0 = Vector256.FusedMultiplyAdd(b, v, q0);
            v = Vector256.Create(Unsafe.Add(ref x1, d));
            p1 = Vector256.FusedMultiplyAdd(a, v, p1);
            q1 = Vector256.FusedMultiplyAdd(b, v, q1);
            v = Vector256.Create(Unsafe.Add(ref x2, d));
            p2 = Vector256.FusedMultiplyAdd(a, v, p2);
            q2 = Vector256.FusedMultiplyAdd(b, v, q2);
            v = Vector256.Create(Unsafe.Add(ref x3, d));
            p3 = Vector256.FusedMultiplyAdd(a, v, p3);
            q3 = Vector256.FusedMultiplyAdd(b, v, q3);
            v = Vector256.Create(Unsafe.Add(ref x4, d));
            p4 = Vector256.FusedMultiplyAdd(a, v, p4);
            q4 = Vector256.FusedMultiplyAdd(b, v, q4);
            v = Vector256.Create(Unsafe.Add(ref x5, d));
            p5 = Vector256.FusedMultiplyAdd(a, v, p5);
            q5 = Vector256.FusedMultiplyAdd(b, v, q5);
        }
        ref float t = ref MemoryMarshal.GetReference(tile);
        p0.StoreUnsafe(ref t);
        q0.StoreUnsafe(ref t, 8);
        p1.StoreUnsafe(ref t, 16);
        q1.StoreUnsafe(ref t, 24);
        p2.StoreUnsafe(ref t, 32);
        q2.StoreUnsafe(ref t, 40);
        p3.StoreUnsafe(ref t, 48);
        q3.StoreUnsafe(ref t, 56);
        p4.StoreUnsafe(ref t, 64);
        q4.StoreUnsafe(ref t, 72);
        p5.StoreUnsafe(ref t, 80);
        q5.StoreUnsafe(ref t, 88);
    }
}
