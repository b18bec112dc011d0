using Geometry.Storage.Dictionaries;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

/// <summary>No change in the tables of planes is shown as a result.</summary>
public sealed class DamagedPlanesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AnyChangedCellAndAnyLostRowIsNoticed()
    {
        string dictionary = Path.Combine(_folder, "d.npz"),
            found = Path.Combine(_folder, "p"),
            damaged = Path.Combine(_folder, "damaged");
        await CommandRun.Of("synth", "pentagon + tetrahedron + 12 dedicated", "--hidden", "60", "--seed", "2", "--out", dictionary);
        Assert.Equal(0, (await CommandRun.Of("planes", dictionary, "--out", found)).Status);
        StoredPlanes whole = StoredPlanes.Read(found);
        Assert.Equal([2, 2], [whole.Planes.Count, whole.Dictionaries[0].Planes]);
        Directory.CreateDirectory(damaged);
        string database = Path.Combine(damaged, "results.sqlite");
        int cells = 0;
        foreach (string table in (string[])["dictionaries", "planes", "plane_features"])
        {
            foreach (string column in Columns(found, table))
            {
                string row =
                    $"UPDATE {table} SET {column} = CASE typeof({column}) WHEN 'text' THEN 'x' || {column} WHEN 'null' THEN 1 ELSE "
                    + $"7.25 END WHERE rowid = (SELECT max(rowid) FROM {table})";
                Refused(row);
                cells++;
            }
            Refused($"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})");
        }
        Assert.Equal(13 + 17 + 9, cells);
        // The folder of a program that knew no checksums.
        Refused("ALTER TABLE planes DROP COLUMN checksum", "of an earlier version");
        CommandRun run = await CommandRun.Of("inspect", damaged, "--plane", "0");
        Assert.NotEqual(0, run.Status);
        Assert.Contains("'geometry planes' finds them again", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, (await CommandRun.Of("planes", dictionary, "--out", damaged)).Status);
        Assert.Equal(2, StoredPlanes.Read(damaged).Planes.Count);

        void Refused(string change, string reason = "the database is damaged")
        {
            File.Copy(Path.Combine(found, "results.sqlite"), database, overwrite: true);
            using (SqliteConnection connection = Open(damaged))
            using (SqliteCommand command = connection.CreateCommand())
            {
                command.CommandText = change;
                command.ExecuteNonQuery();
            }
            Exception? e = Record.Exception(() => StoredPlanes.Read(damaged));
            Assert.True(
                e is ResultsException && e.Message.Contains(reason, StringComparison.Ordinal),
                $"{change}: {e?.Message ?? "read as if nothing were wrong"}"
            );
        }
    }

    private static List<string> Columns(string folder, string table)
    {
        using SqliteConnection connection = Open(folder);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using SqliteDataReader rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names;
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "results.sqlite")};Pooling=False");
        connection.Open();
        return connection;
    }
}
