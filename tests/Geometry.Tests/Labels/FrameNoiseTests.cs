using Geometry.Configurations;
using Geometry.Labels;
using Xunit;

namespace Geometry.Tests.Labels;

public class FrameNoiseTests
{
    /// <summary>Noise of σ on a tight frame: the bound lies above σ in about 99 % of cases, and is of its order.</summary>
    [Theory]
    [InlineData("2 pentagon", 4, 3)]
    [InlineData("tetrahedron", 3, 6)]
    [InlineData("triangle", 2, 25)]
    [InlineData("simplex-8", 8, 3)]
    public void BoundsTheNoiseOfTightFrames(string formula, int m, double loose)
    {
        const double Sigma = 0.04;
        const int Trials = 2000;
        var parts = SyntheticParts.Of(FormulaParser.Parse(formula));
        int below = 0;
        var bounds = new double[Trials];
        for (int t = 0; t < Trials; t++)
        {
            FeatureConfiguration w = SyntheticSum.Make(parts, new SyntheticOptions { Sigma = Sigma, Seed = 5 }, t).Configuration;
            bounds[t] = FrameNoise.Bound(FeatureStatistics.Of(w).FrameDefect, w.Features, m);
            if (bounds[t] < Sigma) below++;
        }
        Array.Sort(bounds);
        Assert.InRange(below, 0, 0.025 * Trials);
        Assert.InRange(bounds[Trials / 2], Sigma, loose * Sigma);
    }

    [Fact]
    public void OneDimensionIsAlwaysTight() => Assert.Equal(double.PositiveInfinity, FrameNoise.Bound(0, 3, 1));

    /// <summary>m+1 vectors of a tight frame are its null vector; here it is nearly even on some features and small on the others.</summary>
    [Theory]
    [InlineData(0.50, 0.40, 0.60, 0.49, 0.05)]
    [InlineData(0.60, 0.52, 0.58, 0.05, -0.06)]
    public void ATightFrameNearASimplexIsNotNamed(params double[] v)
    {
        int n = v.Length, m = n - 1;
        FeatureConfiguration w = Complement(v);
        Assert.InRange(FeatureStatistics.Of(w).FrameDefect, 0, 1e-9);
        RunLabel label = LabelPipeline.Label(w, new LabelOptions());
        Assert.DoesNotContain(label.Summands, s => s.Count >= 3 && s.Match.IsNamed);
        // The same directions with equal norms are no tight frame, and could be a noisy simplex.
        double[] unit = w.Columns.ToArray();
        for (int i = 0; i < n; i++)
        {
            double norm = Math.Sqrt(w.Column(i).ToArray().Sum(x => x * x));
            for (int k = 0; k < m; k++) unit[i * m + k] /= norm;
        }
        Assert.Contains(LabelPipeline.Label(new FeatureConfiguration(m, n, unit), new LabelOptions()).Summands, s => s.Count >= 3 && s.Match.IsNamed);
    }

    [Fact]
    public void AnExactSimplexIsNamed() =>
        Assert.Equal("simplex-4", LabelPipeline.Label(Complement([1, 1, 1, 1, 1]), new LabelOptions()).Formula);

    // Rows: an orthonormal basis of the complement of v, by Gram–Schmidt from the axes.
    private static FeatureConfiguration Complement(double[] v)
    {
        int n = v.Length, m = n - 1;
        var basis = new List<double[]> { Scaled([.. v]) };
        for (int axis = 0; basis.Count < n; axis++)
        {
            double[] row = new double[n];
            row[axis] = 1;
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] b in basis)
                {
                    double dot = row.Zip(b, (x, y) => x * y).Sum();
                    for (int i = 0; i < n; i++) row[i] -= dot * b[i];
                }
            }
            if (row.Sum(x => x * x) > 1e-6) basis.Add(Scaled(row));
        }
        double[] columns = new double[n * m];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < m; k++) columns[i * m + k] = basis[k + 1][i];
        }
        return new FeatureConfiguration(m, n, columns);
    }

    private static double[] Scaled(double[] row)
    {
        double norm = Math.Sqrt(row.Sum(x => x * x));
        for (int i = 0; i < row.Length; i++) row[i] /= norm;
        return row;
    }
}
