using System.Text;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public sealed class BlockInsertTests : IDisposable
{
    private readonly SqliteConnection _connection = ResultsDatabase.Connect(":memory:");

    public BlockInsertTests() => ResultsDatabase.Execute(_connection, "CREATE TABLE t(a INTEGER PRIMARY KEY, b REAL, c TEXT NOT NULL)");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(12)]
    public void EveryRowArrivesWhateverTheOrderOfTheColumns(int rows)
    {
        using var insert = new BlockInsert(_connection, "t", ["b", "c", "a"]);
        for (int i = 0; i < rows; i++)
        {
            insert.StartRow(rows - i);
            insert.Bind(2, i);
            if (i % 2 == 0)
                insert.BindNull(0);
            else
                insert.Bind(0, i / 2.0);
            insert.Bind(1, Encoding.UTF8.GetBytes(new string('ü', i))).EndRow();
        }
        using var stored = new SqliteStatement(_connection, "SELECT a, b, c FROM t ORDER BY a");
        for (int i = 0; i < rows; i++)
        {
            Assert.True(stored.Read());
            Assert.Equal(i, stored.Integer(0));
            Assert.Equal(i % 2 == 0 ? double.NaN : i / 2.0, stored.Number(1));
            Assert.False(stored.IsNull(2));
            Assert.Equal(new string('ü', i), stored.Text(2));
        }
        Assert.False(stored.Read());
    }

    [Fact]
    public void ARowThatFailsGivesUpTheTransaction()
    {
        ResultsDatabase.Execute(_connection, "BEGIN");
        using var insert = new BlockInsert(_connection, "t", ["b", "c", "a"]);
        for (int i = 0; i < 4; i++)
        {
            insert.StartRow(5 - i);
            insert.Bind(2, i).Bind(1, "x"u8).EndRow();
        }
        insert.StartRow(1);
        insert.Bind(2, 0).Bind(1, "x"u8);
        Assert.Throws<SqliteException>(insert.EndRow);
        using var stored = new SqliteStatement(_connection, "SELECT count(*) FROM t");
        Assert.True(stored.Read());
        Assert.Equal(0, stored.Integer(0));
    }

    public void Dispose() => _connection.Dispose();
}
