using Geometry.Clustering;

namespace Geometry.Theory.Pairs;

/// <summary>Measures readoffs of pairs of Boolean features on inputs with exactly s of N active, over several layers made alike.</summary>
/// <remarks>
/// Each input is drawn for a pair and one of its four cases (none, the first, the second, both active), the cases in equal parts, because
/// among inputs as they come a pair is hardly ever active. Layers, pairs and inputs are named
/// by the seed and their number: the same result whatever the threads. Several layers, because the pairs of few features share most of the
/// chance in one. O(samples·s·d), for least squares besides a fit for each pair.
/// </remarks>
public sealed class PairExperiment
{
    /// <summary>Inputs for each case, over all layers.</summary>
    public const int Samples = 4096;

    private const int Layers = 16,
        PairsEach = Samples / Layers;

    // A fit costs as much as thousands of inputs.
    private const int FittedLayers = 4,
        FittedPairsEach = 2;

    private readonly Func<int, NeuronLayer> _layer;
    private readonly int _active;
    private readonly int _seed;

    /// <summary>An experiment.</summary>
    /// <param name="layer">Makes the neurons of a seed; always as many, of as many features.</param>
    /// <param name="active">s, 2 … N−2.</param>
    /// <param name="seed">Names layers, pairs and inputs.</param>
    public PairExperiment(Func<int, NeuronLayer> layer, int active, int seed)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentOutOfRangeException.ThrowIfLessThan(active, 2);
        (_layer, _active, _seed) = (layer, active, seed);
    }

    /// <summary>Most neurons that a readoff is fitted for.</summary>
    public static int MostFittedNeurons => LeastSquaresReadoff.MostNeurons;

    /// <summary>Measures a readoff of normal neurons: constructed is that of <see cref="GaussianNeurons"/>.</summary>
    public ReadoffErrors Gaussian(PairTask task, PairReadoff readoff, int threads, CancellationToken cancellation = default) =>
        Measure(task, readoff, (layer, pair) => new SignReadoff(layer, task, pair.First, pair.Second, _active), threads, cancellation);

    /// <summary>Measures a readoff of neurons of zeros and ones: constructed is that of <see cref="BernoulliNeurons"/>, which reads and
    /// alone.</summary>
    public ReadoffErrors Bernoulli(PairTask task, PairReadoff readoff, int threads, CancellationToken cancellation = default)
    {
        if (readoff == PairReadoff.Constructed && task != PairTask.And)
            throw new ArgumentOutOfRangeException(nameof(task), task, "no readoff of it is constructed from these neurons");
        return Measure(task, readoff, (layer, pair) => new MeanReadoff(layer, pair.First, pair.Second), threads, cancellation);
    }

    /// <summary>Measures a readoff of neurons of any origin, for which none is constructed.</summary>
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
