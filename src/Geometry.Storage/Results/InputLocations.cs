using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Results;

/// <summary>Where the weight files of labelled runs are, so that a later report can draw them.</summary>
/// <remarks>
/// A source names an input and need not be a path. What is stored is the path relative to the results folder, with forward slashes: it
/// stays valid when both are moved together, and says nothing else about the machine. The table is made on first use; results of older
/// builds do not have it.
/// </remarks>
internal static class InputLocations
{
    /// <summary>Replaces all locations by those of these inputs.</summary>
    public static void Write(ResultsDatabase database, string folder, IReadOnlyList<InputFile> inputs)
    {
        ResultsDatabase.Execute(
            database.Connection,
            "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS locations(source TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID; "
                + "DELETE FROM locations"
        );
        using (var insert = new SqliteStatement(database.Connection, "INSERT OR IGNORE INTO locations(source, path) VALUES(?,?)"))
        {
            foreach (InputFile input in inputs.Where(i => i.Failure is null))
                insert
                    .Bind(0, input.Source)
                    .Bind(1, Path.GetRelativePath(folder, input.Path).Replace(Path.DirectorySeparatorChar, '/'))
                    .Execute();
        }
        ResultsDatabase.Execute(database.Connection, "COMMIT");
    }

    /// <summary>All locations; empty when there is no such table.</summary>
    public static IReadOnlyDictionary<string, string> Read(ResultsDatabase database)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        using (
            var table = new SqliteStatement(
                database.Connection,
                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'locations'"
            )
        )
        {
            if (!table.Read() || table.Integer(0) == 0)
                return paths;
        }
        using var rows = new SqliteStatement(database.Connection, "SELECT source, path FROM locations");
        while (rows.Read())
            paths[rows.Text(0)] = rows.Text(1);
        return paths;
    }
}
