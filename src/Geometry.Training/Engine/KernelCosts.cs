using Geometry.Training.Data;

namespace Geometry.Training.Engine;

/// <summary>
/// The cost of a step with each kernel, in processor cycles of the machine where the constants were fitted (tools/training-bench prints
/// them). Only their ratio decides, so the decision follows from the run alone.
/// </summary>
internal static class KernelCosts
{
    /// <summary>Through the hidden layer: 5nm multiply-adds and n random numbers per sample that is not empty.</summary>
    internal static double Packed(TrainingRun run, SampleLaw law, bool packed)
    {
        double n = run.Model.Features,
            m = run.Model.Hidden;
        return run.Plan.Batch * (packed ? law.Occupied : 1) * (5 * n * m * 1.2 + n * 36) / 16;
    }

    /// <summary>Forward and backward through the layers of a network.</summary>
    internal static double Network(TrainingRun run, SampleLaw law, bool packed) =>
        run.Plan.Batch * (packed ? law.Occupied : 1) * ((new NetworkLinks(run.Model).Work * 1.2) + (run.Model.Features * 36.0)) / 16;

    /// <summary>
    /// By active entries: a row of n forward and backward per entry, and the activation of n outputs per sample that is not empty.
    /// </summary>
    internal static double Sparse(TrainingRun run, SampleLaw law)
    {
        double vectors = Math.Ceiling(run.Model.Features / 16.0);
        return run.Plan.Batch * (law.Occupied * (vectors * 4 + 40) + law.MeanActive * (vectors * 9 + 20));
    }

    /// <summary>M = BᵀA and its gradient, once per chunk.</summary>
    internal static double SparseChunk(ModelShape model)
    {
        double n = model.Features,
            m = model.Hidden;
        return 3 * n * Math.Max(64, n) * m * 2.5 / 16;
    }
}
