using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Summands;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

public class BlockShapesTests
{
    /// <summary>Matches are kept for later calls; the name of a block must not depend on which blocks were named before.</summary>
    [Fact]
    public void A_name_is_that_of_a_fresh_instance()
    {
        double[] noises = [double.NaN, 0.01, 0.05];
        for (int t = 0; t < 15; t++)
        {
            var random = new GaussianSource(11, t);
            int m = 3 + random.Below(6);
            var options = new SyntheticOptions
            {
                Sigma = 0.06 * random.Uniform(),
                Hidden = m,
                NormSpread = 0.1,
                Seed = 11,
            };
            SyntheticConfiguration made = SyntheticSum.Make(Made.Parts(Made.RandomFormula(random, m, 12)), options, t);
            LearnedColumns columns = LearnedColumns.Of(made.Configuration, [.. Enumerable.Range(0, made.Configuration.Features)]);
            var asked = new BlockShapes(columns);
            // Once more, in the other order: now every match is known.
            Block[] blocks = [.. Blocks(made, columns)];
            foreach ((Block block, double noise) in Questions(blocks, noises).Concat(Questions(blocks, noises).Reverse()))
            {
                ShapeMatch expected = new BlockShapes(columns).Name(block, noise).Match;
                Assert.Equal(expected, asked.Name(block, noise).Match);
                Assert.Equal(new BlockShapes(columns).Evidence(block), asked.Evidence(block));
            }
        }
    }

    private static IEnumerable<(Block Block, double Noise)> Questions(Block[] blocks, double[] noises) =>
        blocks.SelectMany(block => noises.Select(noise => (block, noise)));

    /// <summary>The summands and all features together, and each of these with another dimension.</summary>
    private static IEnumerable<Block> Blocks(SyntheticConfiguration made, LearnedColumns columns)
    {
        int[] all = [.. Enumerable.Range(0, columns.Count)];
        IEnumerable<int[]> summands = all.GroupBy(i => made.Summand[i]).Select(g => g.ToArray());
        foreach (int[] features in summands.Append(all))
        {
            var axes = PrincipalAxes.Of(columns.Unit, columns.Hidden, features);
            for (int dim = 1; dim <= Math.Min(axes.Count, 4); dim++)
                yield return new Block(features, axes, -1, dim);
        }
    }
}
