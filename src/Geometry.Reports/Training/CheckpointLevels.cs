using Geometry.Configurations;
using Geometry.Theory;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Reports.Training;

/// <summary>
/// The levels of k-gons for the checkpoints of a sweep of tied ReLU models with bias, two hidden dimensions, one active feature per sample
/// and importances 1.
/// </summary>
public sealed class CheckpointLevels
{
    private readonly Dictionary<int, PolygonLevels> _levels = [];

    private CheckpointLevels() { }

    /// <summary>The levels; null where the spec is missing or describes another set-up.</summary>
    /// <param name="spec">The text of sweep.yaml; null for none.</param>
    public static CheckpointLevels? Of(string? spec)
    {
        try
        {
            return spec is not null && Covers(SweepSpec.Parse(spec)) ? new CheckpointLevels() : null;
        }
        catch (SpecException)
        {
            return null;
        }
    }

    /// <summary>The levels of n features; null where there are none.</summary>
    public PolygonLevels? For(int features)
    {
        if (features is < PolygonCriticalPoints.FewestFeatures or > PolygonLevels.MostFeatures)
            return null;
        if (!_levels.TryGetValue(features, out PolygonLevels? levels))
            _levels.Add(features, levels = new PolygonLevels(features));
        return levels;
    }

    /// <summary>
    /// The loss of a checkpoint, a sum over the features, and the k-gon at whose level it is; NaN and null where there are no levels.
    /// </summary>
    internal (double Loss, PolygonPoint? Point) Place(FeatureConfiguration weights, double[]? bias)
    {
        if (For(weights.Features) is not { } levels || weights.Hidden != 2 || bias is null || !bias.All(double.IsFinite))
            return (double.NaN, null);
        double loss = levels.Loss(weights, bias);
        return (loss, levels.Nearest(loss));
    }

    private static bool Covers(SweepSpec spec)
    {
        bool oneActive =
            spec.Groups is { Kind: GroupKind.Anticorrelated } groups
            && spec.Features.Values.All(n =>
                groups.Size is { Count: 1 } size ? size.Values[0] == n : groups.Listed is [var all] && all.Count == n
            );
        bool dense = spec.Density.Uniform is { Count: 1 } density && density.Values[0] == (spec.Density.AsSparsity ? 0 : 1);
        bool equal = spec.Importance is { Form: ImportanceForm.Uniform, Value: { Count: 1 } importance } && importance.Values[0] == 1;
        return !spec.IsNetwork
            && oneActive
            && dense
            && equal
            && spec is { Activation: Activation.Relu, Tied: true, Bias: true, Hidden.Values: [2] };
    }
}
