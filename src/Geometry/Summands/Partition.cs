namespace Geometry.Summands;

/// <summary>A partition of the learned columns into blocks that span independent subspaces.</summary>
/// <param name="Blocks">The blocks with their dimensions.</param>
/// <param name="Terms">The sums that it is scored from.</param>
/// <param name="Evidence">Log-likelihood ratio against unstructured columns, nats.</param>
internal sealed record Partition(Block[] Blocks, ScoreTerms Terms, double Evidence)
{
    /// <summary>Σ d_S.</summary>
    public int Rank => Terms.Rank;

    /// <summary>
    /// Estimated standard deviation per coordinate of a unit column; NaN when nothing is constrained, so that there is nothing to estimate
    /// it from.
    /// </summary>
    public double Noise => Terms.Noise;

    /// <summary>Whether some summands stand at free angles.</summary>
    public bool IsOblique => Array.Exists(Blocks, static b => b.Group > 0);
}
