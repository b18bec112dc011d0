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

/// <summary>Estimates the local learning coefficient of a point by sampling around it.</summary>
/// <remarks>
/// <para>
/// Where the options do not give them, γ and ε are chosen by the curvature. γ is 0.003·nβ·h, where h is the smallest eigenvalue above a
/// thousandth of the largest, and at most 0.1·√nβ: it is small beside the pull of the weakest curved direction, and far below the pull of a
/// quartic one. ε is the largest step with a bias of 1.5 % by the curvature at w₀. Where the curvature at the chains' points after a part
/// of the burn-in gives a larger bias, ε is reduced and the check is repeated.
/// </para>
/// <para>
/// The verdict is the first of these that applies. <c>diverged</c>: some chain did not stay finite. <c>left the basin</c>: some chain has
/// more than 5 % of its draws below L₀ by at least 1/nβ, more than the randomness of a finite sample explains; such chains do not count.
/// <c>not equilibrated</c>: R̂ is above 1.05. <c>ESS 40</c>: the effective sample size is below 100. <c>step bias 3 %</c>: the bias is 2 %
/// or more. Source: Lau, Furman, Wang, Murfet, Wei 2023, arXiv 2308.12108; dropping chains below L₀: Chen et al. 2023, arXiv 2310.06301,
/// appendix K.
/// </para>
/// </remarks>
public static class LearningCoefficient
{
    private const int Lanes = IChainLoss.Lanes,
        MostTries = 4;
    private const int BatchWindow = 100;
    private const double MostBelow = 0.05,
        MostRhat = 1.05,
        FewestSamples = 100,
        ShownBias = 0.02;

    /// <summary>Estimates λ at w₀.</summary>
    /// <param name="loss">L.</param>
    /// <param name="start">w₀, length P.</param>
    /// <param name="options">The options; where <see cref="LlcOptions.Nbeta"/> is null and <paramref name="samples"/> is NaN, nβ is
    /// <see cref="LlcOptions.ExactNbeta"/>.</param>
    /// <param name="samples">n of the loss's data; NaN for an exact loss.</param>
    /// <param name="run">Number of the run, which selects its noise.</param>
    /// <param name="cancellation">Ends the sampling.</param>
    public static LlcEstimate Estimate(
        IChainLoss loss,
        ReadOnlySpan<double> start,
        LlcOptions options,
        double samples = double.NaN,
        uint run = 0,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(options);
        double nbeta = options.Nbeta ?? (double.IsNaN(samples) ? LlcOptions.ExactNbeta : samples / Elementary.Log(samples));
        double n = double.IsNaN(samples) ? SamplesOf(nbeta) : samples;
        double[] origin = new double[loss.Length * Lanes],
            points = new double[loss.Length * Lanes];
        for (int i = 0; i < origin.Length; i++)
            origin[i] = start[i / Lanes];
        double delta = Math.Clamp(0.5 / Math.Sqrt(nbeta), 2e-4, 0.02),
            initial = Initial(loss, origin);
        Spectrum spectrum = Spectrum.At(loss, origin, delta)[0];
        double gamma = options.Localisation ?? Gamma(spectrum, nbeta);
        var step = new SgldStep(nbeta, options.Epsilon ?? QuadraticOracle.Epsilon(spectrum, nbeta, gamma, LlcOptions.TargetBias), gamma);
        double bias = QuadraticOracle.StepBias(spectrum, step);
        if (options.Epsilon is null)
            step = Tamed(loss, start, step, ref bias, options, run, delta, points, cancellation);
        int groups = (options.Chains + Lanes - 1) / Lanes;
        double[] trace = new double[groups * Lanes * options.Draws];
        for (int g = 0; g < groups; g++)
        {
            Span<double> part = trace.AsSpan(g * Lanes * options.Draws, Lanes * options.Draws);
            Sgld.Run(loss, start, step, g, options.BurnIn, options.Draws, (uint)options.Seed, run, part, points, cancellation);
        }
        return Judge(trace, options, step, initial, bias, n);
    }

    /// <summary>Reduces ε until the bias is small by the curvature at the chains' points after a part of the burn-in.</summary>
    private static SgldStep Tamed(
        IChainLoss loss,
        ReadOnlySpan<double> start,
        SgldStep step,
        ref double bias,
        LlcOptions options,
        uint run,
        double delta,
        double[] points,
        CancellationToken cancellation
    )
    {
        for (int t = 0; t < MostTries; t++)
        {
            Sgld.Run(loss, start, step, 0, options.BurnIn / 4, 0, (uint)options.Seed, run, [], points, cancellation);
            if (!points.All(double.IsFinite))
            {
                step = step with { Epsilon = step.Epsilon / 4 };
                continue;
            }
            IReadOnlyList<Spectrum> there = Spectrum.At(loss, points, delta);
            SgldStep tried = step;
            double found = there.Average(s => QuadraticOracle.StepBias(s, tried));
            if (double.IsFinite(found))
                bias = Math.Max(bias, found);
            if (found <= 2 * LlcOptions.TargetBias)
                break;
            double smaller = there.Average(s => QuadraticOracle.Epsilon(s, tried.Nbeta, tried.Gamma, LlcOptions.TargetBias));
            step = step with { Epsilon = Math.Min(smaller, step.Epsilon / 2) };
            SgldStep taken = step;
            bias = there.Average(s => QuadraticOracle.StepBias(s, taken));
        }
        return step;
    }

    private static double Gamma(Spectrum spectrum, double nbeta)
    {
        double least = spectrum.Eigenvalues.Where(h => h >= 1e-3 * spectrum.Largest).DefaultIfEmpty(double.PositiveInfinity).Min();
        return Math.Min(0.003 * nbeta * least, 0.1 * Math.Sqrt(nbeta));
    }

    private static double Initial(IChainLoss loss, double[] origin)
    {
        double[] losses = new double[Lanes];
        loss.Evaluate(origin, IChainLoss.Whole, losses, new double[origin.Length]);
        return losses[0];
    }

    private static LlcEstimate Judge(double[] trace, LlcOptions options, SgldStep step, double initial, double bias, double samples)
    {
        // Losses of single batches scatter, so means over windows of draws are compared with L₀.
        int draws = options.Draws,
            finite = 0,
            window = options.Batch is null ? 1 : BatchWindow;
        var kept = new List<ReadOnlyMemory<double>>();
        for (int c = 0; c < options.Chains; c++)
        {
            ReadOnlyMemory<double> chain = trace.AsMemory(c * draws, draws);
            if (!chain.Span.ToArray().All(double.IsFinite))
                continue;
            finite++;
            if (Below(chain.Span, initial - (1 / step.Nbeta), window) <= MostBelow)
                kept.Add(chain);
        }
        ChainStatistics of = ChainStatistics.Of(kept);
        string verdict =
            finite < options.Chains ? "diverged"
            : kept.Count < options.Chains ? "left the basin"
            : !(of.Rhat <= MostRhat) ? "not equilibrated"
            : !(of.EffectiveSamples >= FewestSamples) ? FormattableString.Invariant($"ESS {of.EffectiveSamples:0}")
            : bias >= ShownBias ? FormattableString.Invariant($"step bias {100 * bias:0} %")
            : "ok";
        return new LlcEstimate
        {
            Coefficient = step.Nbeta * (of.Mean - initial),
            StandardError = step.Nbeta * of.StandardError,
            Verdict = verdict,
            Step = step,
            Chains = kept.Count,
            Draws = draws,
            EffectiveSamples = of.EffectiveSamples,
            Rhat = of.Rhat,
            InitialLoss = initial,
            MeanLoss = of.Mean,
            StepBias = bias,
            Samples = samples,
        };
    }

    /// <summary>Share of the windows of draws whose mean is below a level.</summary>
    private static double Below(ReadOnlySpan<double> losses, double level, int window)
    {
        int below = 0,
            windows = Math.Max(1, losses.Length / window);
        for (int i = 0; i < windows; i++)
        {
            double sum = 0;
            ReadOnlySpan<double> part = losses.Slice(i * window, Math.Min(window, losses.Length - (i * window)));
            foreach (double x in part)
                sum += x;
            if (sum < level * part.Length)
                below++;
        }
        return (double)below / windows;
    }

    /// <summary>The n ≥ e with n/ln n = nβ, or e where there is none.</summary>
    private static double SamplesOf(double nbeta)
    {
        double n = Math.Max(Math.E, nbeta * Elementary.Log(Math.Max(nbeta, Math.E)));
        for (int i = 0; i < 200; i++)
            n = Math.Max(Math.E, nbeta * Elementary.Log(n));
        return n;
    }
}
