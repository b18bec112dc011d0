using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Gives slices of a tensor's leading axis, and reads ahead in blocks while the slices are asked for in order.</summary>
/// <remarks>
/// A block holds at most 32 768 values (256 KiB), or one slice if that is larger; it grows from 16 slices while reads go forward.
/// </remarks>
internal sealed class SliceCache(TensorEntry entry, int slices, int sliceLength) : IDisposable
{
    /// <summary>Most values of a block, unless a single slice has more.</summary>
    public const int BlockValues = 32 << 10;

    private const int FirstSlices = 16;
    private readonly TensorReader _reader = new(entry);
    private double[] _block = [];
    private int _start;
    private int _count;

    /// <summary>The values of one slice, row-major; valid until the next call.</summary>
    /// <exception cref="InputException">The bytes are missing or damaged.</exception>
    public ReadOnlySpan<double> Get(int slice)
    {
        if (slice < _start || slice >= _start + _count)
            Load(slice);
        return _block.AsSpan((slice - _start) * sliceLength, sliceLength);
    }

    /// <summary>Checks the bytes of the array against the checksum of its container.</summary>
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
