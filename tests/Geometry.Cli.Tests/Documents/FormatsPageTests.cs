using System.Text.RegularExpressions;
using Geometry.Reports.Measures;
using Geometry.Tests.Shared;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Cli.Tests.Documents;

/// <summary>docs/formats.md describes the columns of the files and tables that its commands make: all of them, in order.</summary>
/// <remarks>
/// In a table of the page the first cell of a row has columns in backticks; one of the form label:NAME stands for any number of such
/// columns; a row without backticks for any number of columns.
/// </remarks>
[Collection(PageFolder.Collection)]
public sealed partial class FormatsPageTests(PageFolder folders)
{
    private const string Path = "docs/formats.md";

    [UnixFact("bash")]
    public void ThePageDescribesEveryColumnOfTheCsvFiles()
    {
        string folder = Made();
        Dictionary<string, string[]> described = Described();
        string[] files = [.. new[] { "sweep", "planes" }.SelectMany(f => Directory.GetFiles(System.IO.Path.Combine(folder, f), "*.csv"))];
        Assert.True(files.Length >= 16, $"{files.Length} files");
        Assert.All(files, file =>
        {
            string name = System.IO.Path.GetFileName(file);
            Assert.True(described.TryGetValue(name, out string[]? columns), $"{Path} has no section on {name}");
            AssertDescribed(name, columns, File.ReadLines(file).First().Split(','));
        });
    }

    [Fact]
    public void ThePageDescribesEveryMeasure() => Assert.All(MeasureRegistry.All, measure =>
        {
            Assert.True(
                Described().TryGetValue(measure.Name + ".csv", out string[]? columns),
                $"{Path} has no section on {measure.Name}.csv"
            );
            AssertDescribed(measure.Name, columns, ["source", "instance", .. measure.Columns]);
        });

    [UnixTheory("bash")]
    [InlineData("sweep", 4 + 4)]
    [InlineData("planes", 3)]
    public void ThePageDescribesEveryColumnOfTheDatabase(string output, int least)
    {
        string folder = Made();
        Dictionary<string, string[]> described = Described();
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = System.IO.Path.Combine(folder, output, "results.sqlite"),
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ConnectionString
        );
        connection.Open();
        int found = 0;
        foreach (string table in Column(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"))
        {
            bool isMeasure = described.ContainsKey(table + ".csv") && !described.ContainsKey("table " + table);
            Assert.True(isMeasure || described.ContainsKey("table " + table), $"{Path} has no section on table {table}");
            AssertDescribed(
                table,
                described[isMeasure ? table + ".csv" : "table " + table],
                Column(connection, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")
            );
            found++;
        }
        Assert.True(found >= least, $"{found} tables");
    }

    [Theory]
    [InlineData("a|*|b", "a,x,y,b", true)]
    [InlineData("a|b", "a,c,b", false)]
    [InlineData("a|b", "b,a", false)]
    [InlineData("label:NAME", "label:pentagon,label:none", true)]
    public void TheComparisonCanFail(string columns, string header, bool same)
    {
        Exception? thrown = Record.Exception(() => AssertDescribed("x", columns.Split('|'), header.Split(',')));
        Assert.Equal(same, thrown is null);
    }

    private string Made()
    {
        (string folder, string? failure) = folders.Of(DocumentPage.Read(Path));
        Assert.True(failure is null, failure);
        return folder;
    }

    private static void AssertDescribed(string name, IEnumerable<string> columns, IEnumerable<string> header)
    {
        string pattern = string.Concat(
            columns.Select(c =>
                c == "*" ? "([^,]*,)*"
                : c.EndsWith("NAME", StringComparison.Ordinal) ? $"({Regex.Escape(c[..^4])}[^,]*,)*"
                : Regex.Escape(c) + ","
            )
        );
        string found = string.Concat(header.Select(c => c.Trim('"') + ","));
        Assert.True(
            Regex.IsMatch(found, $"^{pattern}$", RegexOptions.CultureInvariant),
            $"{name}: the page describes {string.Join(",", columns)}\nand the columns are {found}"
        );
    }

    /// <summary>
    /// For each section named by a file or table in backticks, the columns in the first cells of its table; * for a row without one.
    /// </summary>
    private static Dictionary<string, string[]> Described()
    {
        var described = new Dictionary<string, string[]>(StringComparer.Ordinal);
        string section = "";
        foreach (string line in DocumentPage.Read(Path).Lines)
        {
            if (line.StartsWith('#'))
                section = line.TrimStart('#', ' ').Replace("`", "", StringComparison.Ordinal);
            else if (
                line.StartsWith("| ", StringComparison.Ordinal)
                && line.Split('|')[1].Trim() is var cell
                && cell is not ("column" or "---")
            )
            {
                string[] names = cell.StartsWith('`') ? [.. Quoted().Matches(cell).Select(m => m.Groups[1].Value)] : ["*"];
                described[section] = [.. described.GetValueOrDefault(section, []), .. names];
            }
        }
        return described;
    }

    private static string[] Column(SqliteConnection connection, string query)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Names are the database's own.
        command.CommandText = query;
#pragma warning restore CA2100
        using SqliteDataReader rows = command.ExecuteReader();
        var values = new List<string>();
        while (rows.Read())
            values.Add(rows.GetString(0));
        return [.. values];
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
