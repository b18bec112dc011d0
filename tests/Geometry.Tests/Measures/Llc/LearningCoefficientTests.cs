using Geometry.Measures.Llc;
using Geometry.RandomNumbers;
using Geometry.Theory;
using Xunit;
using Xunit.Abstractions;

namespace Geometry.Tests.Measures.Llc;

public class LearningCoefficientTests(ITestOutputHelper output)
{
    private const double Nbeta = 1e7;

    [Theory]
    [InlineData(0.2, 0.0)]
    [InlineData(1.0, 0.0)]
    [InlineData(0.2, 1e5)]
    [InlineData(2.0, 3e6)]
    public void OnAQuadraticItFindsTheOraclesNumberBiasAndAll(double relativeStep, double gamma)
    {
        double[] h = [0.3, 0.5, 0.5, 0.7, 1, 1.2, 0];
        var step = new SgldStep(Nbeta, relativeStep / Nbeta, gamma);
        double expected = QuadraticOracle.Coefficient(h, step);
        LlcEstimate found = LearningCoefficient.Estimate(
            FunctionLoss.Quadratic(h),
            new double[h.Length],
            new LlcOptions
            {
                Epsilon = step.Epsilon,
                Localisation = gamma,
                Draws = 8000,
                BurnIn = 500,
                Chains = 16,
            }
        );
        output.WriteLine($"{found} expected {expected}");
        Assert.InRange(found.Coefficient, expected - (3 * found.StandardError), expected + (3 * found.StandardError));
        Assert.InRange(found.StandardError, 0, 0.03 * expected);
        Assert.Equal(QuadraticOracle.StepBias(Spectrum.Of(h), step), found.StepBias, 1e-6);
        Assert.Equal(found.StepBias >= 0.02 ? $"step bias {100 * found.StepBias:0} %" : "ok", found.Verdict);
    }

    [Fact]
    public void AStepThatIsNotStableDiverges()
    {
        LlcEstimate found = LearningCoefficient.Estimate(
            FunctionLoss.Quadratic(1, 2),
            new double[2],
            new LlcOptions { Epsilon = 2.1 / Nbeta, Localisation = 0 }
        );
        Assert.Equal(("diverged", 0), (found.Verdict, found.Chains));
        Assert.True(double.IsNaN(found.Coefficient) && double.IsInfinity(found.StepBias));
    }

    /// <summary>Predicted by theory at ε = .2/nβ, γ = 0: 7.188, 8.753, 8.733 for 5, 5⁺, 6 at c = 6.</summary>
    [Theory]
    [InlineData(5, 0, 7, 7.188)]
    [InlineData(5, 1, 8.5, 8.753)]
    [InlineData(6, 0, 8.5, 8.733)]
    public void PolygonsHaveTheirCoefficients(int k, int raised, double lambda, double predicted)
    {
        PolygonPoint point = PolygonCriticalPoints.Of(6).Single(p => p.Polygon == k && p.Raised == raised && p.Silenced == 0);
        Assert.Equal(
            predicted,
            QuadraticOracle.Coefficient([.. point.HessianSpectrum().Where(h => h > 1e-9)], new SgldStep(Nbeta, 0.2 / Nbeta, 0)),
            5e-4
        );

        LlcEstimate chosen = LearningCoefficient.Estimate(new SparseLimitChains(2, 6), point.Point(), new LlcOptions { Draws = 16000 });
        output.WriteLine($"{chosen}");
        Assert.Equal("ok", chosen.Verdict);
        Assert.InRange((chosen.Coefficient / (1 + chosen.StepBias)) - lambda, -2 * chosen.StandardError, 2 * chosen.StandardError);
        Assert.InRange(chosen.StandardError, 0, 0.12);

        LlcEstimate given = LearningCoefficient.Estimate(
            new SparseLimitChains(2, 6),
            point.Point(),
            new LlcOptions { Epsilon = 0.2 / Nbeta, Draws = 10000 }
        );
        Assert.Equal("step bias 3 %", given.Verdict);
        Assert.InRange(given.Coefficient - predicted, -3 * given.StandardError, 3 * given.StandardError);
    }

    /// <summary>λ = (11 + 2(c−4) + σ)/2, where the loss has no second derivatives.</summary>
    [Theory]
    [InlineData(4, 0, 5.5)]
    [InlineData(5, 0, 6.5)]
    [InlineData(6, 0, 7.5)]
    [InlineData(6, 1, 8)]
    [InlineData(6, 2, 8.5)]
    public void SquaresHaveTheirCoefficients(int features, int raised, double lambda)
    {
        PolygonPoint point = PolygonCriticalPoints.Of(features).Single(p => p.Polygon == 4 && p.Raised == raised && p.Silenced == 0);
        LlcEstimate found = LearningCoefficient.Estimate(
            new SparseLimitChains(2, features),
            point.Point(),
            new LlcOptions { Draws = 16000 }
        );
        output.WriteLine($"{found}");
        // The curvature from which the bias is computed comes from differences here.
        Assert.InRange((found.Coefficient / (1 + found.StepBias)) - lambda, -2 * found.StandardError, 2 * found.StandardError);
        Assert.InRange(found.StandardError, 0, 0.02 * lambda);
    }

    /// <summary>y = x·w₁ᵃw₂ᵇ, x ~ N(0, 4), y ~ N(0, 1/16), n = 1000: λ = 1/(2 max(a, b)).</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 3)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    public void AProductOfPowersHasTheCoefficientOfItsLargestPower(int a, int b)
    {
        var random = new GaussianSource(17);
        double xx = 0,
            xy = 0,
            yy = 0;
        const int N = 1000;
        for (int i = 0; i < N; i++)
        {
            double x = 2 * random.Normal(),
                y = 0.25 * random.Normal();
            (xx, xy, yy) = (xx + (x * x / N), xy + (x * y / N), yy + (y * y / N));
        }
        var loss = new FunctionLoss(2, (w, g) =>
        {
            double p = Math.Pow(w[0], a),
                q = Math.Pow(w[1], b),
                f = p * q,
                slope = (2 * f * xx) - (2 * xy);
            (g[0], g[1]) = (a == 0 ? 0 : slope * a * Math.Pow(w[0], a - 1) * q, slope * p * b * Math.Pow(w[1], b - 1));
            return yy - (2 * f * xy) + (f * f * xx);
        });
        LlcEstimate found = LearningCoefficient.Estimate(
            loss,
            [0, 0],
            new LlcOptions
            {
                Epsilon = 4e-4,
                Localisation = 1,
                Chains = 16,
                Draws = 5000,
            },
            N
        );
        output.WriteLine($"({a},{b}) {found}");
        // 3.5 standard deviations of a chain's estimate, as in devinterp's own tests, and the effect of finite n.
        double allowed = Math.Min(0.15, 3.5 * found.StandardError * Math.Sqrt(16));
        Assert.InRange(found.Coefficient / (1 + found.StepBias), (0.5 / Math.Max(a, b)) - allowed, (0.5 / Math.Max(a, b)) + allowed);
    }

    /// <summary>Reduced-rank regression M → H → N of true rank 0, loss ‖BA‖².</summary>
    [Theory]
    [InlineData(5, 3, 5, 6.5)]
    [InlineData(5, 4, 5, 8)]
    [InlineData(4, 3, 8, 6)]
    [InlineData(8, 3, 4, 6)]
    [InlineData(3, 8, 4, 6)]
    [InlineData(5, 1, 3, 1.5)]
    public void ReducedRankRegressionHasTheTablesCoefficient(int m, int h, int n, double lambda)
    {
        var loss = new FunctionLoss((m * h) + (h * n), (w, g) => RankLoss(m, h, n, w, g));
        LlcEstimate found = LearningCoefficient.Estimate(
            loss,
            new double[loss.Length],
            new LlcOptions { Localisation = 1, BurnIn = 4000 },
            1000
        );
        output.WriteLine($"({m},{h},{n}) {lambda} {found}");
        Assert.InRange(found.Coefficient, 0.8 * lambda, 1.2 * lambda);
    }

    private static double RankLoss(int m, int h, int n, double[] w, double[] g)
    {
        double loss = 0;
        Array.Clear(g);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double product = 0;
                for (int k = 0; k < h; k++)
                    product += w[(i * h) + k] * w[(m * h) + (k * n) + j];
                loss += product * product;
                for (int k = 0; k < h; k++)
                {
                    g[(i * h) + k] += 2 * product * w[(m * h) + (k * n) + j];
                    g[(m * h) + (k * n) + j] += 2 * product * w[(i * h) + k];
                }
            }
        }
        return loss;
    }
}
