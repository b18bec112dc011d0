using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class ResultsDatabaseTests
{
    private static readonly InputRecord s_input = new() { Source = "a.npz", Fingerprint = "f", Options = "o", ParameterNames = ["seed", "step", "note"], Instances = 2 };

    [Fact]
    public void TablesBeginWithTheColumnsOfTheCsvFiles()
    {
        using var folder = new TemporaryFolder();
        using (ResultsDatabase.Open(folder["results.sqlite"]))
        {
        }
        foreach ((string table, IReadOnlyList<string> columns) in new[] { ("runs", ResultsSchema.LabelColumns), ("summands", ResultsSchema.SummandColumns) })
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
            database.Add(s_input, Run(0, [new ParameterValue(3), new ParameterValue(0.5), ParameterValue.Parse("first try")], [0.25, double.NaN]));
            database.Add(new InputFailure("a.npz", 1, "a NaN"));
            database.Advance("a.npz", 2, complete: true);
            database.Commit();
        }
        object?[] run = Assert.Single(Query(path, "SELECT seed, loss, step, note, learned, dims_per_feature, orthogonality_defect, route_note, max_residual_deg FROM runs"));
        Assert.Equal([3L, null, 0.5, "first try", 2L, 1.6, null, null, 1.0], run);
        List<object?[]> summands = Query(path, "SELECT summand, dim, count, shape, features, residual_deg, p_value, center_norm FROM summands ORDER BY summand");
        Assert.Equal([0L, 1L, 1L, "irregular(1,1)", "0", 1.0, 0.25, null], summands[0]);
        Assert.Equal([1L, 1L, 1L, "dedicated", "1", 0.5, 0.25, null], summands[1]);
        List<object?[]> features = Query(path, "SELECT feature, learned, summand, bias FROM features ORDER BY feature");
        Assert.Equal([0L, 1L, 0L, 0.25], features[0]);
        Assert.Equal([1L, 1L, 1L, null], features[1]);
        Assert.Equal(["a.npz", 1L, "a NaN"], Assert.Single(Query(path, "SELECT * FROM failures")));
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
            Assert.EndsWith("orthogonality_defect,\"a \"\"b\"\", c\",select", lines[0], StringComparison.Ordinal);
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
            for (int i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }
}
