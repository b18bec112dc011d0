using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class Utf8CsvWriterTests
{
    [Fact]
    public void QuotesOnlyWhatNeedsIt()
    {
        string text = Written(csv =>
        {
            csv.Text("plain text");
            csv.Text("irregular(2,5)");
            csv.Text("a \"name\"");
            csv.Text("two\nlines");
            csv.Text("");
            csv.Text("größe");
            csv.EndRow();
        });
        Assert.Equal("plain text,\"irregular(2,5)\",\"a \"\"name\"\"\",\"two\nlines\",,größe\n", text);
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.0, "0")]
    [InlineData(3.0, "3")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(-123456789012.0, "-123456789012")]
    [InlineData(1e300, "1E+300")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(double.NaN, "")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void NumbersAreShortAndInvariant(double value, string expected) =>
        Assert.Equal(
            expected + ",7\n",
            Written(csv =>
            {
                csv.Number(value);
                csv.Integer(7);
                csv.EndRow();
            })
        );

    [Fact]
    public void EveryFiniteNumberComesBack() =>
        Prop.ForAll<long>(bits =>
            {
                double value = BitConverter.Int64BitsToDouble(bits);
                string cell = Written(csv => csv.Number(value));
                return double.IsNaN(value)
                    ? cell.Length == 0
                    : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture) == value;
            })
            .Check(Config.QuickThrowOnFailure.WithReplay(new Replay(new Rnd(11, 13), FSharpOption(10))).WithMaxTest(2000));

    [Fact]
    public void RowsLargerThanTheBufferComeOutWhole()
    {
        string large = string.Concat(Enumerable.Repeat("x\"y,", 50_000));
        string text = Written(csv =>
        {
            for (int i = 0; i < 3; i++)
            {
                csv.Text(large);
                csv.Number(0.25);
                csv.EndRow();
            }
        });
        string row = "\"" + large.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",0.25\n";
        Assert.Equal(row + row + row, text);
    }

    private static Microsoft.FSharp.Core.FSharpOption<int> FSharpOption(int size) => new(size);

    private static string Written(Action<Utf8CsvWriter> write)
    {
        using var stream = new MemoryStream();
        using (var csv = new Utf8CsvWriter(stream))
            write(csv);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
