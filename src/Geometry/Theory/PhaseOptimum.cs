using Geometry.Configurations;
using Geometry.Labels;

namespace Geometry.Theory;

/// <summary>The best weights of a small model at one density and importance.</summary>
/// <param name="Loss">Least expected loss found, Σ_i I_i E(x_i − x'_i)².</param>
/// <param name="Formula">What the columns are; empty when nothing is learned.</param>
/// <param name="Learned">The learned features, ascending.</param>
/// <param name="Weights">W, m×n.</param>
/// <param name="Bias">b, length n.</param>
public sealed record PhaseOptimum(double Loss, string Formula, IReadOnlyList<int> Learned, FeatureConfiguration Weights, IReadOnlyList<double> Bias)
{
    /// <summary>Largest n whose expected loss is evaluated exactly.</summary>
    public const int MostFeatures = SmallModelLoss.MostFeatures;

    private const int RandomStarts = 8;
    private const double Tolerance = 1e-9, Shake = 0.05, Spread = 0.7;

    /// <summary>Minimises the exact expected loss (<see cref="SmallModelLoss"/>) over W and b, n = m+1, the last feature of importance r.</summary>
    /// <remarks>
    /// Descents from each ideal solution, slightly shaken because a feature with w_i = 0 stays there by symmetry, and from <see cref="RandomStarts"/> random starts; the lowest end. Not proven global. Tens of
    /// milliseconds for n = 3, seconds for n = 4.
    /// </remarks>
    /// <param name="features">n, 2 … <see cref="MostFeatures"/>.</param>
    /// <param name="density">p, in (0, 1].</param>
    /// <param name="importance">r ≥ 0.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is out of range.</exception>
    public static PhaseOptimum Of(int features, double density, double importance, int seed = 0)
    {
        if (features is < 2 or > MostFeatures) throw new ArgumentOutOfRangeException(nameof(features), features, $"expected 2 to {MostFeatures} features");
        int m = features - 1;
        double[] weights = [.. Enumerable.Repeat(1.0, m), importance];
        var descent = new Descent(new SmallModelLoss(m, features, density, weights).Evaluate, Tolerance);
        Minimised best = default;
        for (int start = 0; start < 4 + RandomStarts; start++)
        {
            if (start == (int)IdealSolution.PairOthers && features == 2) continue;
            var random = new GaussianSource(seed, start);
            double[] point = start < 4 ? IdealSolutions.Point((IdealSolution)start, features, density) : new double[features * features];
            for (int i = 0; i < features * m; i++) point[i] += (start < 4 ? Shake : Spread) * random.Normal();
            Minimised end = descent.Run(point);
            if (start == 0 || end.Value < best.Value) best = end;
        }
        var columns = new FeatureConfiguration(m, features, best.Point[..(features * m)]);
        RunLabel label = LabelPipeline.Label(columns, new LabelOptions());
        return new PhaseOptimum(best.Value, label.Formula, label.Learned, columns, best.Point[(features * m)..]);
    }
}
