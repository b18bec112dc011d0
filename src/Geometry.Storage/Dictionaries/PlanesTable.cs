using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Dictionaries;

/// <summary>A table of dictionaries or planes in results.sqlite; the last column is the <see cref="RowChecksum"/>.</summary>
internal sealed class PlanesTable
{
    private readonly string _name;
    private readonly string _definitions;
    private readonly string _key;
    private readonly string[] _columns;
    private readonly RowChecksum _checksum;

    /// <param name="name">Name of the table.</param>
    /// <param name="definitions">Its columns with their types, without the checksum; only those that end in NULL may be empty.</param>
    /// <param name="key">The columns of its key.</param>
    public PlanesTable(string name, string definitions, string key)
    {
        (_name, _key) = (name, key);
        string[] all = definitions.Split(", ");
        _definitions = string.Join(
            ", ",
            all.Select(d => d.EndsWith(" NULL", StringComparison.Ordinal) ? d[..^" NULL".Length] : d + " NOT NULL")
        );
        _columns = [.. all.Select(d => d.Split(' ')[0]), RowChecksum.Column];
        // These tables are never merged, so the key counts in the checksum.
        _checksum = new RowChecksum(_columns, withKey: true);
    }

    /// <summary>The statements that replace the table by an empty one.</summary>
    public string Create =>
        $"DROP TABLE IF EXISTS {_name}; CREATE TABLE {_name}({_definitions}, {RowChecksum.Column} INTEGER NOT NULL, PRIMARY KEY({_key}));";

    /// <summary>Inserts rows; the checksums are computed on the way.</summary>
    public BlockInsert Insert(SqliteConnection connection) => new(connection, _name, _columns, _checksum);

    /// <summary>The position of a column.</summary>
    public int At(string column) => ResultsSchema.Place(_columns, column);

    /// <summary>Whether a database has the table, and whether the program that wrote it also wrote checksums.</summary>
    public (bool Exists, bool HasChecksums) In(SqliteConnection connection)
    {
        List<string> found = ResultsSchema.ColumnsOf(connection, _name);
        return (found.Count > 0, _columns.All(found.Contains));
    }

    /// <summary>
    /// The rows in the order of the key: the statement stands on each in turn, with the cells in the order of the columns.
    /// </summary>
    /// <exception cref="FormatException">A row is not as it was stored.</exception>
    public IEnumerable<SqliteStatement> Rows(SqliteConnection connection, string? order = null)
    {
        using var rows = new SqliteStatement(connection, $"SELECT {string.Join(',', _columns)} FROM {_name} ORDER BY {order ?? _key}");
        while (rows.Read())
        {
            if (!_checksum.Holds(rows, 0))
                throw new FormatException($"a row of the table {_name} is not as it was stored");
            yield return rows;
        }
    }
}
