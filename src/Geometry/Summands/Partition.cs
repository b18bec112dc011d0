namespace Geometry.Summands;

/// <summary>A partition of the learned columns into blocks that span independent subspaces.</summary>
/// <param name="Blocks">The blocks with their dimensions.</param>
/// <param name="Rank">Σ d_S.</param>
/// <param name="Evidence">Log-likelihood ratio against unstructured columns, nats.</param>
/// <param name="Noise">Estimated standard deviation per coordinate of a unit column; NaN when nothing is constrained, so that there is nothing to estimate it from.</param>
internal sealed record Partition(Block[] Blocks, int Rank, double Evidence, double Noise)
{
    /// <summary>Whether some summands stand at free angles.</summary>
    public bool IsOblique => Array.Exists(Blocks, static b => b.Group > 0);
}
