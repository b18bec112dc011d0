using System.Runtime.InteropServices;
using Geometry.Storage.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Tensors;

public class TensorReaderTests
{
    /// <summary>Any view of any storage, read in blocks of any size, gives what the definition offset + Σ index·stride gives.</summary>
    [Fact]
    public void Blocks_of_any_view_equal_the_definition()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 400; trial++)
        {
            int rank = random.Next(0, 5);
            long[] shape = [.. Enumerable.Range(0, rank).Select(_ => (long)random.Next(1, 7))];
            long[] strides = RandomStrides(random, shape);
            long offset = random.Next(0, 5);
            Assert.True(TensorShape.TryLastIndex(shape, strides, offset, out long last));
            float[] storage = [.. Enumerable.Range(0, (int)last + 1).Select(k => (float)k)];
            byte[] bytes = MemoryMarshal.AsBytes<float>(storage).ToArray();
            Assert.True(TensorShape.TryCount(shape, out long count));
            var entry = new TensorEntry
            {
                Key = "x",
                Type = ElementType.Float32,
                TypeName = "float32",
                Shape = shape,
                Strides = strides,
                Offset = offset,
                Count = count,
                Bytes = bytes.Length,
                StoredBytes = bytes.Length,
                Open = () => new MemorySource(bytes),
            };
            int slices = rank == 0 ? 1 : (int)shape[0];
            int size = (int)(count / slices);
            using var reader = new TensorReader(entry);
            int first = random.Next(0, slices);
            var block = new double[random.Next(1, slices - first + 1) * size];
            reader.Read(first, block.Length / size, block);
            for (int k = 0; k < block.Length; k++)
                Assert.Equal(Index(shape, strides, offset, ((long)first * size) + k), block[k]);
        }
    }

    [Theory]
    [InlineData(1_000_003, 1)]
    [InlineData(40_001, 3)]
    [InlineData(3_001, 40)]
    public void Long_runs_are_read_in_parts(int length, int stride)
    {
        byte[] bytes = MemoryMarshal.AsBytes<int>(Enumerable.Range(0, length * stride).ToArray()).ToArray();
        var entry = new TensorEntry
        {
            Key = "x",
            Type = ElementType.Int32,
            TypeName = "int32",
            Shape = [length],
            Strides = [stride],
            Count = length,
            Bytes = bytes.Length,
            StoredBytes = bytes.Length,
            Open = () => new MemorySource(bytes),
        };
        using var reader = new TensorReader(entry);
        var values = new double[length];
        reader.Read(0, length, values);
        for (int k = 0; k < length; k++)
            Assert.Equal((double)k * stride, values[k]);
    }

    [Fact]
    public void Shapes_and_strides_do_not_overflow()
    {
        Assert.False(TensorShape.TryCount([1L << 31, 1L << 32], out _));
        Assert.False(TensorShape.TryCount([0, -1], out _));
        Assert.True(TensorShape.TryCount([1L << 31, 1L << 31], out long count));
        Assert.Equal(1L << 62, count);
        Assert.True(TensorShape.TryCount([5, 0, 7], out count));
        Assert.Equal(0, count);
        Assert.False(TensorShape.TryLastIndex([3, 3], [long.MaxValue, long.MaxValue], long.MaxValue, out _));
        Assert.Equal("(5,)", TensorShape.Text([5]));
        Assert.Equal("()", TensorShape.Text([]));
    }

    private static long[] RandomStrides(Random random, long[] shape)
    {
        if (random.Next(4) == 0)
            return [.. shape.Select(_ => (long)random.Next(0, 30))];
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        random.Shuffle(order);
        var strides = new long[shape.Length];
        long step = random.Next(1, 3);
        foreach (int axis in order)
        {
            strides[axis] = step;
            step *= shape[axis] + (random.Next(3) == 0 ? 1 : 0);
        }
        return strides;
    }

    private static long Index(long[] shape, long[] strides, long offset, long flat)
    {
        for (int k = shape.Length - 1; k >= 0; k--)
        {
            offset += flat % shape[k] * strides[k];
            flat /= shape[k];
        }
        return offset;
    }
}
