using System.Globalization;
using System.Runtime.InteropServices;
using CsvHelper;
using Geometry.Storage.Files;
using Geometry.Storage.Tensors.Npy;

namespace Geometry.Storage.Tensors.Tables;

/// <summary>
/// A matrix as text: numbers separated by commas, semicolons, tabs or blanks, as spreadsheets, pandas and numpy.savetxt write them.
/// </summary>
/// <remarks>
/// Lines that begin with # are skipped. A first line that is not all numbers has the names of the columns; a first column without a name is
/// an index and is skipped. Linear in the file; memory: sixteen bytes per number, and one line, whose length is bounded (<see
/// cref="LongLines"/>).
/// </remarks>
internal static class TextMatrix
{
    private const int BlockLength = 1 << 16;
    private static readonly char[] s_separators = [',', ';', '\t', ' '];

    /// <summary>Whether the first bytes of a file are text: they have no control characters except white space.</summary>
    public static bool Applies(ReadOnlySpan<byte> head)
    {
        foreach (byte b in head)
        {
            if (b is < 32 and not (9 or 10 or 13) or 127)
                return false;
        }
        return !head.IsEmpty;
    }

    /// <summary>Reads the matrix.</summary>
    /// <exception cref="InputException">A line has another number of cells than the first, or a cell is no number; the message names the
    /// line.</exception>
    public static TensorEntry Read(string path)
    {
        var options = new CsvReaderOptions
        {
            Separator = Separator(path),
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        // Blocks, because a list that doubles would take three times the memory of its numbers.
        var blocks = new List<double[]>();
        int used = BlockLength;
        long rows = 0;
        int columns = -1,
            skip = 0;
        try
        {
            LongLines.Refuse(path, "a row of a matrix of numbers; save so large an array as npy or npz");
            using CsvReader csv = CsvReader.FromFile(path, options);
            while (csv.Read())
            {
                if (csv.FieldCount == 0 || csv.GetString(0).StartsWith('#') || (csv.FieldCount == 1 && csv.GetString(0).Length == 0))
                    continue;
                if (columns < 0)
                {
                    columns = csv.FieldCount;
                    if (!IsNumber(csv, columns - 1) || csv.GetString(0).Length == 0)
                    {
                        RefuseResults(csv);
                        skip = csv.GetString(0).Length == 0 ? 1 : 0;
                        continue;
                    }
                }
                if (csv.FieldCount != columns)
                    throw new InputException(
                        $"line {csv.LineNumber} has {csv.FieldCount} cells; expected {columns}, as in the lines before"
                    );
                for (int k = skip; k < columns; k++)
                {
                    if (!double.TryParse(csv.GetString(k), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                        throw new InputException(
                            $"line {csv.LineNumber}, column {k + 1} is {csv.GetString(k).Quote()}; expected a number, as weights are"
                        );
                    if (used == BlockLength)
                    {
                        blocks.Add(new double[BlockLength]);
                        used = 0;
                    }
                    blocks[^1][used++] = value;
                }
                rows++;
            }
        }
        catch (CsvFormatException e)
        {
            throw new InputException($"line {e.LineNumber} is not well-formed CSV: {Quoting.Plain(e.Message)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException("it cannot be read as a table of numbers: " + Quoting.Plain(e.Message), e);
        }
        if (rows == 0)
            throw new InputException(
                "it is text without a line of numbers; expected a matrix, or npy, npz, safetensors, HDF5 or a torch.save archive"
            );
        long count = rows * (columns - skip);
        if (count > Array.MaxLength / sizeof(double))
            throw new InputException(
                $"it has {count} numbers; expected at most {Array.MaxLength / sizeof(double)} in a table; save so large an array as "
                    + $"npy or npz"
            );
        byte[] bytes = new byte[count * sizeof(double)];
        for (int b = 0; b < blocks.Count; b++)
            MemoryMarshal
                .AsBytes(blocks[b].AsSpan(0, b < blocks.Count - 1 ? BlockLength : used))
                .CopyTo(bytes.AsSpan(b * BlockLength * sizeof(double)));
        return Entry(bytes, rows, columns - skip);
    }

    /// <summary>A matrix of doubles in memory, row-major.</summary>
    public static TensorEntry Entry(ReadOnlySpan<double> values, long rows, long columns) =>
        Entry(MemoryMarshal.AsBytes(values).ToArray(), rows, columns);

    private static TensorEntry Entry(byte[] bytes, long rows, long columns) =>
        new()
        {
            Key = NpyReader.Key,
            Type = ElementType.Float64,
            TypeName = ElementType.Float64.DisplayName(),
            BigEndian = !BitConverter.IsLittleEndian,
            Shape = [rows, columns],
            Strides = [columns, 1],
            Count = rows * columns,
            Bytes = bytes.Length,
            StoredBytes = bytes.Length,
            Open = () => new MemorySource(bytes),
        };

    private static char Separator(string path)
    {
        using var reader = new StreamReader(path);
        char[] start = new char[4096];
        int length = reader.ReadBlock(start);
        foreach (Range line in MemoryExtensions.Split(start.AsSpan(0, length), '\n'))
        {
            ReadOnlySpan<char> text = start.AsSpan()[line].Trim();
            if (text.IsEmpty || text[0] == '#')
                continue;
            foreach (char separator in s_separators)
            {
                if (text.Contains(separator))
                    return separator;
            }
            break;
        }
        return ',';
    }

    private static bool IsNumber(CsvReader csv, int column) =>
        double.TryParse(csv.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static void RefuseResults(CsvReader csv)
    {
        string[] header = new string[csv.FieldCount];
        for (int k = 0; k < header.Length; k++)
            header[k] = csv.GetString(k);
        if (header.Contains("source") && header.Contains("instance"))
            throw new InputException(
                "it is a table of results or parameters (it has columns source and instance), not weights; parameters are given "
                    + "with --params"
            );
    }
}
