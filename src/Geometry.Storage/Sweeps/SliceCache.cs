using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>One slice of a tensor's leading axis at a time, read ahead in blocks while the slices are asked for in order.</summary>
/// <remarks>
/// A block holds at most 32 768 values (256 KiB), or one slice if that is larger; it grows from 16 slices while reads go forward.
/// </remarks>
internal sealed class SliceCache(TensorEntry entry, int slices, int sliceLength) : IDisposable
{
    /// <summary>Values that a block holds at most, unless a slice has more.</summary>
    public const int BlockValues = 32 << 10;

    private const int FirstSlices = 16;
    private readonly TensorReader _reader = new(entry);
    private double[] _block = [];
    private int _start;
    private int _count;

    /// <summary>Values a slice.</summary>
    public int SliceLength => sliceLength;

    /// <summary>The values of one slice, row-major; valid until the next call.</summary>
    /// <exception cref="InputException">The bytes are missing or damaged.</exception>
    public ReadOnlySpan<double> Get(int slice)
    {
        if (slice < _start || slice >= _start + _count)
            Load(slice);
        return _block.AsSpan((slice - _start) * sliceLength, sliceLength);
    }

    /// <summary>Holds the array's bytes against the checksum of their container.</summary>
    /// <exception cref="InputException">The bytes are missing or damaged.</exception>
    public void Verify() => _reader.Verify();

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void Load(int slice)
    {
        int most = Math.Max(1, BlockValues / sliceLength);
        int wanted = slice == _start + _count ? Math.Max(FirstSlices, 4 * _count) : FirstSlices;
        int count = Math.Min(Math.Min(wanted, most), slices - slice);
        if (_block.Length < count * sliceLength)
            _block = new double[count * sliceLength];
        _count = 0;
        _reader.Read(slice, count, _block.AsSpan(0, count * sliceLength));
        _start = slice;
        _count = count;
    }
}
