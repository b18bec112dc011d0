using Geometry.Clustering;
using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Theory;

/// <summary>A local minimum with the starts that end in it.</summary>
/// <param name="Minimum">The minimum with the smallest gradient among those found.</param>
/// <param name="Starts">How many starts end in it, ≥ 1.</param>
/// <param name="Share">The same as a share of all starts, in (0, 1].</param>
/// <param name="IsFlat">Whether the starts end in different points of the same energy, norms and biases: the minimum is a family, of which
/// <paramref name="Minimum"/> is one member.</param>
public sealed record GroundState(LocalMinimum Minimum, int Starts, double Share, bool IsFlat);

/// <summary>
/// Local minima of the loss with one active feature (<see cref="SparseLimitLoss"/>): what a model would learn in the limit of high
/// sparsity.
/// </summary>
/// <remarks>
/// <para>
/// Starts are the published notebook's: weights N(0, 2/(d+k)) (Xavier), biases 0; each has a random stream of its own. Each descends by
/// MathNet's limited-memory BFGS (<see cref="Descent"/>) until no entry of the gradient exceeds <see cref="Tolerance"/>, which leaves
/// coordinates exact to about 1e-7, far below what <see cref="CongruentMinima"/> tells apart. The same result whatever the number of
/// threads.
/// </para>
/// <para>
/// A hundred to three hundred steps of O(k²d) a start: 0.7 ms at (4,15), 3 ms at (5,24) on one core (a limited-memory BFGS on spans,
/// without allocation, was three times as fast in a trial: not enough to keep one of our own; the full BFGS is ten times as slow). Source:
/// Chen, Lau, Mendel, Wei, Murfet 2023, arXiv 2310.06301.
/// </para>
/// </remarks>
public static class GroundStates
{
    /// <summary>Largest magnitude of the gradient's entries at the end of a descent.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Most features: the loss holds a dense k×k matrix on every thread.</summary>
    public const int MostFeatures = 4096;

    /// <summary>Finds local minima from random starts, merged up to permutations of features of equal importance and rotations.</summary>
    /// <param name="hidden">d, 1 to <see cref="MostFeatures"/>.</param>
    /// <param name="features">k, 1 to <see cref="MostFeatures"/>.</param>
    /// <param name="importance">I_i ≥ 0 and finite, length k; null for 1.</param>
    /// <param name="starts">Number of starts, ≥ 1.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <param name="threads">Number of threads, ≥ 1; null for all.</param>
    /// <param name="progress">Told, from any thread, how many more starts are done.</param>
    /// <param name="cancellation">Stops between starts.</param>
    /// <returns>By rising energy, then falling share.</returns>
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
                // Checked once more below: an exception inside the loop would come out wrapped.
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
        /// What the energy does not depend on gets one value: a free bias −1, and free weights 0 with it (<see cref="LocalMinimum"/>).
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
