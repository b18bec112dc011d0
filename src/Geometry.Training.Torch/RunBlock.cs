using System.Globalization;

namespace Geometry.Training.Torch;

/// <summary>
/// Blocks of runs that are trained in one set of tensors: they may differ only in density, importance, γ, learning rate, weight decay,
/// momentum and seed.
/// </summary>
internal static class RunBlock
{
    /// <summary>Most values of an activation tensor (runs × batch × widest axis) on a GPU: 256 MiB of float32 keep it busy.</summary>
    private const long MostOnGpu = 1L << 26;

    /// <summary>
    /// The same on a processor: 8 MiB. A step makes about eight such tensors, which then stay in the cache, and which the system's
    /// allocator serves from one heap without holes between mappings. Small blocks also finish sooner, and finished runs are stored.
    /// </summary>
    private const long MostOnProcessor = 1L << 21;

    /// <summary>Splits runs into blocks that keep the order of the runs; the first run's block comes first.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="onGpu">Whether they are trained on a GPU.</param>
    public static IEnumerable<TrainingRun[]> Split(IReadOnlyList<TrainingRun> runs, bool onGpu)
    {
        long most = onGpu ? MostOnGpu : MostOnProcessor;
        foreach (IGrouping<string, TrainingRun> alike in runs.GroupBy(Key, StringComparer.Ordinal))
        {
            TrainingRun first = alike.First();
            long each =
                (long)first.Plan.Batch
                * Math.Max(first.Model.Features, first.Model.IsNetwork ? new Engine.NetworkLinks(first.Model).Widest : first.Model.Hidden);
            foreach (TrainingRun[] block in alike.Chunk((int)Math.Clamp(most / each, 1, int.MaxValue)))
                yield return block;
        }
    }

    private static string Key(TrainingRun run)
    {
        (ModelShape model, TrainingPlan plan) = (run.Model, run.Plan);
        string layers = string.Join(' ', model.Layers.Select(l => $"{l.Outputs}{l.Activation}{l.Start}{l.Frozen}"));
        string head = model.Head is { } h
            ? $"{h.Classes} {h.Target} {string.Join(',', h.Features)} {string.Join(',', h.Listed ?? [])} {h.Alone}"
            : "";
        string pairs = model.Pairs is { } p
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{p.Task} {p.Normalised} {p.Power} {p.OnesWeight} {run.Data.Active} {string.Join(',', p.Pairs)}"
            )
            : "";
        string groups = $"{run.Data.Groups.Kind}:{string.Join(';', run.Data.Groups.Groups.Select(g => string.Join(',', g)))}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Features} {model.Hidden} {model.Activation} {model.Tied} {model.Bias} {plan.Optimizer} {plan.Schedule} "
                + $"{plan.Batch} {plan.Steps} {plan.Checkpoints} {plan.Spacing} {groups} {layers} {head} {pairs}"
        );
    }
}
