using System.Globalization;

namespace Geometry.Training.Torch;

/// <summary>Runs that fit in one set of tensors: equal in everything but density, importance, γ, learning rate, weight decay, momentum and seed.</summary>
internal static class RunBlock
{
    /// <summary>Largest number of values in one activation tensor (runs × batch × widest axis): 256 MiB of float32.</summary>
    private const long MostValues = 1L << 26;

    /// <summary>Splits runs into blocks, each in order of the runs; the first run's block comes first.</summary>
    public static IEnumerable<TrainingRun[]> Split(IReadOnlyList<TrainingRun> runs)
    {
        foreach (IGrouping<string, TrainingRun> alike in runs.GroupBy(Key, StringComparer.Ordinal))
        {
            TrainingRun first = alike.First();
            long each = (long)first.Plan.Batch * Math.Max(first.Model.Features, first.Model.Hidden);
            foreach (TrainingRun[] block in alike.Chunk((int)Math.Clamp(MostValues / each, 1, int.MaxValue))) yield return block;
        }
    }

    private static string Key(TrainingRun run)
    {
        (ModelShape model, TrainingPlan plan) = (run.Model, run.Plan);
        string groups = $"{run.Data.Groups.Kind}:{string.Join(';', run.Data.Groups.Groups.Select(g => string.Join(',', g)))}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{model.Features} {model.Hidden} {model.Activation} {model.Tied} {model.Bias} {plan.Optimizer} {plan.Schedule} {plan.Batch} {plan.Steps} {plan.Checkpoints} {groups}");
    }
}
