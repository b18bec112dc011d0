namespace Geometry.Measures.Llc;

/// <summary>How learning coefficients are sampled; names as in devinterp.</summary>
public sealed record LlcOptions
{
    /// <summary>nβ without data.</summary>
    public const double ExactNbeta = 1e7;

    /// <summary>nβ, &gt; 0; null for n/ln n of the samples, or <see cref="ExactNbeta"/> on a loss without samples.</summary>
    public double? Nbeta { get; init; }

    /// <summary>ε &gt; 0; null to choose it from the curvature, so that its bias is <see cref="TargetBias"/>.</summary>
    public double? Epsilon { get; init; }

    /// <summary>γ ≥ 0; null to choose it so small that it neither hides a curved direction nor a singular one.</summary>
    public double? Localisation { get; init; }

    /// <summary>Chains, ≥ 2.</summary>
    public int Chains { get; init; } = 8;

    /// <summary>Steps of each before the first draw.</summary>
    public int BurnIn { get; init; } = 2000;

    /// <summary>Draws of each, one a step.</summary>
    public int Draws { get; init; } = 8000;

    /// <summary>n, the samples of runs with data, ≥ 3.</summary>
    public int Samples { get; init; } = 5000;

    /// <summary>Samples that each step sees; null for all, which adds no noise of its own.</summary>
    public int? Batch { get; init; }

    /// <summary>Use the exact loss of the sparse limit even where the data are known.</summary>
    public bool SparseLimit { get; init; }

    /// <summary>Seed of data and noise.</summary>
    public int Seed { get; init; }

    /// <summary>Step bias that a chosen ε has.</summary>
    public const double TargetBias = 0.015;
}
