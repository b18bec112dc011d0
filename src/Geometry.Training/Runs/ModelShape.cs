namespace Geometry.Training;

/// <summary>The function applied to each output z of a toy model.</summary>
public enum Activation
{
    /// <summary>max(z, 0).</summary>
    Relu,

    /// <summary>z itself: the linear autoencoder.</summary>
    Linear,

    /// <summary>z·σ(γz) with the logistic function σ: a smooth function that approaches ReLU as γ → ∞.</summary>
    Swish,
}

/// <summary>
/// The architecture of a toy model: x' = act(Aᵀ B x + b) with the encoder B and the decoder A both m×n; a tied model has A = B = W.
/// Source: Elhage et al. 2022, "Toy Models of Superposition", arXiv 2209.10652, section "Demonstrating superposition".
/// </summary>
public sealed record ModelShape
{
    /// <summary>Makes a shape, and refuses sizes below 1 and a γ that is not positive and finite.</summary>
    /// <param name="Features">n, the number of features, ≥ 1.</param>
    /// <param name="Hidden">m, the number of hidden dimensions, ≥ 1; with m ≥ n every feature can have a dimension of its own.</param>
    /// <param name="Activation">The output's activation.</param>
    /// <param name="Gamma">γ of <see cref="Activation.Swish"/>, &gt; 0, finite; ignored by the other activations.</param>
    /// <param name="Tied">True when encoder and decoder are one matrix W.</param>
    /// <param name="Bias">True when the output has a trained bias b of length n.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or γ lies outside its range.</exception>
    public ModelShape(int Features, int Hidden, Activation Activation, double Gamma, bool Tied, bool Bias)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Hidden, 1);
        if ((long)Features * Hidden > MaximumWeights)
            throw new ArgumentOutOfRangeException(
                nameof(Features),
                (long)Features * Hidden,
                $"features × hidden must be ≤ {MaximumWeights}."
            );
        if (!Enum.IsDefined(Activation))
            throw new ArgumentOutOfRangeException(nameof(Activation), Activation, "Unknown activation.");
        if (Activation == Activation.Swish && !(Gamma > 0 && double.IsFinite(Gamma)))
            throw new ArgumentOutOfRangeException(nameof(Gamma), Gamma, "swish needs a finite gamma > 0.");
        this.Features = Features;
        this.Hidden = Hidden;
        this.Activation = Activation;
        this.Gamma = Gamma;
        this.Tied = Tied;
        this.Bias = Bias;
    }

    /// <summary>The largest number of entries of one weight matrix, m·n.</summary>
    public const int MaximumWeights = 1 << 26;

    /// <summary>n, the number of features.</summary>
    public int Features { get; }

    /// <summary>m, the number of hidden dimensions.</summary>
    public int Hidden { get; }

    /// <summary>The output's activation.</summary>
    public Activation Activation { get; }

    /// <summary>γ of swish.</summary>
    public double Gamma { get; }

    /// <summary>True when encoder and decoder are one matrix W.</summary>
    public bool Tied { get; }

    /// <summary>True when the output has a trained bias; with layers, when every layer has one.</summary>
    public bool Bias { get; }

    /// <summary>
    /// The layers of a deep model, x' = act_L(W_L … act_1(W_1 x + b_1) … + b_L), which is untied and whose <see cref="Hidden"/> is the
    /// width of the first layer; empty for a component x' = act(Aᵀ B x + b).
    /// </summary>
    /// <exception cref="ArgumentException">The widths of the layers do not fit each other, the features or <see cref="Hidden"/>, or the
    /// model is tied.</exception>
    public IReadOnlyList<DenseLayer> Layers
    {
        get;
        init =>
            field =
                value.Count == 0 ? Array.Empty<DenseLayer>()
                : value.Count > 1
                && !Tied
                && value[0].Inputs == Features
                && value[0].Outputs == Hidden
                && value.Zip(value.Skip(1)).All(p => p.First.Outputs == p.Second.Inputs)
                    ? [.. value]
                : throw new ArgumentException(
                    $"expected an untied chain from {Features} features by way of {Hidden}, found "
                        + $"{string.Join(", ", value.Select(l => $"{l.Inputs}→{l.Outputs}"))}"
                );
    } = Array.Empty<DenseLayer>();

    /// <summary>
    /// The values that a deep model computes from pairs of Boolean features, one output per pair; null for a model that reconstructs its
    /// inputs.
    /// </summary>
    public PairTargets? Pairs { get; init; }

    /// <summary>A softmax head on the hidden space; null for none.</summary>
    public ClassHead? Head { get; init; }

    /// <summary>True when the model is more than one component: it has layers, or a head.</summary>
    public bool IsNetwork => Layers.Count > 0 || Head is not null;

    /// <summary>The arrays of parameters, in the order in which they are trained and stored.</summary>
    public IReadOnlyList<ParameterBlock> Blocks => ModelBlocks.Of(this);
}
