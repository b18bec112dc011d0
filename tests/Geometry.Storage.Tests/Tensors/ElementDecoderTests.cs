using System.Runtime.InteropServices;
using Geometry.Storage.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Tensors;

public class ElementDecoderTests
{
    [Fact]
    public void Every_type_decodes_in_both_byte_orders()
    {
        Check<Half>(ElementType.Float16, [(Half)1.5f, Half.Epsilon, Half.MaxValue, Half.NegativeInfinity], v => (double)v);
        Check<float>(ElementType.Float32, [.. Enumerable.Range(-20, 41).Select(k => k / 7f), float.Epsilon, float.MaxValue], v => v);
        Check<double>(ElementType.Float64, [Math.PI, double.Epsilon, double.MinValue], v => v);
        Check<ushort>(ElementType.BFloat16, [0x3f80, 0xc000, 0x0001, 0x7f80], v => BitConverter.UInt32BitsToSingle((uint)v << 16));
        Check<sbyte>(ElementType.Int8, [-128, 127, 0], v => v);
        Check<byte>(ElementType.UInt8, [0, 255], v => v);
        Check<byte>(ElementType.Bool, [0, 1, 7], v => v == 0 ? 0 : 1);
        Check<short>(ElementType.Int16, [short.MinValue, 5], v => v);
        Check<ushort>(ElementType.UInt16, [65535, 5], v => v);
        Check<int>(ElementType.Int32, [int.MinValue, 5], v => v);
        Check<uint>(ElementType.UInt32, [uint.MaxValue, 5], v => v);
        Check<long>(ElementType.Int64, [long.MinValue, 1L << 53], v => v);
        Check<ulong>(ElementType.UInt64, [ulong.MaxValue, 1UL << 63], v => v);
    }

    private static void Check<T>(ElementType type, T[] values, Func<T, double> expected)
        where T : struct
    {
        byte[] little = MemoryMarshal.AsBytes<T>(values).ToArray();
        byte[] big = [.. little];
        for (int k = 0; k < big.Length; k += type.Size())
            Array.Reverse(big, k, type.Size());
        var decoded = new double[values.Length];
        ElementDecoder.Decode(type, bigEndian: false, little, decoded);
        Assert.Equal(Array.ConvertAll(values, v => expected(v)), decoded);
        ElementDecoder.Decode(type, bigEndian: true, big, decoded);
        Assert.Equal(Array.ConvertAll(values, v => expected(v)), decoded);
    }
}
