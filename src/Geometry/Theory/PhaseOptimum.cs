using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;

namespace Geometry.Theory;

/// <summary>The best weights of a small model at one density and importance.</summary>
/// <param name="Loss">Least expected loss found, Σ_i I_i E(x_i − x'_i)².</param>
/// <param name="Formula">The formula of the columns; empty when nothing is learned.</param>
/// <param name="Learned">The learned features, ascending.</param>
/// <param name="Weights">W, m×n.</param>
/// <param name="Bias">b, length n.</param>
public sealed record PhaseOptimum(
    double Loss,
    string Formula,
    IReadOnlyList<int> Learned,
    FeatureConfiguration Weights,
    IReadOnlyList<double> Bias
)
{
    /// <summary>Largest n whose expected loss is evaluated exactly.</summary>
    public const int MostFeatures = SmallModelLoss.MostFeatures;

    /// <summary>The summands of the columns: shape and features.</summary>
    public IReadOnlyList<(string Shape, IReadOnlyList<int> Features)> Summands { get; init; } = [];

    private const int RandomStarts = 8;
    private const double Tolerance = 1e-9,
        Shake = 0.05,
        Spread = 0.7;

    /// <summary>
    /// Minimises the exact expected loss (<see cref="SmallModelLoss"/>) over W and b, n = m+1, the last feature of importance r.
    /// </summary>
    /// <remarks>
    /// The result is the lowest end of descents from each ideal solution, slightly perturbed because a feature with w_i = 0 would stay
    /// there by symmetry, and from <see cref="RandomStarts"/> random starts. It is not proven to be global. Tens of milliseconds for n = 3,
    /// seconds for n = 4.
    /// </remarks>
    /// <param name="features">n, 2 … <see cref="MostFeatures"/>.</param>
    /// <param name="density">p, in (0, 1].</param>
    /// <param name="importance">r ≥ 0.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is out of range.</exception>
    public static PhaseOptimum Of(int features, double density, double importance, int seed = 0)
    {
        if (features is < 2 or > MostFeatures)
            throw new ArgumentOutOfRangeException(nameof(features), features, $"expected 2 to {MostFeatures} features");
        IEnumerable<double[]?> ideal = Enum.GetValues<IdealSolution>()
            .Select(s => s == IdealSolution.PairOthers && features == 2 ? null : IdealSolutions.Point(s, features, density));
        return Of(features - 1, density, [.. Enumerable.Repeat(1.0, features - 1), importance], ideal, seed);
    }

    /// <summary>Minimises the exact expected loss for any importances and any number of hidden dimensions below that of features.</summary>
    /// <remarks>
    /// The descents start from every choice of m dedicated features and from every antipodal pair with m−1 dedicated features, slightly
    /// perturbed, and from random points.
    /// </remarks>
    /// <param name="hidden">m, 1 … n−1.</param>
    /// <param name="density">p, in (0, 1].</param>
    /// <param name="importance">I_1 … I_n, each ≥ 0, 2 to <see cref="MostFeatures"/> of them.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <exception cref="ArgumentOutOfRangeException">n or m is out of range.</exception>
    public static PhaseOptimum Of(int hidden, double density, IReadOnlyList<double> importance, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(importance);
        int n = importance.Count;
        if (n is < 2 or > MostFeatures)
            throw new ArgumentOutOfRangeException(nameof(importance), n, $"expected 2 to {MostFeatures} features");
        if (hidden < 1 || hidden >= n)
            throw new ArgumentOutOfRangeException(nameof(hidden), hidden, $"expected 1 to {n - 1} hidden dimensions");
        return Of(hidden, density, importance, IdealSolutions.Points(hidden, n, density), seed);
    }

    private static PhaseOptimum Of(int m, double density, IReadOnlyList<double> importance, IEnumerable<double[]?> ideal, int seed)
    {
        int n = importance.Count,
            start = 0;
        var descent = new Descent(new SmallModelLoss(m, n, density, importance).Evaluate, Tolerance);
        Minimised best = default;
        foreach (double[]? point in ideal)
            Try(point, Shake);
        for (int k = 0; k < RandomStarts; k++)
            Try(new double[n * (m + 1)], Spread);
        var columns = new FeatureConfiguration(m, n, best.Point[..(n * m)]);
        RunLabel label = LabelPipeline.Label(columns, new LabelOptions());
        return new PhaseOptimum(best.Value, label.Formula, label.Learned, columns, best.Point[(n * m)..])
        {
            Summands = [.. label.Summands.Select(s => (s.Match.Shape, s.Features))],
        };

        void Try(double[]? point, double shake)
        {
            var random = new GaussianSource(seed, start++);
            if (point is null)
                return;
            for (int i = 0; i < n * m; i++)
                point[i] += shake * random.Normal();
            Minimised end = descent.Run(point);
            if (best.Point is null || end.Value < best.Value)
                best = end;
        }
    }
}
