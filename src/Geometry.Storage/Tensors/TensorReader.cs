using System.Runtime.InteropServices;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors;

/// <summary>Reads slices of a tensor along its leading axis as doubles, whatever its strides and element type.</summary>
/// <remarks>
/// The elements of a block of slices are visited in the order of the file: axes are sorted by stride, axes that continue each other are
/// merged, and the innermost axis is read in contiguous stretches. A dense array is one stretch; a Fortran-ordered sweep is one stretch per
/// weight. Memory: two 64 KiB buffers, except for a deflated array whose leading axis is not the outermost. That one cannot be visited in
/// one pass and is unpacked into memory (at most 1 GiB). Not thread-safe.
/// </remarks>
internal sealed class TensorReader : IDisposable
{
    private const int BufferBytes = 64 << 10;
    private const long DenseStride = 16;
    private const long LargestInMemory = 1L << 30;
    private readonly TensorEntry _entry;
    private readonly int _size;
    private readonly Axis[] _axes;
    private readonly long[] _index;
    private ByteSource? _source;
    private byte[] _bytes = [];
    private double[] _values = [];

    /// <summary>Prepares to read <paramref name="entry"/>; nothing is opened before the first read.</summary>
    public TensorReader(TensorEntry entry)
    {
        _entry = entry;
        _size = entry.Type.Size();
        _axes = new Axis[Math.Max(entry.Shape.Length, 1)];
        _index = new long[_axes.Length];
    }

    /// <summary>Reads slices <c>[first, first + count)</c> of the leading axis; a scalar has one slice.</summary>
    /// <param name="first">First slice.</param>
    /// <param name="count">Number of slices.</param>
    /// <param name="destination">Receives count × (elements of a slice) values, row-major.</param>
    /// <exception cref="InputException">The bytes are missing or damaged.</exception>
    public void Read(long first, int count, Span<double> destination)
    {
        if (destination.IsEmpty)
            return;
        _source ??= OpenSource();
        int rank = SortedAxes(count);
        long start = _entry.Offset + (_entry.Shape.Length > 0 ? first * _entry.Strides[0] : 0);
        Axis inner = _axes[rank - 1];
        long runs = 1;
        for (int k = 0; k < rank - 1; k++)
            runs *= _axes[k].Length;
        Array.Clear(_index);
        long from = start;
        int to = 0;
        for (long run = 0; run < runs; run++)
        {
            ReadRun(from, inner, destination[to..]);
            for (int k = rank - 2; k >= 0; k--)
            {
                from += _axes[k].Stride;
                to += _axes[k].Step;
                if (++_index[k] < _axes[k].Length)
                    break;
                from -= _axes[k].Stride * _axes[k].Length;
                to -= _axes[k].Step * (int)_axes[k].Length;
                _index[k] = 0;
            }
        }
    }

    /// <summary>Checks the array's bytes against the lengths and checksums of their container, in one pass.</summary>
    /// <exception cref="InputException">The bytes are missing or damaged.</exception>
    public void Verify() => (_source ??= OpenSource()).Verify();

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();

    /// <summary>Fills <see cref="_axes"/> with the block's axes by falling stride, neighbours merged; returns how many.</summary>
    private int SortedAxes(int count)
    {
        int rank = 0;
        int step = 1;
        for (int k = _entry.Shape.Length - 1; k >= 0; k--)
        {
            long length = k == 0 ? count : _entry.Shape[k];
            if (length != 1)
                _axes[rank++] = new Axis(length, _entry.Strides[k], step);
            step *= (int)length;
        }
        if (rank == 0)
            _axes[rank++] = new Axis(1, 1, 1);
        for (int k = 1; k < rank; k++)
        {
            for (int j = k; j > 0 && _axes[j].Order > _axes[j - 1].Order; j--)
                (_axes[j - 1], _axes[j]) = (_axes[j], _axes[j - 1]);
        }
        int last = 0;
        for (int k = 1; k < rank; k++)
        {
            (Axis outer, Axis next) = (_axes[last], _axes[k]);
            if (outer.Stride == next.Stride * next.Length && outer.Step == next.Step * next.Length)
                _axes[last] = new Axis(outer.Length * next.Length, next.Stride, next.Step);
            else
                _axes[++last] = next;
        }
        return last + 1;
    }

    private void ReadRun(long from, Axis axis, Span<double> destination)
    {
        bool dense = axis.Stride is > 0 and <= DenseStride;
        long stride = dense ? axis.Stride : 1;
        int most = dense ? (int)((BufferBytes / _size / stride) - 1) : 1;
        for (long done = 0; done < axis.Length; done += most)
        {
            int part = (int)Math.Min(most, axis.Length - done);
            int elements = (int)(((part - 1) * stride) + 1);
            long at = from + (done * axis.Stride);
            Span<byte> bytes = Buffer(ref _bytes, elements * _size);
            _source!.Read(at * _size, bytes);
            if (stride == 1 && axis.Step == 1)
            {
                ElementDecoder.Decode(_entry.Type, _entry.BigEndian, bytes, destination.Slice((int)done, part));
                continue;
            }
            Span<double> values = Buffer(ref _values, elements);
            ElementDecoder.Decode(_entry.Type, _entry.BigEndian, bytes, values);
            for (int k = 0; k < part; k++)
                destination[(int)(done + k) * axis.Step] = values[(int)(k * stride)];
        }
    }

    private ByteSource OpenSource()
    {
        ByteSource source = _entry.Open();
        if (!source.Sequential || LeadingAxisIsOutermost())
            return source;
        using (source)
        {
            source.Verify();
            if (source.Length > LargestInMemory)
                throw new InputException(
                    $"array {_entry.Describe()} is deflated with its instances innermost and has {source.Length} bytes; store it "
                        + $"uncompressed or in C order"
                );
            return new MemorySource(Unpack(source));
        }
    }

    private bool LeadingAxisIsOutermost()
    {
        if (_entry.Shape.Length == 0 || _entry.Shape[0] <= 1)
            return true;
        return TensorShape.TryLastIndex(_entry.Shape.AsSpan(1), _entry.Strides.AsSpan(1), 0, out long last) && _entry.Strides[0] > last;
    }

    /// <summary>Unpacks piece by piece, so that memory follows the bytes that exist and not those that are claimed.</summary>
    private static byte[] Unpack(ByteSource source)
    {
        byte[] bytes = [];
        for (int at = 0; at < source.Length; )
        {
            int next = (int)Math.Min(source.Length, Math.Max(1L << 20, 2L * at));
            Array.Resize(ref bytes, next);
            source.Read(at, bytes.AsSpan(at));
            at = next;
        }
        return bytes;
    }

    private static Span<T> Buffer<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new T[length];
        return buffer.AsSpan(0, length);
    }

    /// <summary>One axis of a block: its length, its stride in the file and its step in the destination, both in elements.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Axis(long Length, long Stride, int Step)
    {
        /// <summary>Sort key: repeated axes (stride 0) go outermost, where they cost nothing.</summary>
        public long Order => Stride == 0 ? long.MaxValue : Stride;
    }
}
