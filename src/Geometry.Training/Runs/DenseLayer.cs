namespace Geometry.Training;

/// <summary>The initial weights of a layer.</summary>
public enum LayerStart
{
    /// <summary>Normal with the standard deviation √(2/(inputs + outputs)); bias 0.</summary>
    Xavier,

    /// <summary>Standard normal; bias 0.</summary>
    Gaussian,

    /// <summary>1 with probability q = ln²(inputs)/√outputs, at most 1, else 0; bias −1. Source: Hänni, Mendel, Vaintrob, Chan 2024, arXiv
    /// 2408.05451.</summary>
    Bernoulli,

    /// <summary>A random matrix with orthogonal columns (rows where it narrows), scaled so that its entries have mean square 1; bias
    /// 0.</summary>
    Orthogonal,

    /// <summary>Columns that are random unit vectors: features in superposition; bias 0.</summary>
    Directions,
}

/// <summary>One layer of a deep model, a ↦ act(W a + b).</summary>
public sealed record DenseLayer
{
    /// <summary>Makes a layer.</summary>
    /// <param name="Inputs">Number of inputs, ≥ 1.</param>
    /// <param name="Outputs">Number of outputs, ≥ 1.</param>
    /// <param name="Activation">act.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1, W has more than <see cref="ModelShape.MaximumWeights"/> entries,
    /// or the activation is unknown.</exception>
    public DenseLayer(int Inputs, int Outputs, Activation Activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Outputs, 1);
        if ((long)Inputs * Outputs > ModelShape.MaximumWeights)
            throw new ArgumentOutOfRangeException(
                nameof(Outputs),
                Outputs,
                $"expected at most {ModelShape.MaximumWeights} weights a layer."
            );
        if (!Enum.IsDefined(Activation))
            throw new ArgumentOutOfRangeException(nameof(Activation), Activation, "Unknown activation.");
        (this.Inputs, this.Outputs, this.Activation) = (Inputs, Outputs, Activation);
    }

    /// <summary>The initial weights.</summary>
    public LayerStart Start { get; init; }

    /// <summary>Whether the layer keeps its initial weights.</summary>
    public bool Frozen { get; init; }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>act.</summary>
    public Activation Activation { get; }
}
