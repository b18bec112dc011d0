namespace Geometry.Measures.Llc;

/// <summary>An estimate of a local learning coefficient, with figures on its reliability.</summary>
public sealed record LlcEstimate
{
    /// <summary>λ̂ = nβ(mean loss − L₀) of the chains that stayed in the basin; NaN when none did.</summary>
    public required double Coefficient { get; init; }

    /// <summary>Its standard error from the effective sample size, which does not include a bias.</summary>
    public required double StandardError { get; init; }

    /// <summary>
    /// <c>ok</c>, or the first failure (<see cref="LearningCoefficient"/>): <c>diverged</c>, <c>left the basin</c>, <c>not
    /// equilibrated</c>, <c>ESS 40</c>, <c>step bias 3 %</c>.
    /// </summary>
    public required string Verdict { get; init; }

    /// <summary>nβ, ε, γ as used.</summary>
    public required SgldStep Step { get; init; }

    /// <summary>Number of chains that stayed in the basin, on which the estimate is based.</summary>
    public required int Chains { get; init; }

    /// <summary>Number of draws per chain.</summary>
    public required int Draws { get; init; }

    /// <summary>Effective sample size.</summary>
    public required double EffectiveSamples { get; init; }

    /// <summary>Split R̂ of the losses.</summary>
    public required double Rhat { get; init; }

    /// <summary>L₀, the loss at w₀ over all data.</summary>
    public required double InitialLoss { get; init; }

    /// <summary>Mean loss of the draws.</summary>
    public required double MeanLoss { get; init; }

    /// <summary>Relative amount by which ε raises λ̂, from the curvature (<see cref="QuadraticOracle.StepBias"/>).</summary>
    public required double StepBias { get; init; }

    /// <summary>n of the data; for an exact loss the n with n/ln n = nβ.</summary>
    public required double Samples { get; init; }

    /// <summary>WBIC = n · mean loss (Watanabe 2013, JMLR 14, 867), an estimate of the free energy where nβ = n/ln n.</summary>
    public double Wbic => Samples * MeanLoss;
}
