using Geometry.Reports.Phases;
using Xunit;

namespace Geometry.Reports.Tests.Phases;

public class TransitionTests
{
    [Theory]
    [InlineData("O O O A A P P", "orthogonal-antipodal@2 antipodal-pentagon@4")]
    [InlineData("O A P", "orthogonal-antipodal@0 antipodal-pentagon@1")] // single cells between different phases are phases
    [InlineData("O O A O O", "")] // one odd cell is not
    [InlineData("O O A A O O", "orthogonal-antipodal@1 antipodal-orthogonal@3")]
    [InlineData("A A P A P P", "antipodal-pentagon@1")] // two places alike: the earlier one
    [InlineData("OOO OOA OAA AAA", "orthogonal-antipodal@1")]
    [InlineData("OOA OAA AAA", "")] // two of three runs of one cell are no phase
    [InlineData("O", "")]
    public void PhasesAreStretches(string cells, string expected)
    {
        PhaseTable table = PhaseTable.Build(MadeRuns.Line(cells), new PhaseOptions { X = "sparsity" });
        IEnumerable<string> found = TransitionFinder.Along(table, 0, new PhaseOptions()).Select(t => $"{t.From}-{t.To}@{t.Place[0]}");
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public void TheSegmentationIsTheCheapestOfAll()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 300; trial++)
        {
            int cells = random.Next(1, 8),
                labels = random.Next(1, 4);
            double[] shares = new double[cells * labels];
            for (int c = 0; c < cells; c++)
            {
                for (int r = 0; r < 4; r++)
                    shares[(c * labels) + random.Next(labels)] += 0.25;
            }
            int[] phases = new int[cells];
            new PhaseSegmentation(cells, labels).Divide(shares, phases);
            double least = double.PositiveInfinity;
            int[] tried = new int[cells];
            for (int code = 0; code < Math.Pow(labels, cells); code++)
            {
                for (int c = 0, rest = code; c < cells; c++, rest /= labels)
                    tried[c] = rest % labels;
                least = Math.Min(least, Cost(tried));
            }
            Assert.Equal(least, Cost(phases), 9);

            double Cost(int[] p) =>
                Enumerable
                    .Range(0, cells)
                    .Sum(c => 1 - shares[(c * labels) + p[c]] + (c > 0 && p[c] != p[c - 1] ? PhaseSegmentation.Border : 0));
        }
    }

    [Fact]
    public void UnanimousSeedsGiveTheGridsGapAndMixedOnesMore()
    {
        Transition sharp = Assert.Single(Find("OOO OOO AAA AAA", new PhaseOptions()));
        Assert.Equal((1, 2, 1.0), (sharp.Low, sharp.High, sharp.Support));
        Transition blurred = Assert.Single(Find("OOOO OOOO OOAA OAOA OOAA AAAA AAAA", new PhaseOptions()));
        Assert.True(blurred.Low < blurred.Place[0] || blurred.High > blurred.Next, $"{blurred.Low} … {blurred.High}");
        Assert.InRange(blurred.Support, 0.9, 1);
    }

    [Fact]
    public void SingleRunsHaveNoInterval()
    {
        Transition transition = Assert.Single(Find("O O A A", new PhaseOptions()));
        Assert.Equal((-1, -1), (transition.Low, transition.High));
        Assert.True(double.IsNaN(transition.Support));
    }

    [Fact]
    public void TheSameSeedGivesTheSameIntervals()
    {
        const string Line = "OOO OOA OAA OAO AAA AOA PAA PPA APP PPP";
        Assert.Equal(Describe(new PhaseOptions { Seed = 4 }), Describe(new PhaseOptions { Seed = 4 }));
        string Describe(PhaseOptions o) => string.Join(';', Find(Line, o).Select(t => $"{t.From} {t.To} {t.Low} {t.High} {t.Support:R}"));
    }

    private static IReadOnlyList<Transition> Find(string cells, PhaseOptions options) =>
        TransitionFinder.Along(PhaseTable.Build(MadeRuns.Line(cells), new PhaseOptions { X = "sparsity" }), 0, options);
}
