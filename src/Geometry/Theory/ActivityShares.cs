using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Theory;

/// <summary>The contribution of inputs with a given number of active features to the loss of a tied ReLU model.</summary>
/// <param name="Active">l, the number of active features.</param>
/// <param name="Probability">C(n,l)·p^l·(1−p)^(n−l).</param>
/// <param name="Loss">L_l, the mean of Σ_i I_i (x_i − x'_i)² over inputs with l active features.</param>
/// <param name="StandardError">Standard error of L_l; 0 where L_l is exact.</param>
/// <param name="Share">Probability·L_l as a share of the whole loss, in [0, 1]; NaN where that is 0.</param>
public sealed record ActivityShare(int Active, double Probability, double Loss, double StandardError, double Share);

/// <summary>The loss by the number of active features: L = Σ_l C(n,l)·p^l·(1−p)^(n−l)·L_l.</summary>
/// <remarks>
/// <para>
/// The share of l = 1 shows how near a model is to the sparse limit, in which the notes on sparse autoencoders "ignore ∪_{l≥2} Q_l", the
/// inputs with more active features. L_0 = Σ I_i (b_i)₊² and L_1 have closed forms (<see cref="SparseLimitLoss"/>); from l = 2 on L_l is
/// the mean over a fixed sample of inputs with l active features, the same for every W.
/// </para>
/// <para>
/// l runs until the remaining numbers have a probability below <see cref="Rest"/> together. O(samples·l·n) for each l, O(n²m) for the
/// overlaps.
/// </para>
/// </remarks>
public static class ActivityShares
{
    /// <summary>Largest probability of all numbers of active features that are left out.</summary>
    public const double Rest = 1e-9;

    /// <summary>The shares for l = 0, 1, …</summary>
    /// <param name="weights">W, m×n.</param>
    /// <param name="bias">b, length n.</param>
    /// <param name="density">p, in (0, 1].</param>
    /// <param name="importance">I_i ≥ 0, length n; null for 1.</param>
    /// <param name="samples">Inputs for each l ≥ 2, at least 2.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a number is out of range.</exception>
    public static IReadOnlyList<ActivityShare> Of(
        FeatureConfiguration weights,
        IReadOnlyList<double> bias,
        double density,
        IReadOnlyList<double>? importance = null,
        int samples = 20_000,
        int seed = 0
    )
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        int n = weights.Features;
        importance ??= [.. Enumerable.Repeat(1.0, n)];
        if (bias.Count != n || importance.Count != n)
            throw new ArgumentException($"expected {n} biases and importances, found {bias.Count} and {importance.Count}");
        if (!(density is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(density), density, "expected a density above 0, at most 1");
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        double[] overlaps = Overlaps(weights),
            b = [.. bias],
            weight = [.. importance];
        double left = 1,
            total = 0;
        var rows = new List<(int Active, double Probability, double Loss, double Error)>();
        for (int l = 0; l <= n && left > Rest; l++)
        {
            double probability = MathNet.Numerics.Distributions.Binomial.PMF(density, n, l);
            left -= probability;
            (double loss, double error) =
                probability == 0
                    ? (0, 0)
                    : l switch
                    {
                        0 => (Enumerable.Range(0, n).Sum(i => weight[i] * Square(Math.Max(0, b[i]))), 0),
                        1 => (OneActive(weights, b, weight), 0),
                        _ => Sampled(overlaps, b, weight, l, samples, seed),
                    };
            rows.Add((l, probability, loss, error));
            total += probability * loss;
        }
        return [.. rows.Select(r => new ActivityShare(r.Active, r.Probability, r.Loss, r.Error, r.Probability * r.Loss / total))];
    }

    private static double OneActive(FeatureConfiguration weights, double[] bias, double[] importance)
    {
        var loss = new SparseLimitLoss(weights.Hidden, weights.Features, importance);
        return loss.Evaluate([.. weights.Columns, .. bias], new double[loss.Length]) / weights.Features;
    }

    private static (double Loss, double Error) Sampled(
        double[] overlaps,
        double[] bias,
        double[] importance,
        int active,
        int samples,
        int seed
    )
    {
        int n = bias.Length;
        var random = new GaussianSource(seed, active);
        int[] order = [.. Enumerable.Range(0, n)];
        double[] outputs = new double[n],
            x = new double[active];
        double sum = 0,
            squares = 0;
        for (int s = 0; s < samples; s++)
        {
            bias.CopyTo(outputs, 0);
            for (int l = 0; l < active; l++)
            {
                // The first entries of a random permutation, by Fisher–Yates steps.
                int other = l + random.Below(n - l);
                (order[l], order[other]) = (order[other], order[l]);
                x[l] = random.Uniform();
                Vectors.Axpy(x[l], overlaps.AsSpan(order[l] * n, n), outputs);
            }
            double loss = 0;
            for (int i = 0; i < n; i++)
                loss += importance[i] * Square(Math.Max(0, outputs[i]));
            for (int l = 0; l < active; l++)
            {
                double output = Math.Max(0, outputs[order[l]]);
                loss += importance[order[l]] * (Square(x[l] - output) - (output * output));
            }
            sum += loss;
            squares += loss * loss;
        }
        double mean = sum / samples;
        return (mean, Math.Sqrt(Math.Max(0, (squares / samples) - (mean * mean)) / (samples - 1)));
    }

    private static double[] Overlaps(FeatureConfiguration weights)
    {
        int n = weights.Features;
        double[] overlaps = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                overlaps[(i * n) + j] = Vectors.Dot(weights.Column(i), weights.Column(j));
        }
        return overlaps;
    }

    private static double Square(double x) => x * x;
}
