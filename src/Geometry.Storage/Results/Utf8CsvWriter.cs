using System.Buffers;
using System.Globalization;
using System.Text;
using Geometry.Words;

namespace Geometry.Storage.Results;

/// <summary>
/// Writes CSV (RFC 4180 quoting, "\n" line ends, UTF-8 without byte-order mark) through one buffer, without allocating per cell.
/// </summary>
/// <remarks>
/// Numbers are culture-invariant and the shortest text that reads back; whole ones below 2⁵³ have no exponent; NaN is an empty cell, −0 is
/// 0.
/// </remarks>
public sealed class Utf8CsvWriter(Stream stream) : IDisposable
{
    private const double ExactIntegers = 9007199254740992;
    private static readonly SearchValues<byte> s_special = SearchValues.Create(",\"\r\n"u8);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _used;
    private bool _rowStarted;

    /// <summary>An empty cell.</summary>
    public void Empty() => Separate();

    /// <summary>An integer cell.</summary>
    public void Integer(long value)
    {
        Separate();
        Reserve(20);
        value.TryFormat(_buffer.AsSpan(_used), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>A number cell; NaN is empty.</summary>
    public void Number(double value)
    {
        if (double.IsNaN(value))
        {
            Empty();
        }
        else if (Math.Abs(value) < ExactIntegers && value == Math.Floor(value))
        {
            Integer((long)value);
        }
        else
        {
            Separate();
            Reserve(32);
            _used += NumberText.Write(value, _buffer.AsSpan(_used));
        }
    }

    /// <summary>A text cell.</summary>
    public void Text(string value)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        Text(bytes.AsSpan(0, Encoding.UTF8.GetBytes(value, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>A text cell, UTF-8; quoted when it holds a comma, a quote or a line end.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Separate();
        if (utf8.IndexOfAny(s_special) < 0)
        {
            Raw(utf8);
            return;
        }
        Raw("\""u8);
        for (int quote; (quote = utf8.IndexOf((byte)'"')) >= 0; utf8 = utf8[(quote + 1)..])
        {
            Raw(utf8[..quote]);
            Raw("\"\""u8);
        }
        Raw(utf8);
        Raw("\""u8);
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        Raw("\n"u8);
        _rowStarted = false;
    }

    /// <summary>Writes what is buffered to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    /// <summary>Flushes and returns the buffer to its pool; the stream stays open.</summary>
    public void Dispose()
    {
        Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private void Separate()
    {
        if (_rowStarted)
            Raw(","u8);
        _rowStarted = true;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _buffer.Length - _used)
        {
            int fits = _buffer.Length - _used;
            bytes[..fits].CopyTo(_buffer.AsSpan(_used));
            _used += fits;
            bytes = bytes[fits..];
            Flush();
        }
        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _used < bytes)
            Flush();
    }
}
