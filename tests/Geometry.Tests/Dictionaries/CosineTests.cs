using System.Runtime.Intrinsics;
using Geometry.Configurations;
using Geometry.Dictionaries;
using Xunit;

namespace Geometry.Tests.Dictionaries;

public sealed class CosineTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(17, 40)]
    [InlineData(7, 113)]
    public void StreamedPairsAreThoseOfAllDotProducts(int m, int n)
    {
        var random = new Random((m * 1000) + n);
        var directions = UnitDirections.Of(
            new FeatureConfiguration(m, n, [.. Enumerable.Range(0, m * n).Select(_ => random.NextDouble() - 0.5)])
        );
        var graph = NeighbourGraph.Build(new CosineRows(directions), 0.4, n, 3, null, CancellationToken.None);
        long pairs = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (i == j)
                    continue;
                double cosine = 0;
                for (int d = 0; d < m; d++)
                    cosine += (double)directions[i][d] * directions[j][d];
                if (Math.Abs(Math.Abs(cosine) - 0.4) < 1e-5)
                    continue;
                Assert.Equal(Math.Abs(cosine) >= 0.4 ? cosine : 0, graph.Cosine(i, j), 1e-5);
                pairs += Math.Abs(cosine) >= 0.4 ? 1 : 0;
            }
        }
        Assert.InRange(graph.Pairs - (pairs / 2), 0, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void EveryVectorSizeGivesTheSameBits(int m)
    {
        var random = new Random(m);
        float[] rows = [.. Enumerable.Range(0, 12 * m).Select(_ => (float)(random.NextDouble() - 0.5))],
            panel = [.. Enumerable.Range(0, 16 * m).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] chained = new float[12 * 16];
        for (int r = 0; r < 12; r++)
        {
            for (int j = 0; j < 16; j++)
            {
                for (int d = 0; d < m; d++)
                    chained[(r * 16) + j] = MathF.FusedMultiplyAdd(rows[(r * m) + d], panel[(d * 16) + j], chained[(r * 16) + j]);
            }
        }
        float[] twelve = new float[12 * 16],
            wide = new float[6 * 16],
            narrow = new float[6 * 16],
            chosen = new float[CosineTile.Area];
        CosineKernel<Vector512<float>, Floats512>.TwelveByOne(ref rows[0], ref panel[0], m, ref twelve[0]);
        CosineKernel<Vector256<float>, Floats256>.SixByTwo(ref rows[0], ref panel[0], m, ref wide[0]);
        CosineKernel<Vector128<float>, Floats128>.SixByTwo(ref rows[0], ref panel[0], m, ref narrow[0]);
        CosineKernel<Vector128<float>, Floats128>.SixByTwo(ref rows[0], ref panel[8], m, ref narrow[8]);
        CosineTile.Fill(rows, panel, m, chosen);
        Assert.Equal(chained, twelve);
        Assert.Equal(chained[..wide.Length], wide);
        Assert.Equal(wide, narrow);
        Assert.Equal(chained[..chosen.Length], chosen);
    }

    [Fact]
    public void MultiplyAddInSoftwareHasTheBitsOfTheInstruction()
    {
        var random = new Random(4);
        float[] odd =
        [
            0,
            -0f,
            1,
            -1,
            float.Epsilon,
            -float.Epsilon,
            1.17549435e-38f,
            float.MaxValue,
            float.PositiveInfinity,
            float.NaN,
            1 + (1 / 8388608f),
            16777217,
            3e-23f,
        ];
        for (int i = 0; i < 200_000; i++)
        {
            float a = Next(),
                b = Next(),
                c = Next();
            // In every other case the sum lies halfway between two floats, up to a far smaller term.
            if (i % 2 == 0)
                (a, b, c) = (1 + (random.Next(1 << 12) / 4096f), MathF.ScaleB(1, -24), 1 + (random.Next(1 << 23) / 8388608f));
            Assert.Equal(
                BitConverter.SingleToInt32Bits(MathF.FusedMultiplyAdd(a, b, c)),
                BitConverter.SingleToInt32Bits(
                    SoftwareMultiplyAdd.Of(
                        Vector128.Create(0.5f, a, 0.25f, a),
                        Vector128.Create(0.5f, b, 0.5f, b),
                        Vector128.Create(1, c, 1, c)
                    )[i % 2 == 0 ? 1 : 3]
                )
            );
        }

        float Next() =>
            random.Next(4) switch
            {
                0 => odd[random.Next(odd.Length)],
                1 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
                _ => (float)(random.NextDouble() - 0.5),
            };
    }

    [Fact]
    public void TheCutoffRisesWhereThereIsNoRoom()
    {
        var random = new Random(3);
        var directions = UnitDirections.Of(
            new FeatureConfiguration(4, 600, [.. Enumerable.Range(0, 2400).Select(_ => random.NextDouble() - 0.5)])
        );
        var graph = NeighbourGraph.Build(new CosineRows(directions), 0.1, 20, 1, null, CancellationToken.None);
        Assert.True(graph.Cutoff > 0.5);
        Assert.InRange(graph.Pairs, 1, 600 * 20);
    }

    [Fact]
    public void CopiesAreThoseOfTheFirstOfThem()
    {
        // Angles 0°, 5°, 10°, 90°, 180°, 5°: the third is near the second, but no copy of it, because the second is a copy itself.
        double[] degrees = [0, 5, 15, 90, 180, 5];
        var directions = UnitDirections.Of(
            new FeatureConfiguration(2, 6, [.. degrees.SelectMany(a => new[] { Math.Cos(a * Math.PI / 180), Math.Sin(a * Math.PI / 180) })])
        );
        var graph = NeighbourGraph.Build(new CosineRows(directions), 0.9, 6, 1, null, CancellationToken.None);
        NearCopies copies = NearCopies.Of(graph, 6, 0.98);
        Assert.Equal([0, 2, 3, 4], copies.Kept);
        Assert.Equal([0, 1, 5], copies.Copies[0]);
    }

    [Fact]
    public void FalseDiscoveryRatesAreBenjaminiAndHochbergs()
    {
        double[] q = BenjaminiHochberg.LogQ([Math.Log(0.01), Math.Log(0.001), Math.Log(0.02)], Math.Log(10));
        Assert.Equal([0.05, 0.01, 0.2 / 3], q.Select(Math.Exp), (x, y) => Math.Abs(x - y) < 1e-12);
    }
}
