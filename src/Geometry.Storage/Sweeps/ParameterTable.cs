using System.Globalization;
using CsvHelper;
using Geometry.Storage.Files;
using Geometry.Storage.Tensors;
using Geometry.Storage.Tensors.Tables;

namespace Geometry.Storage.Sweeps;

/// <summary>
/// Further parameters of runs from a CSV file with a header; the columns <c>source</c> and <c>instance</c> say which run a row belongs to.
/// </summary>
/// <remarks>Comma-separated, UTF-8, RFC 4180 quoting. All other columns are kept as text, in their order; empty cells are empty.</remarks>
public sealed class ParameterTable
{
    private const string SourceColumn = "source";
    private const string InstanceColumn = "instance";
    private readonly Dictionary<(string Source, int Instance), string[]> _rows;

    private ParameterTable(string[] columns, Dictionary<(string, int), string[]> rows)
    {
        Columns = columns;
        _rows = rows;
    }

    /// <summary>Names of the columns beside source and instance.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Count;

    /// <summary>The keys of all rows, in no particular order.</summary>
    public IReadOnlyCollection<(string Source, int Instance)> Keys => _rows.Keys;

    /// <summary>The cells of a run in the order of <see cref="Columns"/>; null when the table has no row for it.</summary>
    /// <param name="source">The file's source, as in results.</param>
    /// <param name="instance">≥ 0.</param>
    public IReadOnlyList<string>? Find(string source, int instance) => _rows.GetValueOrDefault((source, instance));

    /// <summary>Reads a table.</summary>
    /// <param name="path">The CSV file.</param>
    /// <exception cref="InputException">The file cannot be read, lacks a key column, repeats a column or a key, or has a row of another
    /// length; the message names the line.</exception>
    public static ParameterTable Read(string path) =>
        Guard(() =>
        {
            // Opening a pipe would block until something writes to it.
            if (FileBytes.LengthOf(path) == 0)
                throw new InputException("the table is empty, or no regular file");
            LongLines.Refuse(path, "a row with source, instance and parameters");
            return CsvReader.FromFile(path, Options);
        });

    /// <summary>Reads a table from text in memory.</summary>
    /// <param name="text">CSV with a header.</param>
    /// <exception cref="InputException">As for a file.</exception>
    public static ParameterTable Parse(string text) => Guard(() => CsvReader.FromText(text, Options));

    private static CsvReaderOptions Options =>
        new()
        {
            Separator = ',',
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };

    private static ParameterTable Guard(Func<CsvReader> open)
    {
        try
        {
            using CsvReader csv = open();
            return Read(csv);
        }
        catch (CsvFormatException e)
        {
            throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"line {e.LineNumber} of the parameter table is not well-formed CSV: {Quoting.Plain(e.Message)}"
                ),
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException("the parameter table cannot be read: " + Quoting.Plain(e.Message), e);
        }
    }

    private static ParameterTable Read(CsvReader csv)
    {
        if (!csv.Read())
            throw new InputException("the parameter table is empty; expected a header with 'source' and 'instance'");
        string[] header = Array.ConvertAll(Cells(csv), name => name.Trim());
        for (int k = 0; k < header.Length; k++)
        {
            if (header[k].Length == 0)
                throw new InputException($"line {csv.LineNumber}: column {k + 1} has no name");
            if (Array.IndexOf(header, header[k]) < k)
                throw new InputException($"line {csv.LineNumber}: the column {header[k].Quote()} occurs twice");
        }
        int source = Array.IndexOf(header, SourceColumn),
            instance = Array.IndexOf(header, InstanceColumn);
        if (source < 0 || instance < 0)
            throw new InputException(
                $"line {csv.LineNumber}: no column '{(source < 0 ? SourceColumn : InstanceColumn)}'; found "
                    + $"{Quoting.Plain(string.Join(", ", header))}"
            );
        int[] others = [.. Enumerable.Range(0, header.Length).Where(k => k != source && k != instance)];
        var rows = new Dictionary<(string, int), string[]>();
        while (csv.Read())
        {
            string[] cells = Cells(csv);
            if (cells.Length != header.Length)
                throw new InputException($"line {csv.LineNumber}: {cells.Length} cells; expected {header.Length}");
            if (!int.TryParse(cells[instance], NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) || number < 0)
                throw new InputException($"line {csv.LineNumber}: the instance is {cells[instance].Quote()}; expected an integer ≥ 0");
            if (!rows.TryAdd((cells[source], number), Array.ConvertAll(others, k => cells[k])))
                throw new InputException($"line {csv.LineNumber}: source {cells[source].Quote()}, instance {number} occurs twice");
        }
        return new ParameterTable(Array.ConvertAll(others, k => header[k]), rows);
    }

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (int k = 0; k < cells.Length; k++)
            cells[k] = csv.GetString(k);
        return cells;
    }
}
