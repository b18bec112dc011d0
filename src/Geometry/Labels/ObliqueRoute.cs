using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>The third route to the summands: what neither Gram blocks nor splitting planes explain may be an oblique sum.</summary>
/// <remarks>
/// Block by block first. Where a block without a name is left, or the orthogonal sum fits worse than an oblique one may, its misfit may be angles rather than
/// noise: then all columns together are tried, and the oblique sum is taken when its own noise is less than half of the orthogonal one's.
/// </remarks>
internal static class ObliqueRoute
{
    private const double NoiseShare = 0.5;

    /// <summary>Replaces what has no name by its oblique summands, where it has some; other blocks stay as they are.</summary>
    public static Partition Refine(LearnedColumns columns, Partition partition, BlockShapes shapes)
    {
        Partition refined = RefineBlocks(columns, partition, shapes);
        if (refined.Blocks.Length < 2) return refined;
        if (!(refined.Noise > ObliqueSplit.LargestNoise) && !Array.Exists(refined.Blocks, b => !shapes.Match(b).IsNamed)) return refined;
        int[] all = [.. Enumerable.Range(0, columns.Count)];
        var whole = new Block(all, PrincipalAxes.Of(columns.Unit, columns.Hidden, all), -1, refined.Rank);
        if (ObliqueSplit.Find(columns.Unit, columns.Hidden, whole, shapes.Evidence) is not { } split || !(split.Noise < NoiseShare * refined.Noise)) return refined;
        return refined with { Blocks = split.Parts, Rank = split.Parts.Sum(p => p.Dim), Noise = split.Noise };
    }

    private static Partition RefineBlocks(LearnedColumns columns, Partition partition, BlockShapes shapes)
    {
        List<Block>? refined = null;
        double noise = partition.Noise;
        int rank = partition.Rank;
        for (int b = 0; b < partition.Blocks.Length; b++)
        {
            Block block = partition.Blocks[b];
            if (block.Dim < 2 || shapes.Match(block).IsNamed || ObliqueSplit.Find(columns.Unit, columns.Hidden, block, shapes.Evidence) is not { } split)
            {
                refined?.Add(block);
                continue;
            }
            refined ??= [.. partition.Blocks[..b]];
            refined.AddRange(split.Parts);
            rank += split.Parts.Sum(p => p.Dim) - block.Dim;
            if (double.IsNaN(noise)) noise = split.Noise;
        }
        return refined is null ? partition : partition with { Blocks = [.. refined], Rank = rank, Noise = noise };
    }
}
