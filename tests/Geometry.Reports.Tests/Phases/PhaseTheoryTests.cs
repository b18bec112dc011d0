using System.Text;
using Geometry.Reports.Figures;
using Geometry.Reports.Phases;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Reports.Tests.Phases;

public class PhaseTheoryTests
{
    private const string Spec = "model: { features: 2, hidden: 1 }\ndata: { density: [0.9, 0.1], importance: { last: [0.5, 1] } }\n";

    [Fact]
    public void EveryCellHasItsExpectation()
    {
        PhaseTable table = Table();
        PhaseTheory theory = PhaseTheory.Of(table, Spec)!;
        Assert.Equal(4, theory.Cells);
        Assert.Equal(["dedicated", "dedicated", "antipode", "antipode"], table.Cells.Select(c => theory.Find(c)!.Formula));
        Assert.Equal([1, 1, 1, 0.5], table.Cells.Select(theory.Share));
        // In the last cell the run of lowest loss is no antipode.
        Assert.Equal(3, theory.Agreeing(table));
    }

    [Fact]
    public void TheColumnsComeLast()
    {
        using var stream = new MemoryStream();
        PhaseTable table = Table();
        PhaseCsv.Write(table, stream, PhaseTheory.Of(table, Spec));
        string[] rows = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.EndsWith(",theory_formula,theory_loss,theory_share", rows[0], StringComparison.Ordinal);
        Assert.Matches(@",antipode,0\.0016\d+,0\.5$", rows[4]);
    }

    [Fact]
    public void TheBoundaryIsDrawnBetweenTheCellsThatDiffer()
    {
        int plain = Lines(PhaseFigures.Diagram(Table(), 1)), drawn = Lines(PhaseFigures.Diagram(Table(), 1, Spec));
        Assert.Equal(2, drawn - plain);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no spec")]
    [InlineData("model: { features: 3, hidden: 2 }\ndata: { density: 0.1, importance: { last: 2 } }\n")]
    [InlineData("model: { features: 2, hidden: 1, bias: false }\ndata: { density: 0.1, importance: { last: 2 } }\n")]
    [InlineData("model: { features: 2, hidden: 1, activation: linear }\ndata: { density: 0.1, importance: { last: 2 } }\n")]
    [InlineData("model: { features: 2, hidden: 1 }\ndata: { density: 0.1, importance: 2 }\n")]
    [InlineData("model: { features: 2, hidden: 1 }\ndata: { density: 0.1, importance: { last: 2 }, groups: { correlated: 2 } }\n")]
    public void OtherSetUpsAreNotCovered(string? spec) => Assert.Null(PhaseTheory.Of(Table(), spec));

    private static PhaseTable Table() => PhaseTable.Build(
        MadeRuns.Of((0.1, 0.5, 0, 0.01, "dedicated"), (0.1, 1, 0, 0.02, "dedicated"), (0.9, 0.5, 0, 0.001, "antipode"), (0.9, 1, 0, 0.002, "antipode"), (0.9, 1, 1, 0.001, "dedicated")),
        new PhaseOptions());

    private static int Lines(string svg) => svg.Split("<line").Length;
}
