using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.RandomNumbers;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Synthesis;

public sealed class SyntheticSumTests
{
    /// <summary>
    /// In more dimensions than those in which the rotation is uniform it is a walk, which is still orthogonal and spreads over all
    /// coordinates.
    /// </summary>
    [Fact]
    public void LargeRotationsKeepAnglesAndMixAllCoordinates()
    {
        const int m = RandomRotation.LargestUniform + 477;
        var rotation = new RandomRotation(new GaussianSource(7), m);
        double[] first = new double[m],
            second = new double[m],
            x = new double[m],
            y = new double[m];
        first[0] = 1;
        (second[0], second[m - 1]) = (0.6, 0.8);
        rotation.Apply(first, x);
        rotation.Apply(second, y);
        double xx = 0,
            yy = 0,
            xy = 0;
        for (int k = 0; k < m; k++)
            (xx, yy, xy) = (xx + (x[k] * x[k]), yy + (y[k] * y[k]), xy + (x[k] * y[k]));
        Assert.Equal((1.0, 1.0, 0.6), (Math.Round(xx, 12), Math.Round(yy, 12), Math.Round(xy, 12)));
        // The largest of m coordinates of a random direction is about √(2 ln m / m), 0.1; hardly any is zero.
        Assert.InRange(x.Max(Math.Abs), 0.06, 0.16);
        Assert.InRange(x.Count(v => Math.Abs(v) < 0.1 / Math.Sqrt(m)), 60, 180);
    }

    private static readonly SyntheticPart Antipode = new(1, [1, -1]);
    private static readonly SyntheticPart Triangle = new(2, [1, 0, -0.5, Math.Sqrt(0.75), -0.5, -Math.Sqrt(0.75)]);

    [Fact]
    public void Without_noise_parts_are_exact_and_orthogonal()
    {
        SyntheticConfiguration made = SyntheticSum.Make(
            [Triangle, Antipode],
            new SyntheticOptions
            {
                Hidden = 5,
                Features = 8,
                NormSpread = 0.15,
                Seed = 3,
            }
        );
        FeatureConfiguration w = made.Configuration;
        Assert.Equal((5, 8), (w.Hidden, w.Features));
        Assert.Equal([3, 3, 2], new[] { -1, 0, 1 }.Select(p => made.Summand.Count(s => s == p)));
        for (int i = 0; i < 8; i++)
        {
            double norm = TensorPrimitives.Norm(w.Column(i));
            Assert.InRange(norm, made.Summand[i] < 0 ? 0 : 0.85 - 1e-12, made.Summand[i] < 0 ? 0.3 : 1.15 + 1e-12);
            for (int j = 0; j < i; j++)
            {
                if (made.Summand[i] < 0 || made.Summand[j] < 0)
                    continue;
                double cos = TensorPrimitives.CosineSimilarity(w.Column(i), w.Column(j));
                double expected =
                    made.Summand[i] != made.Summand[j] ? 0
                    : made.Summand[i] == 0 ? -0.5
                    : -1;
                Assert.Equal(expected, cos, 12);
            }
        }
    }

    [Fact]
    public void Noise_in_the_summand_stays_there()
    {
        SyntheticConfiguration made = SyntheticSum.Make(
            [Triangle, Antipode],
            new SyntheticOptions
            {
                Sigma = 0.1,
                NoiseIn = NoiseIn.Summand,
                Seed = 4,
            }
        );
        int[] triangle = [.. Enumerable.Range(0, 5).Where(i => made.Summand[i] == 0)],
            antipode = [.. Enumerable.Range(0, 5).Where(i => made.Summand[i] == 1)];
        foreach (int i in triangle)
        {
            foreach (int j in antipode)
                Assert.Equal(0, TensorPrimitives.Dot(made.Configuration.Column(i), made.Configuration.Column(j)), 12);
        }
        Assert.NotEqual(
            -0.5,
            TensorPrimitives.CosineSimilarity(made.Configuration.Column(triangle[0]), made.Configuration.Column(triangle[1])),
            6
        );
    }

    [Fact]
    public void Ambient_noise_has_the_stated_deviation_per_coordinate()
    {
        const double sigma = 0.05;
        const int m = 20;
        double sum = 0;
        for (int i = 0; i < 400; i++)
        {
            SyntheticConfiguration made = SyntheticSum.Make(
                [new SyntheticPart(1, [1])],
                new SyntheticOptions
                {
                    Sigma = sigma,
                    Hidden = m,
                    Seed = 5,
                },
                i
            );
            double norm = TensorPrimitives.Norm(made.Configuration.Column(0));
            sum += norm * norm - 1;
        }
        // E‖x + σz‖² − 1 = mσ²; the mean of 400 draws is off by a few per cent.
        Assert.InRange(sum / 400, 0.8 * m * sigma * sigma, 1.2 * m * sigma * sigma);
    }

    [Fact]
    public void The_same_seed_and_index_give_the_same_bits()
    {
        var options = new SyntheticOptions
        {
            Sigma = 0.1,
            Hidden = 6,
            Features = 7,
            Seed = 11,
        };
        double[] Columns(int index) => SyntheticSum.Make([Triangle, Antipode], options, index).Configuration.Columns.ToArray();
        Assert.Equal(Columns(2), Columns(2));
        Assert.NotEqual(Columns(2), Columns(3));
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Assert.Contains(
            "at least 3",
            Assert.Throws<ArgumentException>(() => SyntheticSum.Make([Triangle, Antipode], new SyntheticOptions { Hidden = 2 })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "at least 5",
            Assert.Throws<ArgumentException>(() => SyntheticSum.Make([Triangle, Antipode], new SyntheticOptions { Features = 4 })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "sigma",
            Assert.Throws<ArgumentException>(() => SyntheticSum.Make([Antipode], new SyntheticOptions { Sigma = double.NaN })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "spread",
            Assert.Throws<ArgumentException>(() => SyntheticSum.Make([Antipode], new SyntheticOptions { NormSpread = 0.6 })).Message,
            StringComparison.Ordinal
        );
    }
}
