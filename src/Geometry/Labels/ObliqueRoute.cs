using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>The third route to the summands: what neither Gram blocks nor splitting planes explain may be an oblique sum.</summary>
internal static class ObliqueRoute
{
    /// <summary>Replaces every block without a name by its oblique summands, where it has some; other blocks stay as they are.</summary>
    public static Partition Refine(LearnedColumns columns, Partition partition, BlockShapes shapes)
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
