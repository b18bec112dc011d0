using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Measures.Llc;
using Geometry.Training.Engine;

namespace Geometry.Training.Measures;

/// <summary>A run along its checkpoints: label, loss, D_i, events between checkpoints, and λ̂.</summary>
/// <remarks>
/// One row per checkpoint. <c>loss</c> is the evaluation loss, in the unit of labels.csv. <c>dimensionalities</c>: D_i of every feature,
/// joined by spaces. <c>events</c>: changes since the checkpoint before (<see cref="TrainingEvents"/>). <c>llc</c>, <c>llc_se</c>,
/// <c>llc_verdict</c>: as in the measure llc, at the checkpoint; before the run has settled the verdict is mostly <c>left the basin</c>.
/// Without checkpoints there are no rows. For a model with layers the labels are those of the labelled matrix; the loss and λ̂ are those of
/// the whole model.
/// </remarks>
/// <param name="options">How λ̂ is sampled; with zero draws it is left out.</param>
public sealed class DynamicsMeasure(LlcOptions options) : ITrainedMeasure
{
    /// <summary>Default numbers of steps and draws at a checkpoint; they are small, because a run has dozens of checkpoints.</summary>
    public static LlcOptions Standard { get; } =
        new()
        {
            BurnIn = 500,
            Draws = 1000,
            Samples = 2000,
        };

    /// <inheritdoc/>
    public string Name => "dynamics";

    /// <inheritdoc/>
    public string Description => "labels, losses and learning coefficients along checkpoints";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "step",
        "loss",
        "label",
        "formula",
        "learned",
        "rank",
        "dims_per_feature",
        "dimensionalities",
        "events",
        "llc",
        "llc_se",
        "llc_verdict",
    ];

    /// <inheritdoc/>
    public bool HasOneRow => false;

    /// <inheritdoc/>
    public bool WantsCheckpoints => true;

    /// <inheritdoc/>
    public string Settings => options.ToString();

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, RunOrigin? origin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (origin is null || origin.Checkpoints.Count == 0)
            throw new UnsupportedRunException(
                "no checkpoints; expected a run of a sweep with train.checkpoints above 0, labelled where it was trained"
            );
        var rows = new List<MeasureCell[]>();
        TrainingMoment? before = null;
        foreach (Checkpoint checkpoint in origin.Checkpoints)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!IsFinite(checkpoint))
                break;
            TrainingMoment now = Moment(run, origin, checkpoint);
            rows.Add([
                now.Step,
                now.Loss,
                now.Label.Label,
                now.Label.Formula,
                now.Label.Learned.Count,
                now.Label.Rank,
                now.Label.DimsPerFeature,
                string.Join(' ', now.Label.Dimensionalities.Select(d => d.ToString("0.####", CultureInfo.InvariantCulture))),
                string.Join("; ", TrainingEvents.Between(before, now)),
                .. Coefficient(run, origin, checkpoint, cancellation),
            ]);
            before = now;
        }
        return new MeasureResult(rows);
    }

    private static bool IsFinite(Checkpoint checkpoint) => checkpoint.Arrays.All(a => a.All(float.IsFinite));

    private static TrainingMoment Moment(MeasuredRun run, RunOrigin origin, Checkpoint checkpoint) =>
        new(
            checkpoint.Step,
            Evaluation.Loss(origin.Run.Model, origin.Run.Data, checkpoint),
            LabelPipeline.Label(Labelled(checkpoint, run, origin), new LabelOptions())
        );

    private MeasureCell[] Coefficient(MeasuredRun run, RunOrigin origin, Checkpoint checkpoint, CancellationToken cancellation)
    {
        if (options.Draws == 0)
            return [MeasureCell.Empty, MeasureCell.Empty, MeasureCell.Empty];
        MeasuredRun then = origin.Run.Model.IsNetwork
            ? run
            : run with
            {
                Weights = Configuration(checkpoint.Weights, run),
                Decoder = checkpoint.Decoder is { } decoder ? Configuration(decoder, run) : null,
                Bias = checkpoint.Bias is { } bias ? [.. bias.Select(b => (double)b)] : null,
            };
        RunLoss loss = RunLoss.Of(then, origin with { Final = checkpoint }, options);
        LlcEstimate found = LearningCoefficient.Estimate(loss.Loss, loss.Start, options, loss.Samples, (uint)run.Instance, cancellation);
        return [found.Coefficient, found.StandardError, found.Verdict];
    }

    /// <summary>
    /// The labelled matrix of a model with layers: as it is stored, outputs×inputs, or its transpose where the features are its outputs.
    /// </summary>
    private static FeatureConfiguration Labelled(Checkpoint checkpoint, MeasuredRun run, RunOrigin origin)
    {
        if (origin.Run.Model.Layers.Count == 0)
            return Configuration(checkpoint.Weights, run);
        if (origin.Matrix is null)
            throw new UnsupportedRunException(
                "the labels do not say of which matrix of the model they are; label its folder with --weights all"
            );
        IReadOnlyList<ParameterBlock> blocks = origin.Run.Model.Blocks;
        int k = Enumerable.Range(0, blocks.Count).FirstOrDefault(i => blocks[i].Name == origin.Matrix && !blocks[i].IsVector, -1);
        if (k < 0)
            throw new UnsupportedRunException(
                $"the model has no matrix {origin.Matrix}; expected one of "
                    + $"{string.Join(", ", blocks.Where(b => !b.IsVector).Select(b => b.Name))}"
            );
        if ((blocks[k].Rows, blocks[k].Columns) == (run.Weights.Hidden, run.Weights.Features))
            return Configuration(checkpoint.Arrays[k], run);
        return new FeatureConfiguration(run.Weights.Hidden, run.Weights.Features, [.. checkpoint.Arrays[k].Select(v => (double)v)]);
    }

    /// <summary>m×n row-major → columns.</summary>
    private static FeatureConfiguration Configuration(float[] rows, MeasuredRun run)
    {
        int n = run.Weights.Features,
            m = run.Weights.Hidden;
        return new FeatureConfiguration(
            m,
            n,
            [.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(0, m).Select(k => (double)rows[(k * n) + i]))]
        );
    }
}

/// <summary>The state at a checkpoint, in which events are found.</summary>
/// <param name="Step">Number of finished steps.</param>
/// <param name="Loss">Evaluation loss.</param>
/// <param name="Label">Its label.</param>
internal sealed record TrainingMoment(int Step, double Loss, RunLabel Label);
