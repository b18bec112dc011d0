using System.Globalization;
using CsvHelper;
using Geometry.Storage.Results;

namespace Geometry.Reports.Tables;

/// <summary>The wanted columns of a CSV file, row by row.</summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly string[] _columns;

    private CsvTable(string path, string[] columns, IReadOnlyList<CsvTableRow> rows) => (_path, _columns, Rows) = (path, columns, rows);

    /// <summary>The rows, in the file's order.</summary>
    public IReadOnlyList<CsvTableRow> Rows { get; }

    /// <summary>Reads a file with at least these columns; an empty file, or one with only a header, has no rows.</summary>
    /// <exception cref="ResultsException">The file cannot be read, lacks a column, or has a row of another length.</exception>
    public static CsvTable Read(string path, params string[] columns)
    {
        var rows = new List<CsvTableRow>();
        try
        {
            using CsvReader csv = CsvReader.FromFile(
                path,
                new CsvReaderOptions
                {
                    Separator = ',',
                    HasHeader = false,
                    TrackLineNumbers = true,
                    MalformedData = CsvMalformedDataHandling.Throw,
                }
            );
            if (!csv.Read())
                return new CsvTable(path, columns, rows);
            string[] header = Cells(csv);
            int[] at = Array.ConvertAll(columns, c => Array.IndexOf(header, c));
            int missing = Array.IndexOf(at, -1);
            if (missing >= 0)
                throw new ResultsException($"{path}: no column '{columns[missing]}'; expected {string.Join(',', columns)}");
            while (csv.Read())
            {
                string[] cells = Cells(csv);
                if (cells.Length != header.Length)
                    throw new ResultsException(
                        FormattableString.Invariant($"{path}, line {csv.LineNumber}: {cells.Length} cells; expected {header.Length}")
                    );
                rows.Add(new CsvTableRow(csv.LineNumber, Array.ConvertAll(at, k => cells[k])));
            }
            return new CsvTable(path, columns, rows);
        }
        catch (Exception e) when (e is CsvFormatException or IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>A cell as a number, NaN for an empty one.</summary>
    /// <exception cref="ResultsException">The cell is not a number.</exception>
    public double Number(CsvTableRow row, int column)
    {
        if (row.Cells[column].Length == 0)
            return double.NaN;
        return double.TryParse(row.Cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ResultsException(
                FormattableString.Invariant($"{_path}, line {row.Line}: {_columns[column]} is '{row.Cells[column]}'; expected a number")
            );
    }

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (int k = 0; k < cells.Length; k++)
            cells[k] = csv.GetString(k);
        return cells;
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Cells">The cells of the wanted columns, in their order.</param>
internal readonly record struct CsvTableRow(long Line, string[] Cells);
