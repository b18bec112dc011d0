using Geometry.Clustering;
using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Theory;

/// <summary>A local minimum of the sparse-limit loss.</summary>
/// <param name="Weights">W, d×k.</param>
/// <param name="Bias">b, length k.</param>
/// <param name="Energy">Σ_i I_i·H_i/3 there.</param>
/// <param name="GradientNorm">Largest magnitude of the entries of the energy's gradient there, at the end of the descent.</param>
/// <remarks>
/// A feature is live when it is learned, with ‖w_i‖ at least half the largest norm (<see cref="Labels.LabelOptions.MinNorm"/>), and its own
/// input activates its output, ‖w_i‖² + b_i &gt; 0. Other features have a small w_i, often 0, and the best constant output (the bias 1/(2k)
/// where all importances are equal and w_i = 0). Or they have an output that no input activates; its bias then is free and set to −1. Where
/// the input of such a feature activates no output either, its weights are free within limits too, and set to 0.
/// </remarks>
public sealed record LocalMinimum(FeatureConfiguration Weights, IReadOnlyList<double> Bias, double Energy, double GradientNorm)
{
    private const double LearnedShare = 0.5;

    /// <summary>The live features, ascending.</summary>
    public IReadOnlyList<int> Live { get; } = LiveOf(Weights, Bias);

    private static int[] LiveOf(FeatureConfiguration weights, IReadOnlyList<double> bias)
    {
        double[] squares = [.. Enumerable.Range(0, weights.Features).Select(i => Vectors.Dot(weights.Column(i), weights.Column(i)))];
        double least = LearnedShare * LearnedShare * squares.Max();
        return [.. Enumerable.Range(0, weights.Features).Where(i => squares[i] > 0 && squares[i] >= least && squares[i] + bias[i] > 0)];
    }
}

/// <summary>A local minimum with the number of starts that end in it.</summary>
/// <param name="Minimum">The minimum found with the smallest gradient.</param>
/// <param name="Starts">Number of starts that end in it, ≥ 1.</param>
/// <param name="Share"><paramref name="Starts"/> as a share of all starts, in (0, 1].</param>
/// <param name="IsFlat">Whether the starts end in different points of equal energy, norms and biases. The minimum then is a family, of
/// which <paramref name="Minimum"/> is one member.</param>
public sealed record GroundState(LocalMinimum Minimum, int Starts, double Share, bool IsFlat);

/// <summary>
/// Local minima of the loss with one active feature (<see cref="SparseLimitLoss"/>), which models can learn in the limit of high sparsity.
/// </summary>
/// <remarks>
/// <para>
/// The starts are those of the published notebook: weights N(0, 2/(d+k)) (Xavier) and biases 0, with a stream of random numbers per start.
/// From each a descent by MathNet's limited-memory BFGS (<see cref="Descent"/>) runs until no entry of the gradient exceeds
/// <see cref="Tolerance"/>. Coordinates are then exact to about 1e-7, far below the tolerance of <see cref="CongruentMinima"/>. The result
/// does not depend on the number of threads.
/// </para>
/// <para>
/// A start takes 100 to 300 steps of O(k²d): 0.7 ms at (4,15), 3 ms at (5,24) on one core. (In a trial a limited-memory BFGS without
/// allocations was three times as fast, which does not justify an implementation of our own; the full BFGS is ten times as slow.) Source:
/// Chen, Lau, Mendel, Wei, Murfet 2023, arXiv 2310.06301.
/// </para>
/// </remarks>
public static class GroundStates
{
    /// <summary>Largest magnitude of the gradient's entries at the end of a descent.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Largest number of features: the loss holds a dense k×k matrix per thread.</summary>
    public const int MostFeatures = 4096;

    /// <summary>Finds local minima from random starts, merged up to permutations of features of equal importance and rotations.</summary>
    /// <param name="hidden">d, 1 to <see cref="MostFeatures"/>.</param>
    /// <param name="features">k, 1 to <see cref="MostFeatures"/>.</param>
    /// <param name="importance">I_i ≥ 0 and finite, length k; null for 1.</param>
    /// <param name="starts">Number of starts, ≥ 1.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <param name="threads">Number of threads, ≥ 1; null for all.</param>
    /// <param name="progress">Called from any thread with the number of further starts that are done.</param>
    /// <param name="cancellation">Stops between starts.</param>
    /// <returns>The minima by rising energy, then by falling share.</returns>
    /// <exception cref="ArgumentException">A size is out of range, or the importances do not fit.</exception>
    public static IReadOnlyList<GroundState> Find(
        int hidden,
        int features,
        IReadOnlyList<double>? importance = null,
        int starts = 1000,
        int seed = 0,
        int? threads = null,
        Action<int>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(starts, 1);
        double[] weights = Importances(hidden, features, importance);
        var found = new LocalMinimum[starts];
        double spread = Math.Sqrt(2.0 / (hidden + features));
        Workers.For(
            starts,
            8,
            threads ?? Environment.ProcessorCount,
            () => new Workspace(hidden, features, weights),
            (start, workspace) =>
            {
                // The check after the loop throws; an exception inside the loop would be wrapped.
                if (cancellation.IsCancellationRequested)
                    return;
                double[] point = new double[features * (hidden + 1)];
                var random = new GaussianSource(seed, start);
                for (int i = 0; i < features * hidden; i++)
                    point[i] = spread * random.Normal();
                found[start] = workspace.Run(point);
                progress?.Invoke(1);
            }
        );
        cancellation.ThrowIfCancellationRequested();
        return CongruentMinima.Merge(found, weights);
    }

    /// <summary>The local minimum that a descent from a given start reaches.</summary>
    /// <param name="weights">W, d×k.</param>
    /// <param name="bias">b, length k, finite.</param>
    /// <param name="importance">I_i ≥ 0 and finite, length k; null for 1.</param>
    /// <exception cref="ArgumentException">The biases or importances do not fit.</exception>
    public static LocalMinimum Descend(FeatureConfiguration weights, IReadOnlyList<double> bias, IReadOnlyList<double>? importance = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        if (bias.Count != weights.Features || !bias.All(double.IsFinite))
            throw new ArgumentException($"expected {weights.Features} finite biases, found {bias.Count}", nameof(bias));
        return new Workspace(weights.Hidden, weights.Features, Importances(weights.Hidden, weights.Features, importance)).Run([
            .. weights.Columns,
            .. bias,
        ]);
    }

    private static double[] Importances(int hidden, int features, IReadOnlyList<double>? importance)
    {
        if (hidden is < 1 or > MostFeatures || features is < 1 or > MostFeatures)
            throw new ArgumentException($"expected d and k from 1 to {MostFeatures}, found d = {hidden}, k = {features}");
        if (importance is null)
            return [.. Enumerable.Repeat(1.0, features)];
        if (importance.Count != features || !importance.All(v => v >= 0 && double.IsFinite(v)))
            throw new ArgumentException(
                $"expected {features} importances, finite and 0 or more, found {string.Join(' ', importance)}",
                nameof(importance)
            );
        return [.. importance];
    }

    /// <summary>The workspace of descents on one thread.</summary>
    private sealed class Workspace
    {
        private readonly SparseLimitLoss _loss;
        private readonly Descent _descent;
        private readonly double[] _gradient;

        public Workspace(int hidden, int features, double[] importance)
        {
            _loss = new SparseLimitLoss(hidden, features, importance);
            _descent = new Descent(_loss.Evaluate, Tolerance);
            _gradient = new double[_loss.Length];
        }

        public LocalMinimum Run(double[] start)
        {
            int d = _loss.Hidden,
                k = _loss.Features;
            Minimised end = _descent.Run(start);
            Silence(end.Point, end.Value);
            return new LocalMinimum(new FeatureConfiguration(d, k, end.Point[..(k * d)]), end.Point[(k * d)..], end.Value, end.Slope);
        }

        /// <summary>
        /// Sets parameters on which the energy does not depend to fixed values: a free bias to −1, and the weights of its feature to 0
        /// where they are free too (<see cref="LocalMinimum"/>).
        /// </summary>
        private void Silence(double[] point, double value)
        {
            int d = _loss.Hidden,
                k = _loss.Features;
            for (int i = 0; i < k; i++)
            {
                Span<double> column = point.AsSpan(i * d, d);
                double bias = point[(k * d) + i];
                if (bias > 0 || Vectors.Dot(column, column) + bias > 0)
                    continue;
                double[] old = column.ToArray();
                column.Clear();
                point[(k * d) + i] = -1;
                if (IsSame(point, value))
                    continue;
                old.CopyTo(column);
                if (!IsSame(point, value))
                    point[(k * d) + i] = bias;
            }
        }

        private bool IsSame(double[] point, double value) =>
            Math.Abs(_loss.Evaluate(point, _gradient) - value) <= Tolerance * Math.Max(1, value);
    }
}
