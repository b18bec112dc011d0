using Geometry.Configurations;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

public class LineNullsTests
{
    private static RunLabel Label(FeatureConfiguration w) => LabelPipeline.Label(w, new LabelOptions());

    /// <summary>
    /// The bounds allow for chance in 200 draws, where docs/accuracy.md says 0.1 and 0.8 %; without the null models of lines, 4 to 30 % and
    /// 10 to 100 % have a name.
    /// </summary>
    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    [InlineData(8, 6)]
    [InlineData(16, 12)]
    [InlineData(10, 16)]
    public void Random_lines_have_no_shape(int lines, int m)
    {
        Assert.InRange(Named(lines, m, random => Normalised(Gaussian(lines * m, random), m)), 0, 1);
        if (lines <= m)
            return;
        Assert.InRange(Named(lines, m, random => Made.TightFrame(lines, m, random)), 0, 5);
        Assert.InRange(Named(lines, m, random => Normalised(Made.TightFrame(lines, m, random), m)), 0, 5);
    }

    [Theory]
    [InlineData("hexagon + antipode")]
    [InlineData("cube + 2 antipode")]
    [InlineData("diplosimplex-4")]
    [InlineData("diplosimplex-8 + antipode + dedicated")]
    [InlineData("line-frame(5,14) + pentagon")]
    [InlineData("line-frame(12,32) + 2 antipode")]
    [InlineData("cube + icosahedron + hexagon")]
    public void Noisy_shapes_of_opposite_pairs_keep_their_names(string formula)
    {
        foreach (double sigma in (double[])[0, 0.003, 0.01, 0.02, 0.03])
        {
            foreach (NoiseIn where in (NoiseIn[])[NoiseIn.Ambient, NoiseIn.Summand])
            {
                var options = new SyntheticOptions
                {
                    Sigma = sigma,
                    NoiseIn = where,
                    NormSpread = 0.15,
                    Seed = 17,
                };
                for (int index = 0; index < 15; index++)
                    Assert.Equal(formula, Label(Made.From(formula, options, index).Configuration).Formula);
            }
        }
    }

    /// <summary>
    /// At the largest tolerance all lines of a diplo-simplex pass for planes, which together have more dimensions than the space.
    /// </summary>
    [Theory]
    [InlineData("diplosimplex-4")]
    [InlineData("diplosimplex-5")]
    [InlineData("diplosimplex-8")]
    [InlineData("diplosimplex-6 + antipode")]
    public void An_exact_diplosimplex_raises_no_alarm(string formula)
    {
        RunLabel label = Label(Made.From(formula, new SyntheticOptions()).Configuration);
        Assert.Equal(formula, label.Formula);
        Assert.True(label.Agreement.Agree, label.Agreement.Note);
    }

    /// <summary>
    /// Where exactly orthogonal pairs lean by more than the cap, no noise explains it, and their leans do not excuse each other; where the
    /// pairs are noisy, noise explains it.
    /// </summary>
    [Fact]
    public void Leaning_pairs_do_not_excuse_each_other()
    {
        RunLabel label = Label(Leaning(12, 160, 0));
        Assert.DoesNotContain("antipode", label.Formula, StringComparison.Ordinal);
        Assert.Equal("12 antipode", Label(Leaning(12, 166, 0)).Formula);
        var noisy = new SyntheticOptions
        {
            Sigma = 0.05,
            Hidden = 16,
            Seed = 3,
        };
        Assert.Equal("8 antipode", Label(Made.From("8 antipode", noisy).Configuration).Formula);
    }

    private static int Named(int lines, int m, Func<GaussianSource, double[]> make)
    {
        int named = 0;
        for (int t = 0; t < 200; t++)
        {
            double[] x = make(new GaussianSource(23, t));
            RunLabel label = Label(new FeatureConfiguration(m, 2 * lines, [.. x, .. x.Select(v => -v)]));
            if (label.Summands.Any(s => s.Directions >= 3 && s.Match.IsNamed))
                named++;
        }
        return named;
    }

    private static double[] Gaussian(int count, GaussianSource random)
    {
        double[] x = new double[count];
        random.Normal(x);
        return x;
    }

    private static double[] Normalised(double[] x, int m) =>
        [.. x.Chunk(m).SelectMany(static row => row.Select(v => v / Math.Sqrt(row.Sum(static u => u * u))))];

    // Pairs in orthogonal planes of R^2p.
    private static FeatureConfiguration Leaning(int pairs, double degrees, double start)
    {
        int m = 2 * pairs;
        double[] columns = new double[2 * pairs * m];
        double angle = double.DegreesToRadians(degrees);
        for (int p = 0; p < pairs; p++)
        {
            (columns[2 * p * m + 2 * p], columns[2 * p * m + 2 * p + 1]) = (Math.Cos(start), Math.Sin(start));
            (columns[(2 * p + 1) * m + 2 * p], columns[(2 * p + 1) * m + 2 * p + 1]) = (Math.Cos(start + angle), Math.Sin(start + angle));
        }
        return new FeatureConfiguration(m, 2 * pairs, columns);
    }
}
