using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Geometry.Training.Kernels;

/// <summary>
/// Floats at a 64-byte boundary that the collector does not move, starting as zeros: vectors of 16 then never straddle cache lines.
/// The pointer lives as long as the buffer; whoever hands it to a kernel keeps the buffer reachable until the kernel is done.
/// </summary>
internal sealed unsafe class AlignedBuffer
{
    private readonly float[] _memory;

    internal AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = (length + 15) & ~15;
        _memory = GC.AllocateArray<float>(Length + 16, pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        Pointer = (float*)((start + 63) & ~(nuint)63);
    }

    /// <summary>The floats that may be used, a multiple of 16.</summary>
    internal int Length { get; }

    /// <summary>The first of them.</summary>
    internal float* Pointer { get; }

    /// <summary>All of them.</summary>
    internal Span<float> Span =>
        _memory.AsSpan((int)(Pointer - (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory))), Length);
}
