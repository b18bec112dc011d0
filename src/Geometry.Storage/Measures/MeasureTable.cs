using Geometry.Measures;
using Geometry.Storage.Results;

namespace Geometry.Storage.Measures;

/// <summary>A row of a measure's table.</summary>
/// <param name="Input">Index of the source into <see cref="ResultsReader.Inputs"/>.</param>
/// <param name="Instance">Index of the run in its source.</param>
/// <param name="Cells">Cells of the table's columns.</param>
public sealed record MeasuredRow(int Input, int Instance, MeasureCell[] Cells);

/// <summary>The table of one measure, read back from a labelled folder.</summary>
public sealed class MeasureTable
{
    private readonly ResultsReader _results;

    private MeasureTable(ResultsReader results, string name, IReadOnlyList<string> columns)
    {
        _results = results;
        Name = name;
        Columns = columns;
    }

    /// <summary>The measure.</summary>
    public string Name { get; }

    /// <summary>Names of the columns behind source and instance, as the folder has them; an older build may have written them.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The table of a measure; null where the folder has none.</summary>
    public static MeasureTable? Find(ResultsReader results, string measure)
    {
        ArgumentNullException.ThrowIfNull(results);
        List<string> columns = ResultsSchema.ColumnsOf(results.Database.Connection, measure);
        return columns is ["source", "instance", ..] ? new MeasureTable(results, measure, columns[2..]) : null;
    }

    /// <summary>Index of a column.</summary>
    /// <exception cref="ResultsException">The table has no such column.</exception>
    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
                return i;
        }
        throw new ResultsException(
            $"{_results.Database.Path}: the table '{Name}' has the columns {string.Join(", ", Columns)}, expected '{column}' among "
                + $"them: it is of an earlier version or damaged; "
                + $"'geometry measure' with --what {Name} writes it again"
        );
    }

    /// <summary>The rows, in the order of labels.csv.</summary>
    public IEnumerable<MeasuredRow> Read()
    {
        using var rows = new SqliteStatement(
            _results.Database.Connection,
            $"SELECT * FROM {ResultsSchema.Quote(Name)} WHERE source = ? ORDER BY instance, rowid"
        );
        for (int input = 0; input < _results.Inputs.Count; input++)
        {
            rows.Bind(0, _results.Inputs[input].Source);
            while (rows.Read())
            {
                var cells = new MeasureCell[Columns.Count];
                for (int i = 0; i < cells.Length; i++)
                    cells[i] = rows.Type(i + 2) == SQLitePCL.raw.SQLITE_TEXT ? rows.Text(i + 2) : rows.Number(i + 2);
                yield return new MeasuredRow(input, (int)rows.Integer(1), cells);
            }
        }
    }
}
