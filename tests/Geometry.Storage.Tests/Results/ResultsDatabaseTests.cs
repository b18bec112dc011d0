using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class ResultsDatabaseTests
{
    private static readonly InputRecord s_input = new()
    {
        Source = "a.npz",
        Fingerprint = "f",
        Options = "o",
        ParameterNames = ["seed", "step", "note"],
        Instances = 2,
    };

    [Fact]
    public void TablesBeginWithTheColumnsOfTheCsvFiles()
    {
        using var folder = new TemporaryFolder();
        using (ResultsDatabase.Open(folder["results.sqlite"])) { }
        foreach (
            (string table, IReadOnlyList<string> columns) in new[]
            {
                ("runs", RunColumns.Labels),
                ("summands", ResultsSchema.SummandColumns),
            }
        )
        {
            List<object?[]> rows = Query(folder["results.sqlite"], $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
            Assert.Equal(columns, rows.Take(columns.Count).Select(r => (string)r[0]!));
        }
    }

    [Fact]
    public void StoresWhatTheLabelSays()
    {
        using var folder = new TemporaryFolder();
        string path = folder["results.sqlite"];
        using (ResultsDatabase database = ResultsDatabase.Open(path))
        {
            database.Begin(s_input, 0);
            database.Add(
                s_input,
                Run(0, [new ParameterValue(3), new ParameterValue(0.5), ParameterValue.Parse("first try")], [0.25, double.NaN])
            );
            database.Add(new InputFailure("a.npz", 1, "a NaN"));
            database.Advance("a.npz", 2, complete: true);
            database.Commit();
        }
        object?[] run = Assert.Single(
            Query(
                path,
                "SELECT seed, loss, step, note, learned, dims_per_feature, orthogonality_defect, route_note, max_residual_deg FROM runs"
            )
        );
        Assert.Equal([3L, null, 0.5, "first try", 2L, 1.6, null, null, 1.0], run);
        List<object?[]> summands = Query(
            path,
            "SELECT summand, dim, count, shape, features, residual_deg, p_value, center_norm FROM summands ORDER BY summand"
        );
        Assert.Equal([0L, 1L, 1L, "irregular(1,1)", "0", 1.0, 0.25, null], summands[0]);
        Assert.Equal([1L, 1L, 1L, "dedicated", "1", 0.5, 0.25, null], summands[1]);
        List<object?[]> features = Query(path, "SELECT feature, learned, summand, bias FROM features ORDER BY feature");
        Assert.Equal([0L, 1L, 0L, 0.25], features[0]);
        Assert.Equal([1L, 1L, 1L, null], features[1]);
        Assert.Equal(["a.npz", 1L, "a NaN"], Assert.Single(Query(path, "SELECT source, instance, message FROM failures")));
    }

    [Fact]
    public void SummandsWithoutANameAreDescribed()
    {
        using var folder = new TemporaryFolder();
        string path = folder["results.sqlite"];
        using (ResultsDatabase database = ResultsDatabase.Open(path))
        {
            InputRecord input = s_input with { ParameterNames = [] };
            database.Begin(input, 0);
            for (int n = 2; n <= 5; n++)
                database.Add(
                    input,
                    new RunResult(
                        n,
                        n,
                        2,
                        [],
                        null,
                        HandMadeLabels.Of(new FeatureConfiguration(2, n, [.. Enumerable.Repeat(1.0, 2 * n)]), new LabelOptions())
                    )
                );
            database.Commit();
        }
        List<object?[]> rows = Query(
            path,
            "SELECT directions, angles_deg, antipodal, tight, design, symmetries, orbits FROM summands WHERE summand < 2 ORDER BY "
                + "instance, summand"
        );
        Assert.Equal([1L, "63.43×30 180.00×6", 1L, 0L, 5L, 120L, 1L], rows[0]);
        Assert.Equal([1L, null, null, null, null, null, null], rows[1]);
        Assert.Equal([1L, "63.43×30 180.00×6", 1L, 0L, 5L, Math.Pow(2, 70), 1L], rows[2]);
        Assert.Equal([1L, "63.43×30 180.00×6", 1L, 0L, 5L, null, null], rows[4]);
        Assert.Equal([1L, "", 1L, 0L, 5L, 120L, 1L], rows[6]);
        Assert.DoesNotContain(Query(path, "SELECT type FROM pragma_table_info('summands')"), row => row[0] is not string { Length: > 0 });
        using ResultsReader reader = ResultsReader.Open(folder.Path);
        List<StoredDescription?> read = [.. reader.ReadSummands().Where(s => s.Index < 2).Select(s => s.Description)];
        Assert.Equal(
            new List<StoredDescription?>
            {
                new StoredDescription("63.43×30 180.00×6", true, false, 5, 120, 1),
                null,
                new StoredDescription("63.43×30 180.00×6", true, false, 5, System.Numerics.BigInteger.Pow(2, 70), 1),
                null,
                new StoredDescription("63.43×30 180.00×6", true, false, 5, null, null),
                null,
                new StoredDescription("", true, false, 5, 120, 1),
                null,
            },
            read
        );
        Assert.All(reader.ReadRuns(), r => Assert.Equal("blocks", r.DecidedBy));
    }

    [Fact]
    public void FeaturesThatShareADirectionSayWhich()
    {
        using var folder = new TemporaryFolder();
        var w = new FeatureConfiguration(2, 4, [1, 0, 0.01, 0.01, -1, 0, 1, 0.001]);
        RunLabel made = HandMadeLabels.Of(w, new LabelOptions());
        RunLabel label = made with
        {
            DecidedBy = "",
            Summands = [made.Summands[0] with { Features = [0, 2, 3], Directions = 2, DirectionOf = [0, 1, 0] }],
        };
        using (ResultsDatabase database = ResultsDatabase.Open(folder["results.sqlite"]))
        {
            InputRecord input = s_input with { ParameterNames = [] };
            database.Begin(input, 0);
            database.Add(input, new RunResult(0, 4, 2, [], null, label));
            database.Commit();
            using var csv = new MemoryStream();
            ResultsCsv.WriteSummands(database, csv);
            string[] lines = System.Text.Encoding.UTF8.GetString(csv.ToArray()).Split('\n');
            Assert.EndsWith(",center_norm,directions", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("a.npz,0,0,1,3,\"irregular(1,1)\",0 2 3,", lines[1], StringComparison.Ordinal);
            Assert.EndsWith(",2", lines[1], StringComparison.Ordinal);
        }
        Assert.Equal(
            [0L, null, 1L, 0L],
            Query(folder["results.sqlite"], "SELECT direction FROM features ORDER BY feature").Select(r => r[0])
        );
        Assert.Null(Query(folder["results.sqlite"], "SELECT decided_by FROM runs")[0][0]);
        using ResultsReader reader = ResultsReader.Open(folder.Path);
        Assert.Equal(2, Assert.Single(reader.ReadSummands()).Directions);
        Assert.Equal([0, -1, 1, 0], reader.ReadFeatures().Select(f => f.Direction));
        Assert.Equal("", Assert.Single(reader.ReadRuns()).DecidedBy);
    }

    [Fact]
    public void AnOlderVersionIsNamedAndStaysAsItIs()
    {
        using var folder = new TemporaryFolder();
        using (ResultsDatabase.Open(folder["results.sqlite"])) { }
        using (var older = new SqliteConnection($"Data Source={folder["results.sqlite"]};Pooling=False"))
        {
            older.Open();
            using SqliteCommand command = older.CreateCommand();
            command.CommandText = "PRAGMA user_version=2; ALTER TABLE runs DROP COLUMN decided_by";
            command.ExecuteNonQuery();
        }
        byte[] before = File.ReadAllBytes(folder["results.sqlite"]);
        using OutputFolder output = OutputFolder.Open(folder.Path);
        Assert.Equal(
            $"{folder["results.sqlite"]}: written by another version of geometry; label again without --resume",
            Assert.Throws<ResultsException>(() => output.OpenDatabase(resume: true)).Message
        );
        Assert.Equal(before, File.ReadAllBytes(folder["results.sqlite"]));
        using ResultsDatabase fresh = output.OpenDatabase(resume: false);
        Assert.Empty(fresh.ReadInputs());
        Assert.Equal(before, File.ReadAllBytes(folder["results.previous.sqlite"]));
    }

    [Fact]
    public void UnlearnedFeaturesHaveNoSummand()
    {
        using var folder = new TemporaryFolder();
        string path = folder["results.sqlite"];
        using (ResultsDatabase database = ResultsDatabase.Open(path))
        {
            database.Begin(s_input, 0);
            database.Add(s_input, Run(0, [ParameterValue.Empty, ParameterValue.Empty, ParameterValue.Empty], null, second: 0.1));
            database.Commit();
        }
        Assert.Equal([0L, null, null], Query(path, "SELECT learned, summand, bias FROM features WHERE feature = 1")[0]);
    }

    [Fact]
    public void WhatWasNotCommittedIsGone()
    {
        using var folder = new TemporaryFolder();
        using (ResultsDatabase database = ResultsDatabase.Open(folder["results.sqlite"]))
        {
            database.Begin(s_input, 0);
            database.Commit();
            database.Add(s_input, Run(0, [ParameterValue.Empty, ParameterValue.Empty, ParameterValue.Empty], null));
        }
        using ResultsDatabase again = ResultsDatabase.Open(folder["results.sqlite"]);
        Assert.Equal("a.npz", Assert.Single(again.ReadInputs()).Source);
        Assert.Empty(Query(folder["results.sqlite"], "SELECT * FROM runs"));
    }

    [Theory]
    [InlineData("label")]
    [InlineData("Noise_Scale")]
    [InlineData("decided_by")]
    [InlineData("Seed")]
    public void AParameterMayNotTakeTheNameOfAColumn(string name)
    {
        using var folder = new TemporaryFolder();
        using ResultsDatabase database = ResultsDatabase.Open(folder["results.sqlite"]);
        InputRecord input = s_input with { ParameterNames = [name] };
        database.Begin(input, 0);
        ResultsException error = Assert.Throws<ResultsException>(() => database.Add(input, Run(0, [ParameterValue.Empty], null)));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnNamesMayBeAnything()
    {
        using var folder = new TemporaryFolder();
        InputRecord input = s_input with { ParameterNames = ["a \"b\", c", "select"] };
        using (ResultsDatabase database = ResultsDatabase.Open(folder["results.sqlite"]))
        {
            database.Begin(input, 0);
            database.Add(input, Run(0, [new ParameterValue(1), new ParameterValue(2)], null));
            database.Commit();
            using var csv = new MemoryStream();
            ResultsCsv.WriteLabels(database, csv);
            string[] lines = System.Text.Encoding.UTF8.GetString(csv.ToArray()).Split('\n');
            Assert.EndsWith("orthogonality_defect,weights,\"a \"\"b\"\", c\",select", lines[0], StringComparison.Ordinal);
            Assert.EndsWith(",1,2", lines[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RefusesWhatIsNotItsOwn()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.sqlite"], new string('x', 5000));
        using (var other = new SqliteConnection($"Data Source={folder["other.sqlite"]};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE mine(a)";
            command.ExecuteNonQuery();
        }
        foreach (string name in new[] { "text.sqlite", "other.sqlite" })
        {
            byte[] before = File.ReadAllBytes(folder[name]);
            ResultsException error = Assert.Throws<ResultsException>(() => ResultsDatabase.Open(folder[name]));
            Assert.Contains(folder[name], error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Assert.Equal(before, File.ReadAllBytes(folder[name]));
        }
    }

    private static RunResult Run(int instance, ParameterValue[] parameters, double[]? bias, double second = 0.5)
    {
        var w = new FeatureConfiguration(2, 2, [1, 0, 0, second]);
        return new RunResult(instance, 2, 2, parameters, bias, HandMadeLabels.Of(w, new LabelOptions()));
    }

    internal static List<object?[]> Query(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }
}
