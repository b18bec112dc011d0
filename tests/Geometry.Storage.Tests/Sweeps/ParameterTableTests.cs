using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public sealed class ParameterTableTests
{
    [Fact]
    public void Cells_are_found_by_source_and_instance()
    {
        ParameterTable table = ParameterTable.Parse(
            "\uFEFFwidth,instance,note,source\r\n3,0,\"a, \"\"b\"\"\",x.npz\r\n\r\n4,1,,x.npz\r\n5,0,\"two\nlines\",y/z.pt\r\n"
        );
        Assert.Equal(["width", "note"], table.Columns);
        Assert.Equal(3, table.Count);
        Assert.Equal(["3", "a, \"b\""], table.Find("x.npz", 0)!);
        Assert.Equal(["4", ""], table.Find("x.npz", 1)!);
        Assert.Equal(["5", "two\nlines"], table.Find("y/z.pt", 0)!);
        Assert.Null(table.Find("y/z.pt", 1));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("source,width\nx,1\n", "line 1: no column 'instance'; found source, width")]
    [InlineData("Source,instance\nx,1\n", "line 1: no column 'source'")]
    [InlineData("source,instance,a,a\n", "line 1: the column 'a' occurs twice")]
    [InlineData("source,instance,\n", "line 1: column 3 has no name")]
    [InlineData("source,instance,a\nx,0,1\nx,1\n", "line 3: 2 cells; expected 3")]
    [InlineData("source,instance,a\nx,0,\"1\n2\"\nx,one,2\n", "line 4: the instance is 'one'")]
    [InlineData("source,instance\nx,-1\n", "line 2: the instance is '-1'")]
    [InlineData("source,instance\nx,0\ny,0\nx,0\n", "line 4: source 'x', instance 0 occurs twice")]
    [InlineData("source,instance\n\"x,0\n", "line 2")]
    public void A_damaged_table_is_refused_with_its_line(string text, string reason)
    {
        string message = Assert.Throws<InputException>(() => ParameterTable.Parse(text)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Damaged_text_only_ever_raises_input_exceptions()
    {
        const string whole = "source,instance,a\nx,0,\"one, \"\"two\"\"\"\r\ny,1,\n\"z\",2,3\n";
        const string alphabet = "\",\n\r\0x0-\uFEFF\ud800 ";
        var random = new Random(5);
        int refused = 0;
        for (int k = 0; k < 3000; k++)
        {
            var text = new System.Text.StringBuilder(whole);
            for (int changes = random.Next(1, 5); changes > 0; changes--)
                text[random.Next(text.Length)] = alphabet[random.Next(alphabet.Length)];
            if (random.Next(3) == 0)
                text.Length = random.Next(text.Length);
            try
            {
                ParameterTable.Parse(text.ToString());
            }
            catch (InputException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
            }
        }
        Assert.InRange(refused, 500, 2999);
    }

    [Fact]
    public void A_missing_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InputException>(() => ParameterTable.Read(Path.Combine(folder.Path, "gone.csv")));
        Assert.Throws<InputException>(() => ParameterTable.Read(folder.Path));
        Assert.Equal(1, ParameterTable.Read(folder.File("p.csv", "source,instance,a\nx,0,1\n"u8)).Count);
    }
}
