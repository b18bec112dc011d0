using System.Text;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>labels.csv and summands.csv, written from the database.</summary>
/// <remarks>
/// Rows come in input order, then by instance, then by summand; further parameters are columns in the order in which the inputs, in their
/// order, first have them. Nothing depends on when or in how many sittings a row was stored, so a resumed job writes the bytes of a fresh one.
/// </remarks>
public static class ResultsCsv
{
    /// <summary>Writes labels.csv.</summary>
    public static void WriteLabels(ResultsDatabase database, Stream stream)
    {
        IReadOnlyList<InputRecord> inputs = database.ReadInputs();
        Write(database, stream, "runs", [.. ResultsSchema.LabelColumns, .. FurtherParameters(inputs)], inputs);
    }

    /// <summary>Writes summands.csv.</summary>
    public static void WriteSummands(ResultsDatabase database, Stream stream) =>
        Write(database, stream, "summands", ResultsSchema.SummandColumns, database.ReadInputs());

    internal static List<string> FurtherParameters(IReadOnlyList<InputRecord> inputs)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(ResultsSchema.FixedParameters, StringComparer.OrdinalIgnoreCase);
        foreach (InputRecord input in inputs)
        {
            foreach (string name in input.ParameterNames)
            {
                if (seen.Add(name)) names.Add(name);
            }
        }
        return names;
    }

    private static void Write(ResultsDatabase database, Stream stream, string table, IReadOnlyList<string> columns, IReadOnlyList<InputRecord> inputs)
    {
        using var csv = new Utf8CsvWriter(stream);
        foreach (string column in columns) csv.Text(column);
        csv.EndRow();
        // A column that no stored run has yet exists in no table: an input with parameters and no runs.
        var stored = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using (var info = new SqliteStatement(database.Connection, $"SELECT name FROM pragma_table_info('{table}')"))
        {
            while (info.Read()) stored.Add(info.Text(0));
        }
        string cells = string.Join(',', columns.Select(c => stored.Contains(c) ? ResultsSchema.Quote(c) : "NULL"));
        using var rows = new SqliteStatement(database.Connection, $"SELECT {cells} FROM {table} WHERE source = ? ORDER BY instance{(table == "summands" ? ", summand" : "")}");
        foreach (InputRecord input in inputs)
        {
            rows.Bind(0, input.Source);
            while (rows.Read())
            {
                for (int column = 0; column < columns.Count; column++) Cell(csv, rows, column);
                csv.EndRow();
            }
        }
    }

    private static void Cell(Utf8CsvWriter csv, SqliteStatement rows, int column)
    {
        int type = rows.Type(column);
        if (type == raw.SQLITE_INTEGER) csv.Integer(rows.Integer(column));
        else if (type == raw.SQLITE_FLOAT) csv.Number(rows.Float(column));
        else if (type == raw.SQLITE_NULL) csv.Empty();
        else csv.Text(rows.Utf8(column));
    }
}
