using Geometry.Storage.Measures;

namespace Geometry.Reports.Training;

/// <summary>One run along its training.</summary>
/// <param name="Name">Which run: file, seed and swept parameters.</param>
/// <param name="Features">n.</param>
/// <param name="Points">Its checkpoints, by step.</param>
public sealed record TrainingCurve(string Name, int Features, IReadOnlyList<TrainingPoint> Points);

/// <summary>A checkpoint.</summary>
/// <param name="Step">Training step.</param>
/// <param name="Label">Its label.</param>
/// <param name="Formula">Its formula.</param>
/// <param name="Norms">‖w_i‖, length n.</param>
/// <param name="Dimensionalities">D_i, length n.</param>
public sealed record TrainingPoint(double Step, string Label, string Formula, IReadOnlyList<double> Norms, IReadOnlyList<double> Dimensionalities)
{
    /// <summary>What the measure <c>dynamics</c> says of it; null where the run was not measured.</summary>
    public DynamicsRow? Measured { get; init; }
}
