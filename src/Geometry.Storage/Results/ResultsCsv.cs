using System.Text;
using Geometry.Storage.Sweeps;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>labels.csv and summands.csv, written from the database.</summary>
/// <remarks>
/// Rows come in input order, then by instance, then by summand; further parameters are columns in the order in which the inputs, in their
/// order, first have them. Nothing depends on when or in how many sittings a row was stored, so a resumed job writes the bytes of a fresh
/// one.
/// </remarks>
public static class ResultsCsv
{
    private static readonly int s_label = Column("label"),
        s_formula = Column("formula"),
        s_residual = Column("max_residual_deg");

    /// <summary>Writes labels.csv, and sums up what goes by.</summary>
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
        // A column that no stored run has yet exists in no table: an input with parameters and no runs.
        var stored = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using (var info = new SqliteStatement(database.Connection, $"SELECT name FROM pragma_table_info('{table}')"))
        {
            while (info.Read())
                stored.Add(info.Text(0));
        }
        string cells = string.Join(',', columns.Select(c => stored.Contains(c) ? ResultsSchema.Quote(c) : "NULL"));
        using var rows = new SqliteStatement(
            database.Connection,
            $"SELECT {cells} FROM {table} WHERE source = ? ORDER BY instance{(table == "summands" ? ", summand" : "")}"
        );
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
