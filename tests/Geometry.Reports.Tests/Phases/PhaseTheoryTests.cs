using System.Text;
using Geometry.Reports.Figures;
using Geometry.Reports.Phases;
using Geometry.Reports.Theory;
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
        PhaseTheory theory = Theory(table, Spec)!;
        Assert.Equal(4, theory.Cells);
        Assert.Equal(["dedicated", "dedicated", "antipode", "antipode"], table.Cells.Select(c => theory.Find(c)!.Formula));
        Assert.Equal([1, 1, 1, 0.5], table.Cells.Select(theory.Share));
        // In the last cell the run of lowest loss is no antipode.
        Assert.Equal(3, theory.Agreeing);
        PhaseContradiction other = Assert.Single(theory.Contradictions);
        Assert.Equal(("antipode", "dedicated"), (other.Expected.Formula, other.Best.Formula));
        Assert.Equal((0.001 / other.Expected.Loss) - 1, other.Excess, 1e-12);
    }

    /// <summary>
    /// The same formula with another feature on the axis is not what is expected, unless the two have the same importance.
    /// </summary>
    [Fact]
    public void WhichFeatureIsLearnedMatters()
    {
        PhaseTable table = Table();
        PhaseTheory theory = Theory(table, Spec, dedicated: 1)!;
        Assert.Equal([0, 1, 1, 0.5], table.Cells.Select(theory.Share));
    }

    [Fact]
    public void TheColumnsComeLast()
    {
        using var stream = new MemoryStream();
        PhaseTable table = Table();
        PhaseCsv.Write(table, stream, Theory(table, Spec));
        string[] rows = Encoding.UTF8.GetString(stream.ToArray()).Split('\n');
        Assert.EndsWith(",theory_formula,theory_loss,theory_share,theory_features,theory_source", rows[0], StringComparison.Ordinal);
        Assert.Matches(@",antipode,0\.0016\d+,0\.5,0 1,optimum$", rows[4]);
    }

    [Fact]
    public void TheBoundaryIsDrawnBetweenTheCellsThatDiffer()
    {
        PhaseTable table = Table();
        int plain = Lines(PhaseFigures.Diagram(table, 1)),
            drawn = Lines(PhaseFigures.Diagram(table, 1, Theory(table, Spec)));
        // Twice between dedicated and antipode, and once where the two features of an antipode come to be of one importance.
        Assert.Equal(3, drawn - plain);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no spec")]
    [InlineData("model: { features: 2, hidden: 1, bias: false }\ndata: { density: 0.1, importance: { last: 2 } }\n")]
    [InlineData("model: { features: 2, hidden: 1, activation: swish }\ndata: { density: 0.1, importance: { last: 2 } }\n")]
    [InlineData("model: { features: 2, hidden: 1 }\ndata: { density: 0.1, importance: { last: 2 }, groups: { correlated: 2 } }\n")]
    public void OtherSetUpsAreNotCovered(string? spec) => Assert.Null(Theory(Table(), spec));

    /// <summary>Three features in two dimensions: two expectations with equal formulas differ in the features that pair up.</summary>
    [Theory]
    [InlineData(2.0, "antipode + dedicated", "0 1 | 2")]
    [InlineData(0.5, "antipode + dedicated", "2 | 1")]
    public void OfThreeFeaturesTheRightOnesPairUp(double last, string formula, string learned)
    {
        Expectation expected = Expect(
            "model: { features: 3, hidden: 2 }\ndata: { density: 0.1, importance: { last: [2, 0.5] } }\n",
            3,
            2,
            0.9,
            last
        );
        Assert.Equal((formula, "optimum"), (expected.Formula, expected.Source));
        Assert.Equal(last > 1 ? "antipode[0 0] + dedicated[2]" : "antipode[0 2] + dedicated[0]", expected.Signature);
        if (last > 1)
            Assert.Equal(learned, expected.Features);
    }

    [Fact]
    public void BeyondThreeFeaturesTheIdealSolutionsSpeak()
    {
        Expectation expected = Expect("model: { features: 6, hidden: 5 }\ndata: { density: 0.1, importance: { last: 3 } }\n", 6, 5, 0.9, 3);
        Assert.Equal(("antipode + 4 dedicated", "0 1 | 2 | 3 | 4 | 5", "ideal"), (expected.Formula, expected.Features, expected.Source));
        Assert.Equal(0.01 / 3 / 6, expected.Loss, 1e-15);
    }

    [Fact]
    public void OneActiveFeatureASampleHasAGroundState()
    {
        Expectation expected = Expect(
            "model: { features: 5, hidden: 2 }\ndata: { density: 1, groups: { anticorrelated: 5 } }\n",
            5,
            2,
            0,
            1
        );
        Assert.Equal(("pentagon", "ground state"), (expected.Formula, expected.Source));
        Assert.Equal(0.237384406 / 75, expected.Loss, 1e-9);
    }

    /// <summary>
    /// With a bias the eigenvectors are the features, with importances as eigenvalues; without one the mean is the first eigenvector.
    /// </summary>
    [Theory]
    [InlineData("bias: true", "importance: { decay: 0.5 }", "eigenvectors 0 1", 1.0)]
    [InlineData("bias: false", "importance: 1", "eigenvectors 0 and 1 of 1-4", 1.0)]
    [InlineData("bias: true", "importance: 1", "eigenvectors 2 of 0-4", 1.0)]
    [InlineData("bias: false, tied: false", "importance: { decay: 0.5 }", "eigenvectors 0 1", 0.5)]
    public void LinearModelsProjectOntoTheLargestEigenvectors(string model, string data, string name, double importance)
    {
        Expectation expected = Expect(
            $"model: {{ features: 5, hidden: 2, activation: linear, {model} }}\ndata: {{ density: 0.2, {data} }}\n",
            5,
            2,
            0.8,
            data.Contains("decay", StringComparison.Ordinal) ? 0.5 : importance
        );
        Assert.Equal((name, "eigenvectors"), (expected.Formula, expected.Source));
    }

    private static Expectation Expect(string spec, int features, int hidden, double sparsity, double importance)
    {
        var run = new StoredRun
        {
            Input = 0,
            Instance = 0,
            Features = features,
            Hidden = hidden,
            Sparsity = new ParameterValue(sparsity),
            Importance = new ParameterValue(importance),
            Label = "none",
            Formula = "",
        };
        return SweepTheory.Of([], new LabelledRuns([run], [], ["made"]), spec)!.Expect(run)!;
    }

    private static PhaseTheory? Theory(PhaseTable table, string? spec, int dedicated = 0)
    {
        IEnumerable<StoredSummand> summands = table.Runs.Runs.Select(r => new StoredSummand(
            r.Input,
            r.Instance,
            0,
            1,
            r.Formula,
            r.Formula == "antipode" ? [0, 1] : [dedicated],
            0,
            0
        ));
        return SweepTheory.Of(summands, table.Runs, spec) is { } theory ? new PhaseTheory(table, theory) : null;
    }

    private static PhaseTable Table()
    {
        LabelledRuns made = MadeRuns.Of(
            (0.1, 0.5, 0, 0.01, "dedicated"),
            (0.1, 1, 0, 0.02, "dedicated"),
            (0.9, 0.5, 0, 0.001, "antipode"),
            (0.9, 1, 0, 0.002, "antipode"),
            (0.9, 1, 1, 0.001, "dedicated")
        );
        return PhaseTable.Build(
            new LabelledRuns([.. made.Runs.Select(r => r with { Features = 2, Hidden = 1 })], [], ["made"]),
            new PhaseOptions()
        );
    }

    private static int Lines(string svg) => svg.Split("<line").Length;
}
