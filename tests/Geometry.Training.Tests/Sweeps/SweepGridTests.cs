using Geometry.Training.Specs;
using Geometry.Training.Sweeps;
using Xunit;

namespace Geometry.Training.Tests.Sweeps;

public class SweepGridTests
{
    private const string Spec = """
        model: { features: 4, hidden: [2, 3] }
        data: { density: [1, 0.1], importance: { last: [0.5, 2] }, groups: { correlated: [1, 2] } }
        train: { learning_rate: [0.1, 0.2], steps: 7 }
        seeds: [8, 9]
        """;

    [Fact]
    public void TheFirstAxisOfTheSchemaIsSlowestAndSeedsAreFastest()
    {
        var grid = new SweepGrid(SweepSpec.Parse(Spec));
        Assert.Equal((64, 32), (grid.Count, grid.Cells));
        var seen = Enumerable
            .Range(0, grid.Count)
            .Select(grid.Run)
            .Select(r => (r.Model.Hidden, r.Data.Density[0], r.Data.Importance[3], r.Data.Groups.Groups.Count, r.Plan.LearningRate, r.Seed))
            .ToArray();
        var expected =
            from hidden in new[] { 2, 3 }
            from density in new[] { 1, 0.1 }
            from last in new[] { 0.5, 2 }
            from groups in new[] { 4, 2 }
            from rate in new[] { 0.1, 0.2 }
            from seed in new[] { 8, 9 }
            select (hidden, density, last, groups, rate, seed);
        Assert.Equal(expected, seen);
        Assert.All(Enumerable.Range(0, grid.Count), i => Assert.Equal(i, grid.Run(i).Index));
    }

    [Fact]
    public void ParametersTellTheRunsApart()
    {
        var grid = new SweepGrid(SweepSpec.Parse(Spec));
        Assert.Equal(["density", "importance", "correlated", "learning_rate"], grid.Parameters.Select(p => p.Name));
        TrainingRun run = grid.Run(45);
        Assert.Equal(
            [run.Data.Density[0], run.Data.Importance[3], run.Data.Groups.Groups[0].Count, run.Plan.LearningRate],
            grid.Parameters.Select(p => grid.Value(p, 45))
        );
        Assert.Equal((4, run.Model.Hidden), grid.Shape(45));
    }

    [Fact]
    public void RunsShareTheirData()
    {
        var grid = new SweepGrid(SweepSpec.Parse(Spec));
        Assert.Same(grid.Run(0).Data, grid.Run(1).Data);
        Assert.Same(grid.Run(0).Plan, grid.Run(63 - 3).Plan);
    }

    [Fact]
    public void ThereIsNoRunBehindTheLast()
    {
        var grid = new SweepGrid(SweepSpec.Parse(Spec));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.Run(64));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.Run(-1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void ShardsShareTheRunsOutEvenly(int count)
    {
        var grid = new SweepGrid(SweepSpec.Parse(Spec));
        int[][] parts =
        [
            .. Enumerable.Range(1, count).Select(i => SweepChunk.Plan(grid, new Shard(i, count)).SelectMany(c => c.Runs).ToArray()),
        ];
        Assert.Equal(Enumerable.Range(0, 64), parts.SelectMany(p => p).Order());
        Assert.InRange(parts.Max(p => p.Length) - parts.Min(p => p.Length), 0, 1);
        for (int i = 0; i < count; i++)
            Assert.All(parts[i], run => Assert.True(new Shard(i + 1, count).Holds(run)));
    }

    [Fact]
    public void AFileHoldsOneShapeAndAtMost1024RunsInOrder()
    {
        var grid = new SweepGrid(SweepSpec.Parse("model: { features: 4, hidden: [2, 3] }\ndata: { density: 1 }\nseeds: 1500\n"));
        IReadOnlyList<SweepChunk> chunks = SweepChunk.Plan(grid, Shard.Whole);
        Assert.Equal([1024, 476, 1024, 476], chunks.Select(c => c.Runs.Count));
        Assert.Equal(["n4_m2_000000", "n4_m2_001024", "n4_m3_001500", "n4_m3_002524"], chunks.Select(c => c.Name));
        Assert.Equal(Enumerable.Range(0, 3000), chunks.SelectMany(c => c.Runs));
        Assert.All(chunks, c => Assert.All(c.Runs, r => Assert.Equal((c.Features, c.Hidden), grid.Shape(r))));
    }

    [Fact]
    public void LargeModelsHaveFewerRunsAFile()
    {
        var grid = new SweepGrid(
            SweepSpec.Parse("model: { features: 1000, hidden: 500 }\ndata: { density: 1 }\ntrain: { checkpoints: 9 }\nseeds: 10\n")
        );
        Assert.All(SweepChunk.Plan(grid, Shard.Whole), c => Assert.InRange(c.Runs.Count * (1000L * 500 * 4 * 10), 0, 64 << 20));
    }

    [Theory]
    [InlineData("1/4", true)]
    [InlineData("4/4", true)]
    [InlineData("0/4", false)]
    [InlineData("5/4", false)]
    [InlineData("1", false)]
    [InlineData("-1/4", false)]
    [InlineData("1/4/2", false)]
    [InlineData("a/b", false)]
    public void ShardsAreCountedFromOne(string text, bool valid)
    {
        Shard? shard = Shard.TryParse(text);
        Assert.Equal(valid ? text : null, shard?.ToString());
    }
}
