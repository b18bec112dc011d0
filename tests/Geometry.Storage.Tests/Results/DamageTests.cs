using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Storage.Tests.Results;

/// <summary>Databases with rows that differ from what was stored.</summary>
public sealed class DamageTests : IDisposable
{
    private static readonly LabelJobOptions s_options = new() { Labeller = HandMadeLabels.Of, Threads = 2 };
    private readonly TemporaryFolder _folder = new();
    private readonly InputFile[] _inputs;

    public DamageTests()
    {
        NpzFile.WriteSweep(_folder["a.npz"], 5, 6, broken: [3]);
        // A parameter that gets a column of its own.
        NpzFile.Write(_folder["c.npz"], ("W", [2, 3, 2], [1, 0, 0, 1, 1, 1, 2, 0, 0, 1, 1, 1]), ("step", [2], [10, 20]));
        _inputs =
        [
            LabelJobTests.Input(_folder, "a.npz"),
            .. LabelJobTests.Sweeps(_folder, ("b.npz", 1, 9)),
            LabelJobTests.Input(_folder, "c.npz"),
        ];
        LabelJobTests.Run(_inputs, _folder["whole"], s_options);
        LabelJobTests.Run(_inputs, _folder["out"], s_options);
    }

    private string Database => Path.Combine(_folder["out"], "results.sqlite");

    public void Dispose() => _folder.Dispose();

    /// <summary>Found by tools/fuzz in the planes' database of a report.</summary>
    [Fact]
    public void ATableThatLacksColumnsIsDamage()
    {
        Execute("DROP TABLE runs; CREATE TABLE runs(source TEXT, instance INTEGER, n INTEGER)", rows: 0);
        string message = Assert.Throws<ResultsException>(() => ResultsDatabase.Open(Database)).Message;
        Assert.Contains("is damaged: its table runs has 3 columns, expected at least", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE runs SET label = 'tegum-product' WHERE source = 'a.npz' AND instance = 2")]
    [InlineData("UPDATE runs SET loss = 0.25 WHERE source = 'a.npz' AND instance = 0")]
    [InlineData("UPDATE runs SET seed = NULL WHERE source = 'a.npz' AND instance = 1")]
    [InlineData("UPDATE runs SET instance = 3 WHERE source = 'a.npz' AND instance = 5")]
    [InlineData("UPDATE summands SET shape = 'pentagon' WHERE source = 'a.npz' AND instance = 4 AND summand = 1")]
    [InlineData("UPDATE summands SET p_value = p_value + 1e-9 WHERE source = 'a.npz' AND instance = 4 AND summand = 1")]
    [InlineData("UPDATE features SET norm = norm * 2 WHERE source = 'a.npz' AND instance = 0 AND feature = 3")]
    [InlineData("UPDATE summands SET source = 'a.npy' WHERE source = 'a.npz' AND instance = 4 AND summand = 1")]
    [InlineData("UPDATE failures SET message = 'other' WHERE source = 'a.npz'")]
    [InlineData("UPDATE inputs SET instances = 5 WHERE source = 'a.npz'")]
    [InlineData("UPDATE inputs SET done = 7 WHERE source = 'a.npz'")]
    [InlineData("UPDATE inputs SET parameters = 'seeds' || substr(parameters, 5) WHERE source = 'a.npz'")]
    [InlineData("DELETE FROM runs WHERE source = 'a.npz' AND instance > 2")]
    [InlineData("DELETE FROM summands WHERE source = 'a.npz' AND instance = 1 AND summand = 0")]
    [InlineData("DELETE FROM features WHERE source = 'a.npz' AND instance = 1 AND feature = 4")]
    [InlineData("DELETE FROM failures")]
    public void AnInputWithDamagedRowsIsLabelledAgainAndSaid(string damage)
    {
        Execute(damage);
        var said = new List<string>();
        LabelJobResult result = LabelJobTests.Run(_inputs, _folder["out"], s_options with { Resume = true, Damage = said.Add });
        Assert.Equal((2, 5L), (result.Kept, result.Runs));
        Assert.Equal(
            "the stored results of 'a.npz' are damaged or incomplete, so it is labelled again; results.damaged.sqlite has them as "
                + "they were",
            Assert.Single(said)
        );
        LabelJobTests.AssertSameCsv(_folder["whole"], _folder["out"]);
    }

    [Theory]
    [InlineData("UPDATE runs SET formula = '5 dedicated' WHERE source = 'b.npz' AND instance = 8")]
    [InlineData("UPDATE summands SET features = '0 x' WHERE source = 'b.npz' AND instance = 8 AND summand = 0")]
    [InlineData("UPDATE features SET dimensionality = 7 WHERE source = 'b.npz' AND instance = 8 AND feature = 0")]
    public void ReadersRefuseADamagedRowInOneLine(string damage)
    {
        Execute(damage);
        using ResultsReader reader = ResultsReader.Open(_folder["out"]);
        ResultsException error = Assert.Throws<ResultsException>(() =>
            reader.ReadRuns().Count() + reader.ReadSummands().Count() + reader.ReadFeatures().Count()
        );
        Assert.Equal(
            $"{Database}: the row of b.npz, instance 8, is not as it was stored: the database is damaged; geometry label with "
                + $"--resume labels it again",
            error.Message
        );
    }

    [Theory]
    [InlineData("DELETE FROM runs WHERE source = 'a.npz' AND instance > 2", "runs of a.npz are gone")]
    [InlineData(
        "DELETE FROM summands WHERE source = 'a.npz' AND instance = 4 AND summand = 0",
        "the summand before summand 1 of a.npz, instance 4, is gone"
    )]
    [InlineData("DELETE FROM summands WHERE source = 'c.npz' AND instance = 1 AND summand = 0", "of c.npz")]
    [InlineData(
        "UPDATE summands SET source = 'x' WHERE source = 'a.npz' AND instance = 4 "
            + "AND summand = (SELECT MAX(summand) FROM summands WHERE source = 'a.npz' AND instance = 4)",
        "learned features of a.npz"
    )]
    [InlineData("DELETE FROM features WHERE source = 'a.npz' AND instance = 4 AND feature = 4", "of 25 features of a.npz 24 are there")]
    [InlineData(
        "DELETE FROM features WHERE source = 'a.npz' AND instance = 1 AND feature = 3",
        "the feature before feature 4 of a.npz, instance 1, is gone"
    )]
    public void ReadersRefuseWhatHasRowsMissing(string damage, string what)
    {
        Execute(damage);
        using ResultsReader reader = ResultsReader.Open(_folder["out"]);
        ResultsException error = Assert.Throws<ResultsException>(() =>
            reader.ReadRuns().Count() + reader.ReadSummands().Count() + reader.ReadFeatures().Count()
        );
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(": the database is damaged; geometry label with --resume labels it again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADatabaseThatFailsItsOwnCheckIsSetAsideAndEverythingLabelledAgain()
    {
        byte[] bytes = File.ReadAllBytes(Database);
        // A page of rows: its kind becomes none that there is.
        int page = Enumerable.Range(1, (bytes.Length / 16384) - 1).First(p => bytes[p * 16384] is 2 or 5 or 10 or 13);
        bytes[page * 16384] = 77;
        File.WriteAllBytes(Database, bytes);
        var said = new List<string>();
        LabelJobResult result = LabelJobTests.Run(_inputs, _folder["out"], s_options with { Resume = true, Damage = said.Add });
        Assert.Equal((0, 16L), (result.Kept, result.Runs));
        Assert.StartsWith($"{Database} is damaged (", Assert.Single(said), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder["out"], "results.damaged.sqlite")));
        LabelJobTests.AssertSameCsv(_folder["whole"], _folder["out"]);
    }

    [Fact]
    public void AMergedOrOlderColumnDoesNotMatterToAChecksum()
    {
        var checksum = new RowChecksum(["a", "b", "checksum", "c"]);
        ulong sum = checksum.Cell(0, 2.5) + checksum.Cell(1, "x"u8);
        var other = new RowChecksum(["source", "b", "A"]);
        Assert.Equal(sum, other.Cell(1, "x"u8) + other.Cell(2, 2.5) + other.Cell(0, "file"u8) + other.Cell(2, double.NaN));
        Assert.NotEqual(sum, other.Cell(1, "y"u8) + other.Cell(2, 2.5));
        Assert.NotEqual(checksum.Cell(0, 1), checksum.Cell(1, 1));
        Assert.Equal(checksum.Cell(0, 0.0), checksum.Cell(0, -0.0));
    }

    private void Execute(string sql, int? rows = null)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(rows ?? (sql.StartsWith("DELETE FROM runs", StringComparison.Ordinal) ? 2 : 1), command.ExecuteNonQuery());
    }
}
