using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Geometry.Training.Kernels;

/// <summary>
/// Floats at a 64-byte boundary that the garbage collector does not move, initially zeros: vectors of 16 never straddle cache lines. The
/// pointer is valid as long as the buffer; whoever passes it to a kernel keeps the buffer reachable until the kernel returns.
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

    /// <summary>Number of usable floats, a multiple of 16.</summary>
    internal int Length { get; }

    /// <summary>The first float.</summary>
    internal float* Pointer { get; }

    /// <summary>All floats.</summary>
    internal Span<float> Span =>
        _memory.AsSpan((int)(Pointer - (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory))), Length);
}
