namespace Geometry.Measures.Llc;

/// <summary>A loss that chains of a sampler walk on, eight of them at a time.</summary>
/// <remarks>
/// Memory layout: coordinate i of lane c of points and gradients is at 8i + c. Lanes do not see each other. An instance holds its workspace
/// and belongs to one thread; nothing is allocated in <see cref="Evaluate"/>, and the same point gives the same bits.
/// </remarks>
public interface IChainLoss
{
    /// <summary>Chains at a time.</summary>
    const int Lanes = 8;

    /// <summary>The number of a batch that is all of the data.</summary>
    const uint Whole = uint.MaxValue;

    /// <summary>P, the number of parameters.</summary>
    int Length { get; }

    /// <summary>The losses at eight points, and their gradients.</summary>
    /// <param name="points">Length 8P.</param>
    /// <param name="batch">Which batch of the data; <see cref="Whole"/> for all; a loss without data ignores it.</param>
    /// <param name="losses">Length 8, overwritten.</param>
    /// <param name="gradients">Length 8P, overwritten.</param>
    void Evaluate(ReadOnlySpan<double> points, uint batch, Span<double> losses, Span<double> gradients);
}
