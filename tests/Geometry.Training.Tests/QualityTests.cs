using Geometry.Training.Engine;
using Xunit;

namespace Geometry.Training.Tests;

public sealed record PosterRun(double Density, int Seed, float[] Weights, float[] Bias);

/// <summary>The poster sweep reaches the losses that PyTorch reaches: best of three seeds, both evaluated on the same sample.</summary>
public class QualityTests
{
    [Fact]
    public void BestOfSeedsIsAsGoodAsPyTorchs()
    {
        PosterRun[] references = Fixture.Read<PosterRun>("poster.json");
        ModelShape model = Models.Tied(5, 2);
        var plan = new TrainingPlan(OptimizerKind.AdamW, 3e-3, 0.01, 0, Schedule.Cosine, 1024, 6000, 0);
        TrainingRun[] runs = [.. references.Select((r, i) => new TrainingRun(i, r.Seed, model, Models.Uniform(5, r.Density), plan))];
        var losses = new double[runs.Length];
        new CpuTrainer().Train(runs, done => losses[done.Run.Index] = done.Loss, _ => { }, CancellationToken.None);
        double[] logs =
        [
            .. Enumerable
                .Range(0, runs.Length)
                .GroupBy(i => references[i].Density)
                .Select(cell =>
                    Math.Log(
                        cell.Min(i => losses[i])
                            / cell.Min(i =>
                                Evaluation.Loss(model, runs[i].Data, new Checkpoint(0, references[i].Weights, null, references[i].Bias))
                            )
                    )
                ),
        ];
        Assert.Equal(13, logs.Length);
        Assert.InRange(Math.Exp(logs.Average()), 0.8, 1.05);
    }
}
