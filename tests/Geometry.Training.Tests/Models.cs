namespace Geometry.Training.Tests;

/// <summary>Runs to test with.</summary>
internal static class Models
{
    internal static SparseData Uniform(int n, double density, FeatureGroups? groups = null) =>
        new([.. Enumerable.Repeat(density, n)], [.. Enumerable.Range(0, n).Select(i => Math.Pow(0.9, i))], groups ?? FeatureGroups.None);

    internal static TrainingPlan Plan(int batch = 256, int steps = 50, int checkpoints = 0, double rate = 3e-3) =>
        new(OptimizerKind.AdamW, rate, 0.01, 0, Schedule.Cosine, batch, steps, checkpoints);

    internal static ModelShape Tied(int n, int m, Activation activation = Activation.Relu) => new(n, m, activation, 30, true, true);

    internal static ModelShape Untied(int n, int m, Activation activation = Activation.Relu) => new(n, m, activation, 30, false, true);

    internal static FeatureGroups Pairs(GroupKind kind, int n) =>
        new(kind, [.. Enumerable.Range(0, n / 2).Select(g => (IReadOnlyList<int>)[2 * g, 2 * g + 1])]);
}
