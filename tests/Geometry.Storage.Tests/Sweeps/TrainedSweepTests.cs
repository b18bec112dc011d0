using System.Globalization;
using Geometry.Labels;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

/// <summary>Real runs and their labels: fixtures/sweeps/formulas.tsv.</summary>
public sealed class TrainedSweepTests
{
    [Fact]
    public void Every_trained_run_has_the_formula_on_record()
    {
        string[][] rows = [.. File.ReadAllLines(Fixtures.Sweeps("formulas.tsv")).Skip(1).Select(l => l.Split('\t'))];
        Assert.Equal(122, rows.Length);
        foreach (var file in rows.GroupBy(r => r[0]))
        {
            using SweepFile sweep = SweepFile.Open(Fixtures.Sweeps(file.Key), new SweepFileOptions());
            Assert.Equal(sweep.Instances, file.Count());
            foreach (string[] row in file)
            {
                int instance = int.Parse(row[1], CultureInfo.InvariantCulture);
                RunLabel label = LabelPipeline.Label(sweep.ReadConfiguration(instance), new LabelOptions());
                string found = string.Join('\t', file.Key, instance.ToString(CultureInfo.InvariantCulture), label.Learned.Count.ToString(CultureInfo.InvariantCulture), label.Rank.ToString(CultureInfo.InvariantCulture), label.Formula);
                Assert.Equal(string.Join('\t', row), found);
            }
        }
    }
}
