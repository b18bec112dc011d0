using Geometry.Measures;
using Geometry.Measures.Llc;

namespace Geometry.Training.Measures;

/// <summary>The local learning coefficient of a run (<see cref="LearningCoefficient"/>), on its data or in the sparse limit.</summary>
/// <remarks>
/// The loss is the squared error summed over features, as in n·L + λ ln n, not the trainer's mean over them. Columns after the fixed ones:
/// <c>step_bias</c>, the share by which ε raises λ̂; <c>initial_loss</c>, L₀; <c>loss</c>, <c>data</c> or <c>sparse-limit</c>. For a model
/// with layers or a head the loss is the trained one times the number of outputs, over all parameters, without a <c>fisher_rank</c>; every
/// matrix of the model has the same row.
/// </remarks>
/// <param name="options">How λ̂ is sampled.</param>
public sealed class LlcMeasure(LlcOptions options) : ITrainedMeasure
{
    /// <inheritdoc/>
    public string Name => "llc";

    /// <inheritdoc/>
    public string Description => "local learning coefficient, by sampling";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "llc",
        "llc_se",
        "verdict",
        "epsilon",
        "gamma",
        "nbeta",
        "chains",
        "draws",
        "ess",
        "rhat",
        "wbic",
        "fisher_rank",
        "step_bias",
        "initial_loss",
        "loss",
    ];

    /// <inheritdoc/>
    public string Settings => options.ToString();

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, RunOrigin? origin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunLoss loss = RunLoss.Of(run, origin, options);
        LlcEstimate found = LearningCoefficient.Estimate(loss.Loss, loss.Start, options, loss.Samples, (uint)run.Instance, cancellation);
        if (origin?.Run.Model.IsNetwork == true)
            return Row(found, double.NaN, "data");
        bool bias = origin?.Run.Model.Bias ?? run.Bias is not null;
        double rank = FisherInformation.Rank(
            run.Weights,
            run.Decoder,
            bias ? run.Bias ?? new double[run.Weights.Features] : null,
            loss.Inputs,
            loss.Slope
        );
        return Row(found, rank, loss.IsExact ? "sparse-limit" : "data");
    }

    private static MeasureResult Row(LlcEstimate found, double rank, string loss) =>
        MeasureResult.Row(
            found.Coefficient,
            found.StandardError,
            found.Verdict,
            found.Step.Epsilon,
            found.Step.Gamma,
            found.Step.Nbeta,
            found.Chains,
            found.Draws,
            found.EffectiveSamples,
            found.Rhat,
            found.Wbic,
            rank,
            found.StepBias,
            found.InitialLoss,
            loss
        );
}
