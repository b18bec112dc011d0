namespace Geometry.Measures.Llc;

/// <summary>A loss from which chains are sampled, eight chains at a time.</summary>
/// <remarks>
/// Memory layout: coordinate i of lane c of points and gradients is at 8i + c. Lanes are independent of each other. An instance holds its
/// workspace and belongs to one thread; nothing is allocated in <see cref="Evaluate"/>, and the same point gives the same bits.
/// </remarks>
public interface IChainLoss
{
    /// <summary>Number of chains that are evaluated together.</summary>
    const int Lanes = 8;

    /// <summary>The number of the batch that contains all data.</summary>
    const uint Whole = uint.MaxValue;

    /// <summary>P, the number of parameters.</summary>
    int Length { get; }

    /// <summary>The losses at eight points, and their gradients.</summary>
    /// <param name="points">Length 8P.</param>
    /// <param name="batch">Number of the batch of data; <see cref="Whole"/> for all data. A loss without data ignores it.</param>
    /// <param name="losses">Length 8, overwritten.</param>
    /// <param name="gradients">Length 8P, overwritten.</param>
    void Evaluate(ReadOnlySpan<double> points, uint batch, Span<double> losses, Span<double> gradients);
}
