namespace Geometry.Training.Engine;

/// <summary>
/// The positions of a model's parameters in one flat array: the encoder (tied: W), m×n row-major; the decoder of an untied model, m×n; the
/// bias, n; zeros up to a multiple of 16. For a network: the arrays of <see cref="ModelShape.Blocks"/> one after the other, and <see
/// cref="Weights"/> to <see cref="HasBias"/> have no meaning. Gradients and the optimizer's moments have the same layout.
/// </summary>
internal readonly record struct ParameterLayout
{
    internal ParameterLayout(ModelShape model)
    {
        Features = model.Features;
        int weights = model.Features * model.Hidden;
        Weights = weights;
        Decoder = model.Tied ? 0 : weights;
        Bias = model.Tied ? weights : 2 * weights;
        HasDecoder = !model.Tied;
        HasBias = model.Bias;
        Count = Bias + (model.Bias ? model.Features : 0);
        // Models without a bias have room for a bias of zeros, which is read but never trained.
        Length = (Bias + model.Features + 15) & ~15;
        if (!model.IsNetwork)
            return;
        Count = model.Blocks.Sum(b => b.Length);
        Length = Math.Max(Length, (Count + 15) & ~15);
    }

    internal int Features { get; }

    /// <summary>Number of entries of one matrix, m·n.</summary>
    internal int Weights { get; }

    /// <summary>Where the decoder starts; 0 for a tied model, whose decoder is its encoder.</summary>
    internal int Decoder { get; }

    /// <summary>Where the bias starts.</summary>
    internal int Bias { get; }

    internal bool HasDecoder { get; }

    internal bool HasBias { get; }

    /// <summary>Number of trained parameters.</summary>
    internal int Count { get; }

    /// <summary>Length of the array, a multiple of 16, with room for the bias even when it is not trained.</summary>
    internal int Length { get; }

    /// <summary>Copies the parameters into a checkpoint.</summary>
    internal static Checkpoint Checkpoint(ModelShape model, int step, ReadOnlySpan<float> theta)
    {
        var arrays = new List<float[]>();
        foreach (ParameterBlock block in model.Blocks)
        {
            arrays.Add(theta[..block.Length].ToArray());
            theta = theta[block.Length..];
        }
        return Training.Checkpoint.Of(model, step, arrays);
    }

    /// <summary>Copies a checkpoint's arrays to their positions.</summary>
    internal static void Fill(Checkpoint checkpoint, Span<float> theta)
    {
        foreach (float[] array in checkpoint.Arrays)
        {
            array.CopyTo(theta);
            theta = theta[array.Length..];
        }
    }
}
