using System.Runtime.InteropServices;
using System.Text;
using Geometry.Storage.Tensors;
using Geometry.Storage.Tensors.Zip;
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

    /// <summary>The check values of the CRC catalogue (reveng), and the same bytes in any division.</summary>
    [Fact]
    public void Crc32_has_its_check_value_however_it_is_fed()
    {
        var crc = new Crc32();
        crc.Append("123456789"u8);
        Assert.Equal(0xCBF43926u, crc.Value);
        byte[] bytes = Encoding.ASCII.GetBytes("The quick brown fox jumps over the lazy dog");
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var parts = new Crc32();
            parts.Append(bytes.AsSpan(0, cut));
            parts.Append(bytes.AsSpan(cut));
            Assert.Equal(0x414FA339u, parts.Value);
        }
    }

    private static void Check<T>(ElementType type, T[] values, Func<T, double> expected) where T : struct
    {
        byte[] little = MemoryMarshal.AsBytes<T>(values).ToArray();
        byte[] big = [.. little];
        for (int k = 0; k < big.Length; k += type.Size()) Array.Reverse(big, k, type.Size());
        var decoded = new double[values.Length];
        ElementDecoder.Decode(type, bigEndian: false, little, decoded);
        Assert.Equal(Array.ConvertAll(values, v => expected(v)), decoded);
        ElementDecoder.Decode(type, bigEndian: true, big, decoded);
        Assert.Equal(Array.ConvertAll(values, v => expected(v)), decoded);
    }
}
