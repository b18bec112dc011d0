using Geometry.Configurations;
using Geometry.Measures;
using Geometry.Measures.Topology;
using Xunit;

namespace Geometry.Tests.Measures.Topology;

public class JoinPredictionTests
{
    /// <summary>The join of the summands' barcodes is the barcode of the sum.</summary>
    [Theory]
    [InlineData("pentagon", "2:5")]
    [InlineData("hexagon", "2:6")]
    [InlineData("2 antipode", "1:2 1:2")]
    [InlineData("3 antipode", "1:2 1:2 1:2")]
    [InlineData("triangle + antipode", "2:3 1:2")]
    [InlineData("2 triangle", "2:3 2:3")]
    [InlineData("pentagon + antipode", "2:5 1:2")]
    [InlineData("2 pentagon", "2:5 2:5")]
    [InlineData("hexagon + pentagon", "2:6 2:5")]
    [InlineData("3 pentagon", "2:5 2:5 2:5")]
    [InlineData("tetrahedron + pentagon", "3:4 2:5")]
    [InlineData("pentagon + dedicated", "2:5 1:1")]
    public void ThePredictionIsWhatIsFound(string formula, string summands)
    {
        MeasuredRun run = Run(formula, summands);
        IEnumerable<(int, double, double)> found = new TopologyMeasure()
            .Of(run)
            .Rows.Where(r => r[3].Text == "rips" && r[0].Number > 0)
            .Select(r => ((int)r[0].Number, Math.Round(r[1].Number, 6), Math.Round(r[2].Number, 6)))
            .Order();
        IEnumerable<(int, double, double)> predicted = JoinPrediction
            .Of(run)!
            .Bars.Where(b => b.Degree <= Math.Min(TopologyMeasure.MostDegree, run.Rank - 1))
            .SelectMany(b => Enumerable.Repeat((b.Degree, Math.Round(b.Birth, 6), Math.Round(b.Death, 6)), (int)b.Multiplicity))
            .Order();
        Assert.Equal(found, predicted);
    }

    [Theory]
    [InlineData("pentagon + antipode", "2:5 1:2", new[] { 1 })]
    [InlineData("tetrahedron + pentagon", "3:4 2:5", new[] { 0 })]
    [InlineData("2 pentagon", "2:5 2:5", new int[0])]
    public void SummandsWithLongEdgesAreBlind(string formula, string summands, int[] blind) =>
        Assert.Equal(blind, JoinPrediction.Of(Run(formula, summands))!.Blind);

    private static MeasuredRun Run(string formula, string summands)
    {
        int next = 0;
        FeatureConfiguration w = Configurations.Of(formula);
        return new MeasuredRun
        {
            Weights = w,
            Summands =
            [
                .. summands
                    .Split(' ')
                    .Select(s => s.Split(':'))
                    .Select(s =>
                    {
                        int count = s[1][0] - '0';
                        next += count;
                        return new MeasuredSummand(s[0][0] - '0', "shape", [.. Enumerable.Range(next - count, count)]);
                    }),
            ],
        };
    }
}
