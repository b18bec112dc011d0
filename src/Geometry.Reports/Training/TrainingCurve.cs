using Geometry.Storage.Measures;

namespace Geometry.Reports.Training;

/// <summary>One run along its training.</summary>
/// <param name="Name">Which run: file, seed and swept parameters.</param>
/// <param name="Features">n.</param>
/// <param name="Points">Its checkpoints, by step.</param>
public sealed record TrainingCurve(string Name, int Features, IReadOnlyList<TrainingPoint> Points)
{
    /// <summary>Levels of the loss where theory has some: name k^{σ+,φ−} and E‖x − x'‖², by falling loss; else none.</summary>
    public IReadOnlyList<(string Name, double Loss)> Levels { get; init; } = [];
}

/// <summary>A checkpoint.</summary>
/// <param name="Step">Training step.</param>
/// <param name="Label">Its label.</param>
/// <param name="Formula">Its formula.</param>
/// <param name="Norms">‖w_i‖, length n.</param>
/// <param name="Dimensionalities">D_i, length n.</param>
public sealed record TrainingPoint(
    double Step,
    string Label,
    string Formula,
    IReadOnlyList<double> Norms,
    IReadOnlyList<double> Dimensionalities
)
{
    /// <summary>What the measure <c>dynamics</c> says of it; null where the run was not measured.</summary>
    public DynamicsRow? Measured { get; init; }

    /// <summary>E‖x − x'‖², exact, where its levels are known; else NaN.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Name of the k-gon at whose level it is; empty for none.</summary>
    public string Polygon { get; init; } = "";
}
