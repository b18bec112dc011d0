using Geometry.Dictionaries;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Geometry.Tests.Dictionaries;

public sealed class InPlaneTailTests
{
    [Theory]
    [InlineData(20, 1)]
    [InlineData(20, 2)]
    [InlineData(100, 2)]
    [InlineData(100, 3)]
    [InlineData(768, 3)]
    public void WithoutAPreferredDirectionItIsABetaVariable(int m, int k)
    {
        var tail = new InPlaneTail([.. Enumerable.Repeat(1.0 / m, m)]);
        double[] basis = Axes(m, k, 0);
        for (double beta = 0.3; beta < 0.95; beta += 0.1)
        {
            double exact = Math.Log(SpecialFunctions.BetaRegularized((m - k) / 2.0, k / 2.0, 1 - beta));
            if (exact > Math.Log(0.1) || double.IsInfinity(exact))
                continue;
            Assert.InRange(tail.LogProbability(basis, k, beta) - exact, -0.15, 0.15);
        }
    }

    [Fact]
    public void WithPreferredDirectionsItIsWhatASampleGives()
    {
        const int m = 12,
            k = 2,
            draws = 400_000;
        double[] values = [.. Enumerable.Range(1, m).Select(i => 1.0 / i)];
        double sum = values.Sum();
        values = [.. values.Select(v => v / sum)];
        var tail = new InPlaneTail(values);
        // A plane with preferred directions and others.
        double[] basis = new double[k * m];
        (basis[1], basis[7]) = (0.6, 0.8);
        (basis[m + 4], basis[m + 9]) = (0.8, -0.6);
        var random = new Random(5);
        int[] above = new int[3];
        double[] betas = [0.5, 0.7, 0.85],
            x = new double[m];
        for (int i = 0; i < draws; i++)
        {
            double square = 0;
            for (int d = 0; d < m; d++)
            {
                x[d] = Math.Sqrt(values[d]) * Normal.Sample(random, 0, 1);
                square += x[d] * x[d];
            }
            double inside = Math.Pow((basis[1] * x[1]) + (basis[7] * x[7]), 2) + Math.Pow((basis[m + 4] * x[4]) + (basis[m + 9] * x[9]), 2);
            for (int b = 0; b < betas.Length; b++)
                above[b] += inside >= betas[b] * square ? 1 : 0;
        }
        for (int b = 0; b < betas.Length; b++)
        {
            double seen = (double)above[b] / draws,
                error = Math.Sqrt(seen / draws);
            Assert.InRange(Math.Exp(tail.LogProbability(basis, k, betas[b])), (seen - (4 * error)) * 0.9, (seen + (4 * error)) * 1.1);
        }
    }

    [Fact]
    public void ItsEnds()
    {
        var tail = new InPlaneTail([.. Enumerable.Repeat(0.1, 10)]);
        double[] basis = Axes(10, 2, 3);
        Assert.Equal(0, tail.LogProbability(basis, 2, 0));
        Assert.Equal(0, tail.LogProbability(basis, 2, 0.1));
        Assert.Equal(double.NegativeInfinity, tail.LogProbability(basis, 2, 1));
        Assert.Equal(double.NegativeInfinity, tail.LogProbability([], 0, 0.5));
    }

    private static double[] Axes(int m, int k, int first)
    {
        double[] basis = new double[k * m];
        for (int a = 0; a < k; a++)
            basis[(a * m) + first + a] = 1;
        return basis;
    }
}
