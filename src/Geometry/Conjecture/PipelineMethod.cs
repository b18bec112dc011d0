using Geometry.Configurations;
using Geometry.Labels;

namespace Geometry.Conjecture;

/// <summary>
/// The method of <c>label</c>: <see cref="LabelPipeline"/> with its default options, without the dimensions of the summands.
/// </summary>
public sealed class PipelineMethod : IRecoveryMethod
{
    /// <inheritdoc/>
    public string Name => "pipeline";

    /// <inheritdoc/>
    public RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        RunLabel label = LabelPipeline.Label(configuration, new LabelOptions());
        int[] summand = new int[configuration.Features];
        Array.Fill(summand, -1);
        for (int s = 0; s < label.Summands.Count; s++)
        {
            foreach (int f in label.Summands[s].Features)
                summand[f] = s;
        }
        return new RecoveredSum(summand, label.Formula);
    }
}
