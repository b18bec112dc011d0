using System.Security.Cryptography;
using Geometry.Training;

namespace Geometry.TrainingBench;

/// <summary>The sweeps that are timed: tied ReLU models with bias, importance 1, AdamW, batch 1024, as in the published notebook.</summary>
internal static class Sweeps
{
    /// <summary>Densities log-spaced from 1 to 0.05, one a run.</summary>
    internal static Func<int, TrainingRun[]> LogSpaced(int n, int m, int runs) =>
        steps => [.. Enumerable.Range(0, runs).Select(r => Run(r, n, m, Math.Pow(0.05, r / (runs - 1.0)), steps))];

    /// <summary>One density, as many runs as threads.</summary>
    internal static Func<int, TrainingRun[]> AtDensity(int n, int m, double density, int runs) =>
        steps => [.. Enumerable.Range(0, runs).Select(r => Run(r, n, m, density, steps))];

    /// <summary>
    /// Untied models at density 1, a run a thread: components, or the same function as a network of two layers, whose hidden bias is
    /// trained as well.
    /// </summary>
    internal static Func<int, TrainingRun[]> Untied(int n, int m, int runs, bool layers) =>
        steps =>
            [
                .. Enumerable
                    .Range(0, runs)
                    .Select(r => new TrainingRun(
                        r,
                        0,
                        new ModelShape(n, m, Activation.Relu, 1, false, true)
                        {
                            Layers = layers ? [new DenseLayer(n, m, Activation.Linear), new DenseLayer(m, n, Activation.Relu)] : [],
                        },
                        Data(n, 1),
                        Plan(steps)
                    )),
            ];

    /// <summary>A hash of all weights of a small mixed sweep: the same on every machine, thread count and vector width.</summary>
    internal static string Hash(int threads)
    {
        TrainingRun[] runs =
        [
            .. LogSpaced(5, 2, 6)(400),
            .. LogSpaced(20, 5, 4)(100).Select(r => r with { }),
            .. LogSpaced(200, 20, 2)(12),
            new(3, 1, new ModelShape(6, 3, Activation.Swish, 30, false, true), Data(6, 0.2), Plan(100)),
        ];
        var weights = new byte[runs.Length][];
        int Position(TrainingRun run) => Array.FindIndex(runs, r => ReferenceEquals(r, run));
        new CpuTrainer(threads).Train(
            runs,
            done =>
                weights[Position(done.Run)] = System.Runtime.InteropServices.MemoryMarshal.AsBytes(done.Final.Weights.AsSpan()).ToArray(),
            _ => { },
            CancellationToken.None
        );
        return Convert.ToHexString(SHA256.HashData([.. weights.SelectMany(w => w)]));
    }

    private static TrainingRun Run(int index, int n, int m, double density, int steps) =>
        new(index, 0, new ModelShape(n, m, Activation.Relu, 1, true, true), Data(n, density), Plan(steps));

    private static SparseData Data(int n, double density) =>
        new([.. Enumerable.Repeat(density, n)], [.. Enumerable.Repeat(1.0, n)], FeatureGroups.None);

    private static TrainingPlan Plan(int steps) => new(OptimizerKind.AdamW, 1e-3, 0.01, 0, Schedule.Constant, 1024, steps, 0);
}
