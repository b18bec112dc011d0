namespace Geometry.Synthesis;

/// <summary>Where the perturbation of a synthetic direct sum lives.</summary>
public enum NoiseIn
{
    /// <summary>Each summand is perturbed inside its own subspace, before the sum.</summary>
    Summand,

    /// <summary>All m coordinates are perturbed, after the sum.</summary>
    Ambient,
}

/// <summary>How a synthetic direct sum is made; every value is checked where it is used.</summary>
public sealed record SyntheticOptions
{
    /// <summary>Standard deviation of the Gaussian noise per coordinate, in units of a summand's unit vectors, ≥ 0.</summary>
    public double Sigma { get; init; }

    /// <summary>Which coordinates the noise fills.</summary>
    public NoiseIn NoiseIn { get; init; } = NoiseIn.Ambient;

    /// <summary>m; null: the sum of the summands' dimensions.</summary>
    public int? Hidden { get; init; }

    /// <summary>n; null: the sum of the summands' counts. Features beyond those are unlearned: their norms stay below 0.3.</summary>
    public int? Features { get; init; }

    /// <summary>Norms are uniform on [1 − spread, 1 + spread], spread in [0, 0.5).</summary>
    public double NormSpread { get; init; }

    /// <summary>
    /// Angle between any two summands' subspaces, degrees in (0, 90]; 90 is the orthogonal sum. The i-th axes of all summands that have one
    /// stand pairwise at this angle, axes of different number are orthogonal: every principal angle of two summands is this one or 90°.
    /// </summary>
    public double ObliqueDegrees { get; init; } = 90;

    /// <summary>Seed of the sequence of configurations.</summary>
    public int Seed { get; init; }
}
