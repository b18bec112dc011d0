using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Dictionaries;

/// <summary>Products of a few vectors with sixteen others, in single precision: the tile from which Gram matrices are built.</summary>
/// <remarks>
/// <para>
/// C[r, j] = Σ_d x_r[d]·y_j[d], one fused multiply-add per entry and coordinate, in the order of the coordinates. An entry therefore does
/// not depend on its tile, the number of threads, or the processor. The widest vectors of the machine are used
/// (<see cref="CosineKernel{V, T}"/>, with <see cref="SoftwareMultiplyAdd"/> on processors without the instruction). A tile has twelve rows
/// where a register holds sixteen floats, and six elsewhere.
/// </para>
/// <para>
/// Memory layout: the rows are vectors of length m, one after another; the sixteen others are interleaved, with coordinate d of vector j at
/// <c>[d·16 + j]</c> (<see cref="Pack"/>). Error: |C − xᵀy| ≤ m·2⁻²⁴ for unit vectors. Complexity: 16·Rows·m multiply-adds.
/// </para>
/// </remarks>
internal static class CosineTile
{
    /// <summary>Columns of a tile.</summary>
    internal const int Columns = 16;

    /// <summary>Rows of a tile: 12 or 6.</summary>
    internal static readonly int Rows = Vector512.IsHardwareAccelerated ? 12 : 6;

    /// <summary>Entries of a tile.</summary>
    internal static readonly int Area = Rows * Columns;

    /// <summary>Number of panels of sixteen that hold n vectors.</summary>
    internal static int Panels(int n) => (n + Columns - 1) / Columns;

    /// <summary>Interleaves n vectors of length m into panels of sixteen; the last panel is padded with zeros.</summary>
    internal static void Pack(ReadOnlySpan<float> vectors, int m, int n, Span<float> panels)
    {
        panels[..(Panels(n) * Columns * m)].Clear();
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> x = vectors.Slice(i * m, m);
            Span<float> panel = panels.Slice(i / Columns * Columns * m, Columns * m);
            for (int d = 0; d < x.Length; d++)
                panel[(d * Columns) + (i % Columns)] = x[d];
        }
    }

    /// <summary>Fills a tile, row-major <see cref="Rows"/>×16.</summary>
    /// <param name="rows"><see cref="Rows"/> vectors of length m.</param>
    /// <param name="panel">Sixteen interleaved vectors.</param>
    /// <param name="m">Their length, ≥ 1.</param>
    /// <param name="tile">Receives the products; length ≥ <see cref="Area"/>.</param>
    internal static void Fill(ReadOnlySpan<float> rows, ReadOnlySpan<float> panel, int m, Span<float> tile)
    {
        Debug.Assert(rows.Length >= Rows * m && panel.Length >= Columns * m && tile.Length >= Area);
        ref float x = ref MemoryMarshal.GetReference(rows),
            y = ref MemoryMarshal.GetReference(panel),
            t = ref MemoryMarshal.GetReference(tile);
        if (Vector512.IsHardwareAccelerated)
            CosineKernel<Vector512<float>, Floats512>.TwelveByOne(ref x, ref y, m, ref t);
        else if (Vector256.IsHardwareAccelerated && !SoftwareMultiplyAdd.IsNeeded)
            CosineKernel<Vector256<float>, Floats256>.SixByTwo(ref x, ref y, m, ref t);
        else
        {
            CosineKernel<Vector128<float>, Floats128>.SixByTwo(ref x, ref y, m, ref t);
            CosineKernel<Vector128<float>, Floats128>.SixByTwo(ref x, ref Unsafe.Add(ref y, 8), m, ref Unsafe.Add(ref t, 8));
        }
    }
}
