using System.Numerics;

namespace Geometry.Storage.Results;

/// <summary>One row of <c>runs</c>.</summary>
public sealed record StoredRun
{
    /// <summary>Index into <see cref="ResultsReader.Inputs"/>.</summary>
    public required int Input { get; init; }

    /// <summary>Index of the run in its source.</summary>
    public required int Instance { get; init; }

    /// <summary>n.</summary>
    public required int Features { get; init; }

    /// <summary>m.</summary>
    public required int Hidden { get; init; }

    /// <summary>S.</summary>
    public ParameterValue Sparsity { get; init; } = ParameterValue.Empty;

    /// <summary>The importance, where it is one number.</summary>
    public ParameterValue Importance { get; init; } = ParameterValue.Empty;

    /// <summary>The seed.</summary>
    public ParameterValue Seed { get; init; } = ParameterValue.Empty;

    /// <summary>The loss; NaN when unknown.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Number of learned features.</summary>
    public int Learned { get; init; }

    /// <summary>Rank of the learned columns.</summary>
    public int Rank { get; init; }

    /// <summary>D* = m / ‖W‖_F²; +∞ for W = 0.</summary>
    public double DimsPerFeature { get; init; } = double.NaN;

    /// <summary>0 for a tight frame; NaN for W = 0.</summary>
    public double FrameDefect { get; init; } = double.NaN;

    /// <summary>The label.</summary>
    public required string Label { get; init; }

    /// <summary>The formula; empty when nothing is learned.</summary>
    public required string Formula { get; init; }

    /// <summary>Largest residual over the summands, degrees; NaN for none.</summary>
    public double MaxResidualDegrees { get; init; } = double.NaN;

    /// <summary>Largest |cos| between two summands; NaN with fewer than two.</summary>
    public double OrthogonalityDefect { get; init; } = double.NaN;

    /// <summary>Which route found the summands: blocks, planes or both; empty when nothing is learned.</summary>
    public string DecidedBy { get; init; } = "";

    /// <summary>Estimated standard deviation of the noise per coordinate of a unit column; NaN where unknown.</summary>
    public double NoiseScale { get; init; } = double.NaN;

    /// <summary>Key of the weight array, where the matrices of a file were labelled one by one; else null.</summary>
    public string? Weights { get; init; }

    /// <summary>Values of <see cref="ResultsReader.FurtherParameters"/>.</summary>
    public IReadOnlyList<ParameterValue> Further { get; init; } = [];
}

/// <summary>One row of <c>summands</c>.</summary>
/// <param name="Input">Index into <see cref="ResultsReader.Inputs"/>.</param>
/// <param name="Instance">Index of the run in its source.</param>
/// <param name="Index">Its place in the formula's order.</param>
/// <param name="Dim">dim V_S.</param>
/// <param name="Shape">Name of the shape, or irregular(dim,count).</param>
/// <param name="Features">Its features, ascending.</param>
/// <param name="ResidualDegrees">Residual against the nearest shape, degrees; NaN for none.</param>
/// <param name="PValue">Probability that random directions come as close; NaN for none.</param>
public sealed record StoredSummand(
    int Input,
    int Instance,
    int Index,
    int Dim,
    string Shape,
    IReadOnlyList<int> Features,
    double ResidualDegrees,
    double PValue
)
{
    /// <summary>Number of distinct directions, 1 … number of features.</summary>
    public int Directions { get; init; } = Features.Count;

    /// <summary>What the directions look like; null for a summand with a name.</summary>
    public StoredDescription? Description { get; init; }
}

/// <summary>The columns of table <c>summands</c> that describe a summand without a name.</summary>
/// <param name="Angles">Distinct angles as angle×pairs, degrees, joined by spaces; empty where the angles fall into no distinct
/// classes.</param>
/// <param name="Antipodal">Whether every direction has its opposite.</param>
/// <param name="Tight">Whether the directions are a tight frame.</param>
/// <param name="Design">Largest t for which they are a spherical t-design.</param>
/// <param name="Symmetries">Order of the symmetry group; null where unknown.</param>
/// <param name="Orbits">Orbits of directions under it; null where unknown.</param>
public sealed record StoredDescription(string Angles, bool Antipodal, bool Tight, int Design, BigInteger? Symmetries, int? Orbits);

/// <summary>One row of <c>features</c>.</summary>
/// <param name="Input">Index into <see cref="ResultsReader.Inputs"/>.</param>
/// <param name="Instance">Index of the run in its source.</param>
/// <param name="Feature">Index of the feature.</param>
/// <param name="Norm">‖w_i‖.</param>
/// <param name="Dimensionality">D_i; NaN when unknown.</param>
/// <param name="Summand">Index of the summand that it is in; −1 for an unlearned feature.</param>
/// <param name="Direction">Index of its direction within the summand; −1 for an unlearned feature.</param>
public readonly record struct StoredFeature(
    int Input,
    int Instance,
    int Feature,
    double Norm,
    double Dimensionality,
    int Summand,
    int Direction
);
