namespace Geometry.Training;

/// <summary>The parameters of a model after some number of steps.</summary>
/// <param name="Step">Finished steps; 0 is the start.</param>
/// <param name="Weights">The encoder B (tied: W), m×n row-major, hidden-first: entry (k, i) is at k·n + i.</param>
/// <param name="Decoder">The decoder A of an untied model, m×n row-major like the encoder; null for a tied one.</param>
/// <param name="Bias">b, length n; null for a model without one.</param>
public sealed record Checkpoint(int Step, float[] Weights, float[]? Decoder, float[]? Bias)
{
    /// <summary>
    /// Further arrays of a network: for a deep model, whose W1 is <see cref="Weights"/>, all others; for a component with a head, those of
    /// the head.
    /// </summary>
    public IReadOnlyList<float[]> Further { get; init; } = [];

    /// <summary>All arrays, in the order of <see cref="ModelShape.Blocks"/>.</summary>
    public IReadOnlyList<float[]> Arrays =>
        [Weights, .. Decoder is null ? Array.Empty<float[]>() : [Decoder], .. Bias is null ? Array.Empty<float[]>() : [Bias], .. Further];

    /// <summary>The checkpoint of arrays in the order of <see cref="ModelShape.Blocks"/>.</summary>
    /// <param name="model">The shape of the model.</param>
    /// <param name="step">Finished steps.</param>
    /// <param name="arrays">One per block.</param>
    public static Checkpoint Of(ModelShape model, int step, IReadOnlyList<float[]> arrays)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(arrays);
        bool component = model.Layers.Count == 0;
        int next = 1;
        float[]? decoder = component && !model.Tied ? arrays[next++] : null,
            bias = component && model.Bias ? arrays[next++] : null;
        return new Checkpoint(step, arrays[0], decoder, bias) { Further = [.. arrays.Skip(next)] };
    }
}

/// <summary>The result of a training run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Final">The parameters after the last step that was made.</param>
/// <param name="Checkpoints">The checkpoints in order of step, empty when none were asked for; for a run that did not fail, the last one is
/// the final state.</param>
/// <param name="Loss">The evaluation loss of the final parameters: mean over samples and features of I_i (x_i − x'_i)² on a fixed sample
/// that is the same for all seeds; NaN for a failed run.</param>
/// <param name="FailedAtStep">The first step (1-based count of steps) whose loss or parameters were NaN or infinite; null when none
/// was.</param>
public sealed record TrainedRun(TrainingRun Run, Checkpoint Final, IReadOnlyList<Checkpoint> Checkpoints, double Loss, int? FailedAtStep);
