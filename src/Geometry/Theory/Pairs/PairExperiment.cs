using Geometry.Clustering;

namespace Geometry.Theory.Pairs;

/// <summary>Errors of values that were read off.</summary>
/// <param name="MeanError">E|r − y| over the four cases of a pair, in equal parts.</param>
/// <param name="MaxError">The largest |r − y| of the sample.</param>
/// <param name="None">Errors where neither feature of the pair is active, which holds for nearly all pairs of an input.</param>
/// <param name="One">Errors where one is active.</param>
/// <param name="Both">Errors where both are active.</param>
public sealed record ReadoffErrors(double MeanError, double MaxError, CaseErrors None, CaseErrors One, CaseErrors Both)
{
    /// <summary>The largest of the three biases in absolute value.</summary>
    public double Bias => new[] { None.Bias, One.Bias, Both.Bias }.MaxBy(Math.Abs);

    /// <summary>Computes the figures from the errors.</summary>
    /// <param name="errors">Errors r − y, that of case c at [4t + c]; at least two per case.</param>
    internal static ReadoffErrors Of(double[] errors) =>
        new(errors.Average(Math.Abs), errors.Max(Math.Abs), CaseErrors.Of(errors, 0), CaseErrors.Of(errors, 1), CaseErrors.Of(errors, 2));
}

/// <summary>Errors r − y where a given number of the two features is active.</summary>
/// <param name="Bias">Their mean.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
public readonly record struct CaseErrors(double Bias, double StandardDeviation)
{
    internal static CaseErrors Of(double[] errors, int ones)
    {
        double[] own = [.. errors.Where((_, k) => PairTasks.Ones(k % PairTasks.Cases) == ones)];
        double mean = own.Average();
        return new CaseErrors(mean, Math.Sqrt(own.Sum(e => (e - mean) * (e - mean)) / (own.Length - 1)));
    }
}

/// <summary>
/// Measures readoffs of pairs of Boolean features on inputs with exactly s of N features active, over several layers of the same kind.
/// </summary>
/// <remarks>
/// Each input is drawn for a pair and one of its four cases (none, the first, the second, both active), with the cases in equal parts,
/// because a pair is hardly ever active in a random input. Layers, pairs and inputs are functions of the seed and their number, so the
/// result does not depend on the threads. Several layers are used because in one layer the errors of different pairs are correlated.
/// O(samples·s·d), and for least squares a fit per pair.
/// </remarks>
public sealed class PairExperiment
{
    /// <summary>Number of inputs for each case, over all layers.</summary>
    public const int Samples = 4096;

    private const int Layers = 16,
        PairsEach = Samples / Layers;

    // A fit costs as much as thousands of inputs, so there are fewer.
    private const int FittedLayers = 4,
        FittedPairsEach = 2;

    private readonly Func<int, NeuronLayer> _layer;
    private readonly int _active;
    private readonly int _seed;

    /// <summary>An experiment.</summary>
    /// <param name="layer">Makes the neurons of a seed; the numbers of neurons and features must not vary.</param>
    /// <param name="active">s, 2 … N−2.</param>
    /// <param name="seed">Seed of the layers, pairs and inputs.</param>
    public PairExperiment(Func<int, NeuronLayer> layer, int active, int seed)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(active, 2);
        (_layer, _active, _seed) = (layer, active, seed);
    }

    /// <summary>Largest number of neurons for which a readoff is fitted.</summary>
    public static int MostFittedNeurons => LeastSquaresReadoff.MostNeurons;

    /// <summary>Measures a readoff of normal neurons; the constructed one is that of <see cref="GaussianNeurons"/>.</summary>
    public ReadoffErrors Gaussian(PairTask task, PairReadoff readoff, int threads, CancellationToken cancellation = default) =>
        Measure(task, readoff, (layer, pair) => new SignReadoff(layer, task, pair.First, pair.Second, _active), threads, cancellation);

    /// <summary>
    /// Measures a readoff of neurons with weights 0 and 1; the constructed one is that of <see cref="BernoulliNeurons"/>, which reads AND
    /// only.
    /// </summary>
    public ReadoffErrors Bernoulli(PairTask task, PairReadoff readoff, int threads, CancellationToken cancellation = default)
    {
        if (readoff == PairReadoff.Constructed && task != PairTask.And)
            throw new ArgumentOutOfRangeException(nameof(task), task, "no readoff of it is constructed from these neurons");
        return Measure(task, readoff, (layer, pair) => new MeanReadoff(layer, pair.First, pair.Second), threads, cancellation);
    }

    /// <summary>Measures a readoff of any neurons, for which there is no constructed one.</summary>
    public ReadoffErrors Given(PairTask task, PairReadoff readoff, int threads, CancellationToken cancellation = default)
    {
        if (readoff == PairReadoff.Constructed)
            throw new ArgumentOutOfRangeException(nameof(readoff), readoff, "no readoff is constructed from these neurons");
        return Measure(task, readoff, (_, _) => throw new InvalidOperationException("no readoff is constructed"), threads, cancellation);
    }

    private ReadoffErrors Measure(
        PairTask task,
        PairReadoff readoff,
        Func<NeuronLayer, (int First, int Second), IPairReadoff> constructed,
        int threads,
        CancellationToken cancellation
    )
    {
        (int layers, int pairs) = readoff == PairReadoff.LeastSquares ? (FittedLayers, FittedPairsEach) : (Layers, PairsEach);
        int inputsEach = Samples / (layers * pairs);
        var errors = new double[PairTasks.Cases * Samples];
        for (int l = 0; l < layers; l++)
        {
            NeuronLayer layer = _layer(unchecked((_seed * layers) + l));
            if (_active > layer.Features - 2)
                throw new ArgumentException(
                    $"expected at most {layer.Features - 2} active features, which leaves two inactive, found {_active}",
                    nameof(constructed)
                );
            int before = l * pairs;
            Workers.For(
                pairs,
                1,
                threads,
                () => new PairInputs(layer.Features, _active, (uint)_seed),
                (p, inputs) =>
                {
                    if (cancellation.IsCancellationRequested)
                        return;
                    int number = before + p;
                    (int First, int Second) pair = inputs.Pair(number);
                    IPairReadoff own = readoff switch
                    {
                        PairReadoff.Affine => new AffineReadoff(task),
                        PairReadoff.LeastSquares => LeastSquaresReadoff.Fit(layer, task, pair, inputs, number, cancellation),
                        _ => constructed(layer, pair),
                    };
                    Test(layer, own, task, pair, inputs, errors, number * inputsEach, inputsEach);
                }
            );
            cancellation.ThrowIfCancellationRequested();
        }
        return ReadoffErrors.Of(errors);
    }

    private static void Test(
        NeuronLayer layer,
        IPairReadoff readoff,
        PairTask task,
        (int First, int Second) pair,
        PairInputs inputs,
        double[] errors,
        int first,
        int count
    )
    {
        const uint Purpose = 0x54455354;
        var activity = new float[layer.Stride];
        for (int k = first; k < first + count; k++)
        {
            for (int c = 0; c < PairTasks.Cases; c++)
            {
                int ones = PairTasks.Ones(c);
                layer.Activate(inputs.Draw(pair, c, k, Purpose), activity);
                errors[(PairTasks.Cases * k) + c] = readoff.Read(activity, ones) - PairTasks.Truth(task, ones);
            }
        }
    }
}
