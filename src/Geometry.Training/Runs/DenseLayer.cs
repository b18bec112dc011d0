namespace Geometry.Training;

/// <summary>One layer of a deep model, a ↦ act(W a + b).</summary>
public sealed record DenseLayer
{
    /// <summary>Makes a layer.</summary>
    /// <param name="Inputs">Width in front of it, ≥ 1.</param>
    /// <param name="Outputs">Width behind it, ≥ 1.</param>
    /// <param name="Activation">act.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is below 1, W has more than <see cref="ModelShape.MaximumWeights"/> entries, or the activation is unknown.</exception>
    public DenseLayer(int Inputs, int Outputs, Activation Activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Outputs, 1);
        if ((long)Inputs * Outputs > ModelShape.MaximumWeights) throw new ArgumentOutOfRangeException(nameof(Outputs), Outputs, $"expected at most {ModelShape.MaximumWeights} weights a layer.");
        if (!Enum.IsDefined(Activation)) throw new ArgumentOutOfRangeException(nameof(Activation), Activation, "Unknown activation.");
        (this.Inputs, this.Outputs, this.Activation) = (Inputs, Outputs, Activation);
    }

    /// <summary>Width in front.</summary>
    public int Inputs { get; }

    /// <summary>Width behind.</summary>
    public int Outputs { get; }

    /// <summary>act.</summary>
    public Activation Activation { get; }
}
