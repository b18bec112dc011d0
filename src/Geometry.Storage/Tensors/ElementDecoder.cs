using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Storage.Tensors;

/// <summary>Raw element bytes → doubles.</summary>
/// <remarks>
/// Every supported type converts exactly, except that 64-bit integers beyond ±2^53 round to the nearest double.
/// A bool is 0 or 1. bfloat16 is the upper half of a float32. Nothing is allocated; O(count).
/// </remarks>
internal static class ElementDecoder
{
    /// <summary>Decodes <c>destination.Length</c> elements.</summary>
    /// <param name="type">A supported element type.</param>
    /// <param name="bigEndian">The byte order of <paramref name="bytes"/>.</param>
    /// <param name="bytes">count × size bytes; their order is reversed in place where the byte order is not that of the machine.</param>
    /// <param name="destination">Receives the values.</param>
    public static void Decode(ElementType type, bool bigEndian, Span<byte> bytes, Span<double> destination)
    {
        if (bigEndian == BitConverter.IsLittleEndian)
            SwapBytes(type.Size(), bytes);
        switch (type)
        {
            case ElementType.Float32:
                Widen(MemoryMarshal.Cast<byte, float>(bytes), destination);
                break;
            case ElementType.Float64:
                MemoryMarshal.Cast<byte, double>(bytes).CopyTo(destination);
                break;
            case ElementType.Float16:
                Halves(MemoryMarshal.Cast<byte, Half>(bytes), destination);
                break;
            case ElementType.BFloat16:
                BrainFloats(MemoryMarshal.Cast<byte, ushort>(bytes), destination);
                break;
            case ElementType.Int8:
                Convert(MemoryMarshal.Cast<byte, sbyte>(bytes), destination);
                break;
            case ElementType.UInt8:
                Convert<byte>(bytes, destination);
                break;
            case ElementType.Int16:
                Convert(MemoryMarshal.Cast<byte, short>(bytes), destination);
                break;
            case ElementType.UInt16:
                Convert(MemoryMarshal.Cast<byte, ushort>(bytes), destination);
                break;
            case ElementType.Int32:
                Convert(MemoryMarshal.Cast<byte, int>(bytes), destination);
                break;
            case ElementType.UInt32:
                Convert(MemoryMarshal.Cast<byte, uint>(bytes), destination);
                break;
            case ElementType.Int64:
                Convert(MemoryMarshal.Cast<byte, long>(bytes), destination);
                break;
            case ElementType.UInt64:
                Convert(MemoryMarshal.Cast<byte, ulong>(bytes), destination);
                break;
            case ElementType.Bool:
                for (int i = 0; i < destination.Length; i++)
                    destination[i] = bytes[i] != 0 ? 1 : 0;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "an unsupported element type has no values");
        }
    }

    private static void Widen(ReadOnlySpan<float> source, Span<double> destination)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref float from = ref MemoryMarshal.GetReference(source);
            ref double to = ref MemoryMarshal.GetReference(destination[..source.Length]);
            for (; i <= source.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
                lower.StoreUnsafe(ref to, (nuint)i);
                upper.StoreUnsafe(ref to, (nuint)(i + Vector256<double>.Count));
            }
        }
        for (; i < source.Length; i++)
            destination[i] = source[i];
    }

    private static void Halves(ReadOnlySpan<Half> source, Span<double> destination)
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = (double)source[i];
    }

    private static void BrainFloats(ReadOnlySpan<ushort> source, Span<double> destination)
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
    }

    private static void Convert<T>(ReadOnlySpan<T> source, Span<double> destination)
        where T : struct, System.Numerics.INumberBase<T>
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = double.CreateTruncating(source[i]);
    }

    private static void SwapBytes(int size, Span<byte> bytes)
    {
        switch (size)
        {
            case 2:
                Span<ushort> twos = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(twos, twos);
                break;
            case 4:
                Span<uint> fours = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(fours, fours);
                break;
            case 8:
                Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(eights, eights);
                break;
        }
    }
}
