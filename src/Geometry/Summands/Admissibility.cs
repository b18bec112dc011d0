using System.Buffers;
using System.Numerics.Tensors;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Summands;

/// <summary>Says which partitions may be the answer at all, whatever proposed them.</summary>
/// <param name="x">The learned unit columns, feature-major n×r.</param>
/// <param name="gram">XᵀX, n×n.</param>
/// <param name="n">Learned columns.</param>
/// <param name="space">r, the dimension of the span of all columns of W.</param>
/// <param name="constants">The numbers that decide.</param>
/// <param name="lines">The lines through the features.</param>
internal sealed class Admissibility(double[] x, double[] gram, int n, int space, DecisionConstants constants, FeatureLines lines)
{
    private Block? _union;

    /// <summary>
    /// Whether a partition is admissible: Σ d_S = rank ≤ min(r, n); among several summands none has more dimensions than lines; there is no
    /// more noise than structure may have; the blocks are orthogonal within the noise; and where angles are free, the blocks have names and
    /// fit closely.
    /// </summary>
    public bool Allows(Partition partition, IShapeEvidence shapes) =>
        HasRank(partition)
        && IsQuiet(partition, shapes)
        && IsOrthogonal(partition)
        && (!partition.IsOblique || ObliquesAreClose(partition, shapes));

    /// <summary>
    /// The largest squared distance from the model that counts as noise. A single summand with independent columns, n = r, has constraints
    /// only because noise reaches into hidden dimensions, and nothing says how many these were. So few constraints say little, and the
    /// distance may be as large as chance makes it.
    /// </summary>
    public static double MostRss(long constraints, bool isAloneAndIndependent, DecisionConstants constants) =>
        constants.LargestNoise
        * constants.LargestNoise
        * (isAloneAndIndependent && constraints > 0 ? Quantiles.ChiSquare(constraints, 1 - constants.NoiseRisk) : constraints);

    /// <summary>How far two features of one line stick out of it (squared length) beyond the largest noise.</summary>
    public static double LeanBeyondNoise(Block block, int space, DecisionConstants constants) =>
        block.Dim == 1 && block.Features.Length == 2
            ? Math.Max(0, block.Outside - (space - 1) * constants.LargestNoise * constants.LargestNoise)
            : 0;

    /// <summary>
    /// The number of lines through a block's features. A block has no more dimensions than that: the direction in which the two features of
    /// an antipode lean is not a dimension of theirs, however orthogonal it is to all others.
    /// </summary>
    private int LinesOf(Block block)
    {
        if (block.Features.Length == 1 || lines.Count == n)
            return block.Features.Length;
        int count = 0;
        for (int i = 0; i < block.Features.Length; i++)
        {
            int line = lines.Of(block.Features[i]),
                first = 0;
            while (lines.Of(block.Features[first]) != line)
                first++;
            if (first == i)
                count++;
        }
        return count;
    }

    private bool HasRank(Partition partition)
    {
        int sum = 0;
        foreach (Block block in partition.Blocks)
        {
            sum += block.Dim;
            if (partition.Blocks.Length > 1 && block.Dim > LinesOf(block))
                return false;
        }
        return sum == partition.Rank && sum <= Math.Min(space, n);
    }

    /// <summary>
    /// Whether there is no more noise than structure may have. An antipode may lean as far as its name allows, so the part of a lean beyond
    /// the largest noise does not count.
    /// </summary>
    private bool IsQuiet(Partition partition, IShapeEvidence shapes)
    {
        if (!(partition.Noise > constants.LargestNoise))
            return true;
        double excess = 0;
        foreach (Block block in partition.Blocks)
        {
            double lean = LeanBeyondNoise(block, space, constants);
            if (lean > 0 && shapes.Lean(block) > 0)
                excess += lean;
        }
        return partition.Terms.Rss - excess <= MostRss(partition.Terms.Constraints, n == space && partition.Blocks.Length == 1, constants);
    }

    /// <summary>
    /// Whether the groups at free angles are convincing. Free angles fit more data than orthogonal ones. So the parts of a group must fit
    /// closely inside the span of the group, all of them must have names, and one of them must be more than a line: independent lines at an
    /// angle are no structure, whether they hold one feature or two.
    /// </summary>
    private bool ObliquesAreClose(Partition partition, IShapeEvidence shapes)
    {
        for (int group = 1; Array.Exists(partition.Blocks, b => b.Group == group); group++)
        {
            Block[] parts = Array.FindAll(partition.Blocks, b => b.Group == group);
            int span = parts.Sum(static b => b.Dim);
            int[] features = [.. parts.SelectMany(static b => b.Features).Order()];
            // Candidates inside one block follow each other, so that the last union often serves again.
            if (!features.AsSpan().SequenceEqual(_union?.Features))
                _union = new Block(features, PrincipalAxes.Of(x, space, features), -1, span);
            double outside = (_union! with { Dim = span }).Outside,
                rss = Math.Max(0, parts.Sum(static b => b.Outside) - outside);
            long constraints = parts.Sum(b => b.Constraints(span));
            if (
                parts.Max(static b => b.Dim) < 2
                || constraints == 0
                || rss > constraints * constants.LargestObliqueNoise * constants.LargestObliqueNoise
            )
                return false;
            if (Array.Exists(parts, b => shapes.Shape(b) < 0))
                return false;
        }
        return true;
    }

    /// <summary>
    /// Whether the features of orthogonal blocks are orthogonal within the noise. The pooled σ cannot answer this alone, since it can hide
    /// one gross misfit among many good coordinates. A cosine beyond <see cref="DecisionConstants.LargestCosine"/> must look like noise: it
    /// is at most a few standard deviations large, and no block is spared, as blocks are whose cosines are exactly zero.
    /// </summary>
    private bool IsOrthogonal(Partition partition)
    {
        Block[] blocks = partition.Blocks;
        if (blocks.Length < 2)
            return true;
        int[]? rented = n > 256 ? ArrayPool<int>.Shared.Rent(n) : null;
        Span<int> block = rented is null ? stackalloc int[n] : rented.AsSpan(0, n);
        Span<double> largest = blocks.Length <= 64 ? stackalloc double[blocks.Length] : new double[blocks.Length];
        for (int b = 0; b < blocks.Length; b++)
        {
            foreach (int f in blocks[b].Features)
                block[f] = b;
        }
        for (int i = 0; i < n; i++)
        {
            Block mine = blocks[block[i]];
            for (int j = 0; j < i; j++)
            {
                if (block[i] == block[j])
                    continue;
                double cos = Math.Abs(gram[i * n + j]);
                if ((cos <= largest[block[i]] && cos <= largest[block[j]]) || mine.IsFreeOf(blocks[block[j]]))
                    continue;
                largest[block[i]] = Math.Max(largest[block[i]], cos);
                largest[block[j]] = Math.Max(largest[block[j]], cos);
            }
        }
        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
        double most = TensorPrimitives.Max<double>(largest),
            deviation = Math.Sqrt(2) * partition.Noise;
        return most <= constants.LargestCosine
            || (most <= constants.CosineOutlier * deviation && TensorPrimitives.Min<double>(largest) >= constants.CosineSpared * deviation);
    }
}
