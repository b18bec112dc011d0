using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

/// <summary>
/// Formulas do not change with rotation, order, scale, single precision, features that were not learned, and dimensions that no column
/// uses.
/// </summary>
public sealed class MetamorphicTests
{
    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Nothing_changes_the_formula_of_a_sum(int t)
    {
        var random = new GaussianSource(91, t);
        int hidden = 4 + random.Below(9);
        Formula formula = Made.RandomFormula(random, hidden, 14);
        CheckAll(
            SyntheticSum
                .Make(
                    Made.Parts(formula),
                    new SyntheticOptions
                    {
                        Sigma = 0.05 * random.Uniform(),
                        Hidden = hidden,
                        Features = formula.Count + 2,
                        NormSpread = 0.15,
                        Seed = 92,
                    },
                    t
                )
                .Configuration,
            random
        );
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Nothing_changes_the_formula_of_random_columns(int t)
    {
        var random = new GaussianSource(93, t);
        int n = 2 + random.Below(14),
            m = 2 + random.Below(8);
        double[] columns = new double[n * m];
        random.Normal(columns);
        CheckAll(new FeatureConfiguration(m, n, columns), random);
    }

    private static void CheckAll(FeatureConfiguration w, GaussianSource random)
    {
        string formula = Formula(w);
        int n = w.Features,
            m = w.Hidden;
        Assert.Equal(formula, Formula(Rotated(w, random)));
        int[] order = [.. Enumerable.Range(0, n)];
        random.Shuffle(order);
        Assert.Equal(formula, Formula(new FeatureConfiguration(m, n, [.. order.SelectMany(i => w.Column(i).ToArray())])));
        foreach (double scale in (double[])[1e-30, 1e-9, 7.3, 1e30])
            Assert.Equal(formula, Formula(Mapped(w, v => scale * v)));
        Assert.Equal(formula, Formula(Mapped(w, v => (float)v)));
        Assert.Equal(formula, Formula(new FeatureConfiguration(m, n + 3, [.. w.Columns, .. new double[3 * m]])));
        FeatureConfiguration wide = Widened(w, 2),
            wider = Widened(w, 5);
        Assert.Equal(formula, Formula(wide));
        Assert.Equal(formula, Formula(Mapped(Rotated(wider, random), v => (float)v)));
    }

    private static string Formula(FeatureConfiguration w) => LabelPipeline.Label(w, new LabelOptions()).Formula;

    private static FeatureConfiguration Mapped(FeatureConfiguration w, Func<double, double> map) =>
        new(w.Hidden, w.Features, [.. w.Columns.ToArray().Select(map)]);

    private static FeatureConfiguration Widened(FeatureConfiguration w, int more)
    {
        double[] columns = new double[w.Features * (w.Hidden + more)];
        for (int i = 0; i < w.Features; i++)
            w.Column(i).CopyTo(columns.AsSpan(i * (w.Hidden + more)));
        return new FeatureConfiguration(w.Hidden + more, w.Features, columns);
    }

    /// <summary>The configuration reflected along m random directions, one after the other.</summary>
    private static FeatureConfiguration Rotated(FeatureConfiguration w, GaussianSource random)
    {
        int m = w.Hidden;
        double[] columns = w.Columns.ToArray(),
            mirror = new double[m];
        for (int k = 0; k < m; k++)
        {
            random.Normal(mirror);
            double square = TensorPrimitives.SumOfSquares<double>(mirror);
            for (int i = 0; i < w.Features; i++)
            {
                Span<double> column = columns.AsSpan(i * m, m);
                TensorPrimitives.MultiplyAdd(mirror, -2 * TensorPrimitives.Dot<double>(mirror, column) / square, column, column);
            }
        }
        return new FeatureConfiguration(m, w.Features, columns);
    }
}
