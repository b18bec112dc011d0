using System.Globalization;
using Geometry.Configurations;
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
                string found = string.Join(
                    '\t',
                    file.Key,
                    instance.ToString(CultureInfo.InvariantCulture),
                    label.Learned.Count.ToString(CultureInfo.InvariantCulture),
                    label.Rank.ToString(CultureInfo.InvariantCulture),
                    label.Formula
                );
                Assert.Equal(string.Join('\t', row), found);
            }
        }
    }

    /// <summary>
    /// tools/fixtures/verify_sweeps.py decided these runs without our code, from coordinates in the literature; each row has its reason.
    /// </summary>
    [Fact]
    public void Runs_verified_by_other_means_have_the_formula_found_there()
    {
        string[][] verified = [.. File.ReadAllLines(Fixtures.Sweeps("verified.tsv")).Skip(1).Select(l => l.Split('\t'))];
        Assert.Equal(114, verified.Length);
        foreach (var file in verified.GroupBy(r => r[0]))
        {
            using SweepFile sweep = SweepFile.Open(Fixtures.Sweeps(file.Key), new SweepFileOptions());
            Assert.All(file, row =>
            {
                int instance = int.Parse(row[1], CultureInfo.InvariantCulture);
                Assert.Equal(row[2], LabelPipeline.Label(sweep.ReadConfiguration(instance), new LabelOptions()).Formula);
            });
        }
    }

    /// <summary>The labels are the same on every route.</summary>
    [Fact]
    public void The_dimensions_of_trained_runs_add_up_to_their_rank()
    {
        foreach (string path in Directory.GetFiles(Fixtures.Sweeps(""), "*.npz").Order(StringComparer.Ordinal))
        {
            using SweepFile sweep = SweepFile.Open(path, new SweepFileOptions());
            for (int instance = 0; instance < sweep.Instances; instance++)
            {
                FeatureConfiguration w = sweep.ReadConfiguration(instance);
                foreach (SummandRoute route in Enum.GetValues<SummandRoute>())
                {
                    RunLabel label = LabelPipeline.Label(w, new LabelOptions { Route = route });
                    int sum = label.Summands.Sum(s => s.Dim),
                        most = Math.Min(w.Hidden, label.Learned.Count);
                    Assert.True(
                        sum == label.Rank && sum <= most,
                        $"{Path.GetFileName(path)} {instance} {route}: {label.Formula}, rank {label.Rank}, of {most}"
                    );
                }
            }
        }
    }
}
