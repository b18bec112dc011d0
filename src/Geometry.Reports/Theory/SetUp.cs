using Geometry.Storage.Results;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Reports.Theory;

/// <summary>What theory needs to know of a run: its size and its data.</summary>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Density">p.</param>
/// <param name="Importance">The number of the spec's rule of importance; NaN where the rule needs none.</param>
internal readonly record struct SetUp(int Features, int Hidden, double Density, double Importance)
{
    /// <summary>The set-up of a labelled run.</summary>
    public static SetUp Of(StoredRun run) => new(run.Features, run.Hidden, 1 - run.Sparsity.Number, run.Importance.Number);

    /// <summary>The importances, or null where they are not known or some are 0.</summary>
    public double[]? Importances(SweepSpec spec)
    {
        if (spec.Importance.Value is not null && double.IsNaN(Importance))
            return null;
        if (spec.Importance.Listed is { } listed && listed.Count != Features)
            return null;
        double[] importances = spec.Importance.Importances(Importance, Features);
        return importances.All(i => i > 0 && double.IsFinite(i)) ? importances : null;
    }

    /// <summary>Whether exactly one feature is active in every sample.</summary>
    public bool IsOneActive(SweepSpec spec)
    {
        GroupRule groups = spec.Groups;
        bool all = groups.Size is { Count: 1 } size ? size.Values[0] == Features : groups.Listed is [var only] && only.Count == Features;
        return groups.Kind == GroupKind.Anticorrelated && all && Density == 1;
    }
}
