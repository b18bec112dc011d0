using System.Runtime.InteropServices;
using Geometry.Storage.Files;
using PureHDF;
using PureHDF.VOL.Native;

namespace Geometry.Storage.Tensors.Hdf5;

/// <summary>An HDF5 file, read through PureHDF: the dataset <c>/runs/3/W</c> is the array <c>runs/3/W</c>.</summary>
/// <remarks>
/// Chunked and compressed datasets are read whole into memory. MATLAB files of version 7.3 are HDF5 with the axes in reverse order, because
/// MATLAB stores the first axis contiguously: they are given in MATLAB's order. Links are followed 32 levels deep, and at most 65,536
/// objects are listed; reading is bounded by the file's length (<see cref="BoundedStream"/>).
/// </remarks>
internal sealed class Hdf5Reader : IDisposable
{
    private const int MaxDepth = 32;
    private const int MaxObjects = 65_536;
    private const long LargestRatio = 1000;
    private const long SmallBytes = 64L << 20;
    private readonly BoundedStream _stream;
    private readonly NativeFile _file;
    private readonly bool _matlab;
    private readonly List<TensorEntry> _entries = [];
    private readonly List<string> _path = [];
    private int _objects;

    private Hdf5Reader(BoundedStream stream, bool matlab)
    {
        _stream = stream;
        _matlab = matlab;
        _file = H5File.Open(stream, leaveOpen: true);
        Visit(_file);
    }

    /// <summary>The arrays in the order of the file.</summary>
    public List<TensorEntry> Entries => _entries;

    /// <summary>Opens a file and lists its datasets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="matlab">Whether MATLAB wrote it.</param>
    /// <exception cref="InputException">The file is damaged, or uses something that PureHDF does not read.</exception>
    public static Hdf5Reader Open(string path, bool matlab)
    {
        BoundedStream? stream = null;
        try
        {
            stream = new BoundedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            BoundedStream opened = stream;
            return Guard("the HDF5 file", opened, () => new Hdf5Reader(opened, matlab));
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _stream.Dispose();
    }

    private void Visit(IH5Group group)
    {
        if (_path.Count > MaxDepth)
            return;
        foreach (IH5Object child in group.Children())
        {
            if (++_objects > MaxObjects)
                throw new InputException($"it holds more than {MaxObjects} datasets and groups");
            // Names such as '#refs#' are MATLAB's own.
            if (child.Name.StartsWith('#'))
                continue;
            _path.Add(child.Name);
            if (child is IH5Group inner)
                Visit(inner);
            else if (child is IH5Dataset dataset)
                _entries.Add(Entry(dataset));
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private TensorEntry Entry(IH5Dataset dataset)
    {
        string key = string.Join('/', _path);
        string what = $"dataset {key.Quote()}";
        (ElementType type, string name) = TypeOf(dataset.Type);
        ulong[] dimensions = dataset.Space.Dimensions;
        if (dimensions.Length > TensorShape.MaxRank || Array.Exists(dimensions, d => d > long.MaxValue))
            throw new InputException($"{what} has an impossible shape");
        long[] shape = Array.ConvertAll(dimensions, d => (long)d);
        if (!TensorShape.TryCount(shape, out long count))
            throw new InputException($"{what} has the impossible shape {TensorShape.Text(shape)}");
        long[] strides = TensorShape.DenseStrides(shape, fortran: false);
        if (_matlab)
        {
            Array.Reverse(shape);
            Array.Reverse(strides);
        }
        long length = _stream.Length;
        return new TensorEntry
        {
            Key = key,
            Path = [.. _path],
            Type = type,
            TypeName = name,
            BigEndian = !BitConverter.IsLittleEndian,
            Shape = shape,
            Strides = strides,
            Count = count,
            Bytes = count * type.Size(),
            StoredBytes = length,
            Open = () =>
            {
                long bytes = checked(count * type.Size());
                if (bytes > Array.MaxLength || (bytes > SmallBytes && bytes / LargestRatio > length))
                    throw new InputException(
                        $"{what} claims {bytes} bytes in a file of {length}; expected at most {LargestRatio} times that, and "
                            + $"{Array.MaxLength}"
                    );
                return new MemorySource(Guard(what, _stream, () => Read(dataset, type, bytes)));
            },
        };
    }

    private static byte[] Read(IH5Dataset dataset, ElementType type, long bytes)
    {
        byte[] content = type switch
        {
            ElementType.Float16 => Bytes(dataset.Read<Half[]>()),
            ElementType.Float32 => Bytes(dataset.Read<float[]>()),
            ElementType.Float64 => Bytes(dataset.Read<double[]>()),
            ElementType.Int8 => Bytes(dataset.Read<sbyte[]>()),
            ElementType.UInt8 => dataset.Read<byte[]>(),
            ElementType.Int16 => Bytes(dataset.Read<short[]>()),
            ElementType.UInt16 => Bytes(dataset.Read<ushort[]>()),
            ElementType.Int32 => Bytes(dataset.Read<int[]>()),
            ElementType.UInt32 => Bytes(dataset.Read<uint[]>()),
            ElementType.Int64 => Bytes(dataset.Read<long[]>()),
            _ => Bytes(dataset.Read<ulong[]>()),
        };
        return content.Length == bytes ? content : throw new InputException($"has {content.Length} bytes; its shape needs {bytes}");
    }

    private static byte[] Bytes<T>(T[] values)
        where T : struct => MemoryMarshal.AsBytes<T>(values).ToArray();

    private static (ElementType Type, string Name) TypeOf(IH5DataType type)
    {
        ElementType known = (type.Class, type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, 2) => ElementType.Float16,
            (H5DataTypeClass.FloatingPoint, 4) => ElementType.Float32,
            (H5DataTypeClass.FloatingPoint, 8) => ElementType.Float64,
            (H5DataTypeClass.FixedPoint, 1) => type.FixedPoint.IsSigned ? ElementType.Int8 : ElementType.UInt8,
            (H5DataTypeClass.FixedPoint, 2) => type.FixedPoint.IsSigned ? ElementType.Int16 : ElementType.UInt16,
            (H5DataTypeClass.FixedPoint, 4) => type.FixedPoint.IsSigned ? ElementType.Int32 : ElementType.UInt32,
            (H5DataTypeClass.FixedPoint, 8) => type.FixedPoint.IsSigned ? ElementType.Int64 : ElementType.UInt64,
            _ => ElementType.Unsupported,
        };
        return (known, known == ElementType.Unsupported ? $"HDF5 {type.Class}" : known.DisplayName());
    }

    private static T Guard<T>(string what, BoundedStream stream, Func<T> read)
    {
        stream.Begin();
        try
        {
            return read();
        }
        catch (InputException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever PureHDF throws at a damaged file becomes one line.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new InputException(
                $"{what} cannot be read (damaged, not little-endian, or packed by an unknown filter): {Quoting.Plain(e.Message)}; "
                    + $"if h5py reads it, copy it to numpy.savez('weights.npz', W=...)",
                e
            );
        }
    }
}
