using Geometry.Reports.Recovery;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Reports.Tests.Recovery;

public class RecoveryTableTests
{
    private const string Header = "formula,noise_in,sigma,method,trials,recovered,rate,rate_low,rate_high,formula_rate\n";

    [Fact]
    public void RowsAreRead()
    {
        using var folder = new LabelledFolder();
        Assert.Empty(RecoveryTable.Read(folder.Path));
        File.WriteAllText(folder["conjecture.csv"], Header + "\"triangle + code(3,7)\",ambient,0.05,pipeline,200,150,0.75,0.69,0.8,\n");
        RecoveryRow row = Assert.Single(RecoveryTable.Read(folder.Path));
        Assert.Equal(
            ("triangle + code(3,7)", "ambient", 0.05, "pipeline", 200.0, 150.0),
            (row.Formula, row.NoiseIn, row.Sigma, row.Method, row.Trials, row.Recovered)
        );
        Assert.True(double.IsNaN(row.FormulaRate));
    }

    [Theory]
    [InlineData("formula,noise_in\n", "no column 'sigma'")]
    [InlineData(Header + "a,b,x,m,1,1,1,1,1,1\n", "sigma is 'x'")]
    [InlineData(Header + "a,b\n", "2 cells; expected 10")]
    public void OtherTablesAreRefusedInOneLine(string text, string message)
    {
        using var folder = new LabelledFolder();
        File.WriteAllText(folder["conjecture.csv"], text);
        string found = Assert.Throws<ResultsException>(() => RecoveryTable.Read(folder.Path)).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', found);
    }
}
