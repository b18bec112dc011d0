using System.Buffers.Binary;
using System.Text.Json;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors;

/// <summary>
/// A safetensors file: an 8-byte length, a JSON header, the arrays' bytes (format description of huggingface/safetensors).
/// </summary>
/// <remarks>
/// Checked: the length of the header; for every array, shape × size = end − begin and 0 ≤ begin ≤ end ≤ data; and that the arrays cover the
/// data without a hole, as the format demands.
/// </remarks>
internal static class SafetensorsReader
{
    private const long LargestHeader = 100_000_000;

    /// <summary>Reads the header.</summary>
    /// <exception cref="InputException">The header is damaged or does not agree with the file.</exception>
    public static List<TensorEntry> Read(FileBytes file)
    {
        Span<byte> prefix = stackalloc byte[8];
        file.Read(0, prefix, "the safetensors header");
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong most = (ulong)Math.Min(LargestHeader, file.Length - 8);
        if (claimed > most)
            throw new InputException($"the safetensors header claims {claimed} bytes; expected at most {most} (truncated?)");
        byte[] header = new byte[(int)claimed];
        file.Read(8, header, "the safetensors header");
        long start = 8 + (long)claimed;
        var ranges = new List<(long Begin, long End, string Key)>();
        List<TensorEntry> entries;
        try
        {
            entries = ReadHeader(header, file, start, ranges);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InputException("the safetensors header is not the expected JSON: " + Quoting.Plain(e.Message), e);
        }
        CheckRanges(ranges, file.Length - start);
        if (entries.Count == 0)
            throw new InputException("the safetensors file holds no arrays");
        return entries;
    }

    private static List<TensorEntry> ReadHeader(byte[] json, FileBytes file, long start, List<(long, long, string)> ranges)
    {
        var entries = new List<TensorEntry>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartObject, "the header", "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (key == "__metadata__")
                reader.Skip();
            else
                entries.Add(ReadEntry(ref reader, key, file, start, ranges));
        }
        while (reader.Read())
        {
            // Only white space may follow; the reader throws at anything else.
        }
        return entries;
    }

    private static TensorEntry ReadEntry(
        ref Utf8JsonReader reader,
        string key,
        FileBytes file,
        long start,
        List<(long, long, string)> ranges
    )
    {
        string what = $"array {key.Quote()}";
        string? dtype = null;
        long[]? shape = null,
            offsets = null;
        Require(reader.TokenType == JsonTokenType.StartObject, what, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "dtype" when dtype is null:
                    dtype = reader.GetString() ?? throw new InputException($"{what} has a null dtype");
                    break;
                case "shape" when shape is null:
                    shape = ReadIntegers(ref reader, what, TensorShape.MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadIntegers(ref reader, what, 2);
                    break;
                default:
                    throw new InputException($"{what} has an unexpected or repeated field {name.Quote()}");
            }
        }
        if (dtype is null || shape is null || offsets is not [long begin, long end])
            throw new InputException($"{what} lacks a dtype, a shape or two data_offsets");
        ElementType type = ReadType(dtype);
        if (!TensorShape.TryCount(shape, out long count))
            throw new InputException($"{what} has the impossible shape {TensorShape.Text(shape)}");
        long data = file.Length - start;
        if (begin < 0 || end < begin || end > data)
            throw new InputException($"{what} has data_offsets [{begin}, {end}]; expected within the {data} bytes of data (truncated?)");
        if (type != ElementType.Unsupported && (Int128)count * type.Size() != end - begin)
            throw new InputException(
                $"{what} has shape {TensorShape.Text(shape)} of {dtype}, {(Int128)count * type.Size()} bytes, but its data_offsets "
                    + $"span {end - begin}"
            );
        ranges.Add((begin, end, key));
        return new TensorEntry
        {
            Key = key,
            Type = type,
            TypeName = type == ElementType.Unsupported ? Quoting.Plain(dtype) : type.DisplayName(),
            Shape = shape,
            Strides = TensorShape.DenseStrides(shape, fortran: false),
            Count = count,
            Bytes = end - begin,
            StoredBytes = end - begin,
            Open = () => new FileSource(file, start + begin, end - begin, what),
        };
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader, string what, int most)
    {
        Require(reader.TokenType == JsonTokenType.StartArray, what, "a list of integers");
        var values = new List<long>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            if (!reader.TryGetInt64(out long value))
                throw new InputException($"{what} has a shape or offset that is no 64-bit integer");
            if (values.Count == most)
                throw new InputException($"{what} has a list of more than {most} numbers");
            values.Add(value);
        }
        Require(reader.TokenType == JsonTokenType.EndArray, what, "a list of integers");
        return [.. values];
    }

    private static void CheckRanges(List<(long Begin, long End, string Key)> ranges, long data)
    {
        ranges.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long used = 0;
        foreach ((long begin, long end, string key) in ranges)
        {
            if (begin < used)
                throw new InputException($"array {key.Quote()} begins at byte {begin} of the data, inside another that ends at {used}");
            if (begin > used)
                throw new InputException(
                    $"array {key.Quote()} begins at byte {begin} of the data; expected {used}, where the one before ends (damaged?)"
                );
            used = end;
        }
        if (data > used)
            throw new InputException($"the arrays end at byte {used} of the data; expected {data}, the end of the file (damaged?)");
    }

    private static ElementType ReadType(string dtype) =>
        dtype switch
        {
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "F32" => ElementType.Float32,
            "F64" => ElementType.Float64,
            "I8" => ElementType.Int8,
            "I16" => ElementType.Int16,
            "I32" => ElementType.Int32,
            "I64" => ElementType.Int64,
            "U8" => ElementType.UInt8,
            "U16" => ElementType.UInt16,
            "U32" => ElementType.UInt32,
            "U64" => ElementType.UInt64,
            "BOOL" => ElementType.Bool,
            _ => ElementType.Unsupported,
        };

    private static void Require(bool condition, string what, string expected)
    {
        if (!condition)
            throw new InputException($"{what} of the safetensors file is not {expected}");
    }
}
