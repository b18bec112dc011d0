using System.Text;
using Geometry.Storage.Sweeps;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>labels.csv and summands.csv, written from the database.</summary>
/// <remarks>
/// Rows are ordered by input, instance and summand. Further parameters are columns in the order in which the inputs first have them.
/// Nothing depends on when a row was stored, so a resumed job writes the same bytes as an uninterrupted one.
/// </remarks>
public static class ResultsCsv
{
    private static readonly int s_label = Column("label"),
        s_formula = Column("formula"),
        s_residual = Column("max_residual_deg");

    /// <summary>Writes labels.csv and sums up its rows.</summary>
    /// <param name="database">The database.</param>
    /// <param name="stream">Where the text goes.</param>
    /// <param name="formulas">How many formulas to list for each label, ≥ 0.</param>
    public static LabelSummary WriteLabels(ResultsDatabase database, Stream stream, int formulas = 3)
    {
        IReadOnlyList<InputRecord> inputs = database.ReadInputs();
        var tally = new LabelTally();
        Write(database, stream, "runs", [.. RunColumns.Labels, .. FurtherParameters(inputs)], inputs, row =>
            tally.Add(row, s_label, s_formula, s_residual)
        );
        return tally.Summary(database.CountFailures(), formulas);
    }

    /// <summary>Writes summands.csv.</summary>
    public static void WriteSummands(ResultsDatabase database, Stream stream) =>
        Write(database, stream, "summands", ResultsSchema.SummandColumns, database.ReadInputs(), null);

    internal static List<string> FurtherParameters(IReadOnlyList<InputRecord> inputs)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(RunColumns.Parameters, StringComparer.OrdinalIgnoreCase);
        foreach (InputRecord input in inputs)
        {
            foreach (string name in input.ParameterNames)
            {
                if (seen.Add(name))
                    names.Add(name);
            }
        }
        return names;
    }

    private static void Write(
        ResultsDatabase database,
        Stream stream,
        string table,
        IReadOnlyList<string> columns,
        IReadOnlyList<InputRecord> inputs,
        Action<SqliteStatement>? each
    )
    {
        using var csv = new Utf8CsvWriter(stream);
        Header(csv, columns);
        using SqliteStatement rows = Select(database, table, columns);
        foreach (InputRecord input in inputs)
        {
            rows.Bind(0, input.Source);
            while (rows.Read())
            {
                for (int column = 0; column < columns.Count; column++)
                    Cell(csv, rows, column);
                csv.EndRow();
                each?.Invoke(rows);
            }
        }
    }

    /// <summary>The cells of one input's rows, whose source is the parameter; a column that the table does not have is empty.</summary>
    internal static SqliteStatement Select(ResultsDatabase database, string table, IReadOnlyList<string> columns)
    {
        // An input may have parameters and no runs: the columns of its parameters are in no table then.
        var stored = new HashSet<string>(ResultsSchema.ColumnsOf(database.Connection, table), StringComparer.OrdinalIgnoreCase);
        string cells = string.Join(',', columns.Select(c => stored.Contains(c) ? ResultsSchema.Quote(c) : "NULL"));
        return new SqliteStatement(
            database.Connection,
            $"SELECT {cells} FROM {table} WHERE source = ? ORDER BY instance{(table == "summands" ? ", summand" : "")}"
        );
    }

    /// <summary>Writes the row of names.</summary>
    internal static void Header(Utf8CsvWriter csv, IReadOnlyList<string> columns)
    {
        foreach (string column in columns)
            csv.Text(column);
        csv.EndRow();
    }

    /// <summary>Writes one cell of a row.</summary>
    internal static void Cell<TCells>(Utf8CsvWriter csv, TCells row, int column)
        where TCells : ICells
    {
        int type = row.Type(column);
        if (type == raw.SQLITE_INTEGER)
            csv.Integer(row.Integer(column));
        else if (type == raw.SQLITE_FLOAT)
            csv.Number(row.Float(column));
        else if (type == raw.SQLITE_NULL)
            csv.Empty();
        else
            csv.Text(row.Utf8(column));
    }

    private static int Column(string name) => RunColumns.Labels.ToList().IndexOf(name);
}
