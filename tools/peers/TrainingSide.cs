using Geometry.Training;

namespace Geometry.Peers;

/// <summary>Steps of the training engine: tied ReLU models with bias, density 0.1, AdamW.</summary>
internal static class TrainingSide
{
    internal static Stopwatches Run(int n, int m, int batch, int runs, int steps, int threads, double seconds)
    {
        var model = new ModelShape(n, m, Activation.Relu, 1, true, true);
        var data = new SparseData([.. Enumerable.Repeat(0.1, n)], [.. Enumerable.Repeat(1.0, n)], FeatureGroups.None);
        var plan = new TrainingPlan(OptimizerKind.AdamW, 1e-3, 0.01, 0, Schedule.Constant, batch, steps, 0);
        TrainingRun[] sweep = [.. Enumerable.Range(0, runs).Select(r => new TrainingRun(r, r, model, data, plan))];
        var trainer = new CpuTrainer(threads);
        return Stopwatches.Of(() => trainer.Train(sweep, _ => { }, _ => { }, CancellationToken.None), seconds);
    }
}
