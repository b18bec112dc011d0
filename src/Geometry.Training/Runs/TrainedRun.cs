namespace Geometry.Training;

/// <summary>The parameters of a model after some number of steps.</summary>
/// <param name="Step">Finished steps; 0 is the start.</param>
/// <param name="Weights">The encoder B (tied: W), m×n row-major, hidden-first: entry (k, i) is at k·n + i.</param>
/// <param name="Decoder">The decoder A of an untied model, m×n row-major like the encoder; null for a tied one.</param>
/// <param name="Bias">b, length n; null for a model without one.</param>
public sealed record Checkpoint(int Step, float[] Weights, float[]? Decoder, float[]? Bias);

/// <summary>What came of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Final">The parameters after the last step that was made.</param>
/// <param name="Checkpoints">The checkpoints in order of step, empty when none were asked for; the last one is the final state
/// of a run that did not fail.</param>
/// <param name="Loss">The evaluation loss of the final parameters: mean over samples and features of I_i (x_i − x'_i)² on a fixed sample
/// that is the same for all seeds; NaN for a failed run.</param>
/// <param name="FailedAtStep">The first step (1-based count of steps) whose loss or parameters were NaN or infinite; null when none was.</param>
public sealed record TrainedRun(TrainingRun Run, Checkpoint Final, IReadOnlyList<Checkpoint> Checkpoints, double Loss, int? FailedAtStep);
