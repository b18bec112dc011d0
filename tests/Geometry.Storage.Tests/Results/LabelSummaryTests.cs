using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class LabelSummaryTests
{
    [Fact]
    public void CountsLabelsAndFormulasAndTakesMedians()
    {
        using var folder = new TemporaryFolder();
        using ResultsDatabase database = ResultsDatabase.Open(folder["results.sqlite"]);
        var input = new InputRecord
        {
            Source = "a",
            Fingerprint = "",
            Options = "",
            ParameterNames = [],
            Instances = 9,
        };
        database.Begin(input, 0);
        RunLabel any = HandMadeLabels.Of(new FeatureConfiguration(1, 1, [1]), new LabelOptions());
        (string Label, string Formula, double Residual)[] runs =
        [
            ("p", "f", 1),
            ("p", "g", 5),
            ("p", "g", 2),
            ("p", "h", 9),
            ("q", "i", 4),
            ("q", "i", 3),
            ("q", "i", double.NaN),
            ("none", "", double.NaN),
        ];
        for (int i = 0; i < runs.Length; i++)
        {
            RunLabel label = any with { Label = runs[i].Label, Formula = runs[i].Formula, MaxResidualDegrees = runs[i].Residual };
            database.Add(input, new RunResult(i, 1, 1, [], null, label));
        }
        database.Add(new InputFailure("a", 8, "no"));
        LabelSummary summary = ResultsCsv.WriteLabels(database, Stream.Null, formulas: 2);
        Assert.Equal((8L, 1L), (summary.Runs, summary.Failures));
        Assert.Equal(["p", "q", "none"], summary.Labels.Select(l => l.Label));
        Assert.Equal([("g", 2L), ("f", 1L)], summary.Labels[0].Formulas);
        Assert.Equal(3, summary.Labels[0].DistinctFormulas);
        Assert.Equal([3.5, 3.5, double.NaN], summary.Labels.Select(l => l.MedianResidual));
        Assert.Equal([9, 4, double.NaN], summary.Labels.Select(l => l.MaxResidual));
    }
}
