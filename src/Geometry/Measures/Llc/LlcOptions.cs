namespace Geometry.Measures.Llc;

/// <summary>Options of the sampling of learning coefficients, with the names of devinterp.</summary>
public sealed record LlcOptions
{
    /// <summary>nβ for a loss without data.</summary>
    public const double ExactNbeta = 1e7;

    /// <summary>nβ, &gt; 0; null for n/ln n of the samples, or <see cref="ExactNbeta"/> on a loss without samples.</summary>
    public double? Nbeta { get; init; }

    /// <summary>ε &gt; 0; null to choose it by the curvature, with the bias <see cref="TargetBias"/>.</summary>
    public double? Epsilon { get; init; }

    /// <summary>γ ≥ 0; null to choose it by the curvature, small enough not to hide curved or singular directions.</summary>
    public double? Localisation { get; init; }

    /// <summary>Number of chains, ≥ 2.</summary>
    public int Chains { get; init; } = 8;

    /// <summary>Number of steps of each chain before its first draw.</summary>
    public int BurnIn { get; init; } = 2000;

    /// <summary>Number of draws of each chain, one per step.</summary>
    public int Draws { get; init; } = 8000;

    /// <summary>n, the number of samples for runs with data, ≥ 3.</summary>
    public int Samples { get; init; } = 5000;

    /// <summary>Number of samples in the batch of each step; null for all samples, which adds no noise.</summary>
    public int? Batch { get; init; }

    /// <summary>Whether to use the exact loss of the sparse limit even where the data are known.</summary>
    public bool SparseLimit { get; init; }

    /// <summary>Seed of data and noise.</summary>
    public int Seed { get; init; }

    /// <summary>Step bias for which ε is chosen.</summary>
    public const double TargetBias = 0.015;
}
