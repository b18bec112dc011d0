using Geometry.Configurations;
using Geometry.Training;

namespace Geometry.Recovery;

/// <summary>
/// Toy models trained on dense data, where nothing rewards superposition: W is a tight frame that the start decides, or gives an axis to
/// each of the most important features.
/// </summary>
internal static class DenseModels
{
    public const int Steps = 4000;

    /// <summary>n, m, and the decay of the importance from feature to feature (1: equal).</summary>
    public static readonly (int N, int M, double Decay)[] Sizes =
    [
        (3, 2, 1),
        (4, 3, 1),
        (5, 2, 1),
        (5, 3, 1),
        (5, 4, 1),
        (6, 4, 1),
        (7, 6, 1),
        (8, 3, 1),
        (9, 8, 1),
        (13, 12, 1),
        (14, 6, 1),
        (20, 10, 1),
        (40, 12, 1),
        (3, 2, 0.9),
        (4, 3, 0.95),
        (5, 2, 0.9),
        (5, 4, 0.95),
        (8, 3, 0.9),
        (9, 8, 0.97),
        (14, 6, 0.9),
        (20, 5, 0.7),
        (40, 12, 0.95),
    ];

    public static FeatureConfiguration[] Train(int n, int m, double decay, int seeds, int seed)
    {
        var model = new ModelShape(n, m, Activation.Relu, 1, true, true);
        var data = new SparseData(
            [.. Enumerable.Repeat(1.0, n)],
            [.. Enumerable.Range(0, n).Select(i => Math.Pow(decay, i))],
            FeatureGroups.None
        );
        var plan = new TrainingPlan(OptimizerKind.AdamW, 3e-3, 0.01, 0, Schedule.Cosine, 1024, Steps, 0);
        var trained = new FeatureConfiguration[seeds];
        TrainingRun[] runs = [.. Enumerable.Range(0, seeds).Select(r => new TrainingRun(r, seed, model, data, plan))];
        new CpuTrainer().Train(
            runs,
            run =>
            {
                double[] columns = new double[n * m];
                for (int k = 0; k < m; k++)
                {
                    for (int i = 0; i < n; i++)
                        columns[i * m + k] = run.Final.Weights[k * n + i];
                }
                trained[run.Run.Index] = new FeatureConfiguration(m, n, columns);
            },
            _ => { },
            CancellationToken.None
        );
        return trained;
    }
}
