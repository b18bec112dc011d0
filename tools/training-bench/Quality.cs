using System.Globalization;
using System.Text.Json;
using Geometry.Training;
using Geometry.Training.Engine;

namespace Geometry.TrainingBench;

/// <summary>
/// The poster sweep (n=5, m=2, I=0.9^i, AdamW 3e-3 with a cosine, 6000 steps, batch 1024) by this engine, beside weights that PyTorch
/// trained; both are evaluated here, on the same sample, and the best of each cell's seeds are compared.
/// </summary>
internal static class Quality
{
    private static readonly JsonSerializerOptions s_format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Reference(double Density, int Seed, float[] Weights, float[] Bias);

    /// <summary>Prints a line a cell: density, seeds, both best losses and their ratio; then the geometric mean.</summary>
    internal static void Compare(string file, int threads)
    {
        Reference[] references = JsonSerializer.Deserialize<Reference[]>(File.ReadAllText(file), s_format)!;
        var model = new ModelShape(5, 2, Activation.Relu, 1, true, true);
        double[] importance = [.. Enumerable.Range(0, 5).Select(i => Math.Pow(0.9, i))];
        var plan = new TrainingPlan(OptimizerKind.AdamW, 3e-3, 0.01, 0, Schedule.Cosine, 1024, 6000, 0);
        TrainingRun[] runs =
        [
            .. references.Select(
                (r, i) =>
                    new TrainingRun(
                        i,
                        r.Seed,
                        model,
                        new SparseData([.. Enumerable.Repeat(r.Density, 5)], importance, FeatureGroups.None),
                        plan
                    )
            ),
        ];
        var losses = new double[runs.Length];
        new CpuTrainer(threads).Train(runs, done => losses[done.Run.Index] = done.Loss, _ => { }, CancellationToken.None);
        var logs = new List<double>();
        foreach (IGrouping<double, int> cell in Enumerable.Range(0, runs.Length).GroupBy(i => references[i].Density))
        {
            double ours = cell.Min(i => losses[i]);
            double theirs = cell.Min(i =>
                Evaluation.Loss(model, runs[i].Data, new Checkpoint(0, references[i].Weights, null, references[i].Bias))
            );
            logs.Add(Math.Log(ours / theirs));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"quality\t{cell.Key:F4}\t{cell.Count()}\t{ours:E4}\t{theirs:E4}\t{ours / theirs:F4}"
                )
            );
        }
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"geometric mean of engine / PyTorch: {Math.Exp(logs.Average()):F4}")
        );
    }
}
