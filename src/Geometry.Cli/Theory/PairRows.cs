using Geometry.Theory.Pairs;
using Geometry.Training;

namespace Geometry.Cli.Theory;

/// <summary>Makes layers and measures what is read from them.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Readoffs">The readoffs.</param>
/// <param name="Features">N.</param>
/// <param name="Active">s.</param>
/// <param name="Seed">Names weights, pairs and inputs.</param>
/// <param name="Threads">Threads.</param>
internal sealed record PairRows(
    IReadOnlyList<PairTask> Tasks,
    IReadOnlyList<PairReadoff> Readoffs,
    int Features,
    int Active,
    int Seed,
    int Threads
)
{
    /// <summary>The rows of one width.</summary>
    public IEnumerable<PairRow> Of(Construction construction, int neurons, CancellationToken cancellation)
    {
        double q = construction == Construction.Bernoulli ? BernoulliNeurons.Probability(Features, neurons) : 0;
        foreach (PairTask task in Tasks)
        {
            foreach (PairReadoff readoff in Readoffs)
            {
                bool constructed = readoff == PairReadoff.Constructed;
                // With q ≥ 1 there is no such layer.
                bool none =
                    q >= 1
                    || (
                        constructed
                        && (construction == Construction.Trained || (construction == Construction.Bernoulli && task == PairTask.Xor))
                    );
                ReadoffErrors? errors = none ? null : Measure(construction, task, readoff, neurons, q, cancellation);
                yield return new PairRow(
                    task,
                    construction,
                    readoff,
                    neurons,
                    Features,
                    Active,
                    errors,
                    none || !constructed ? null : Theory(construction, task, neurons, q)
                );
            }
        }
    }

    private ReadoffErrors Measure(
        Construction construction,
        PairTask task,
        PairReadoff readoff,
        int neurons,
        double q,
        CancellationToken cancellation
    )
    {
        // What needs no neurons needs no training.
        bool trained = construction == Construction.Trained && readoff != PairReadoff.Affine;
        var experiment = new PairExperiment(
            seed =>
                trained
                    ? TrainedNeurons.Train(task, neurons, Features, Active, seed, Threads, cancellation)
                    : Layer(construction, neurons, q, seed),
            Active,
            Seed
        );
        return construction switch
        {
            Construction.Gaussian => experiment.Gaussian(task, readoff, Threads, cancellation),
            Construction.Bernoulli => experiment.Bernoulli(task, readoff, Threads, cancellation),
            _ => experiment.Given(task, readoff, Threads, cancellation),
        };
    }

    private NeuronLayer Layer(Construction construction, int neurons, double q, int seed) =>
        construction == Construction.Bernoulli
            ? NeuronLayer.Bernoulli(neurons, Features, q, seed)
            : NeuronLayer.Gaussian(neurons, Features, seed);

    private CaseErrors[] Theory(Construction construction, PairTask task, int neurons, double q) =>
        [
            .. Enumerable
                .Range(0, 3)
                .Select(ones =>
                {
                    if (construction == Construction.Gaussian)
                        return new CaseErrors(0, GaussianNeurons.StandardDeviation(task, neurons, Active, ones));
                    (double bias, double deviation) = BernoulliNeurons.Errors(neurons, Active, q, ones);
                    return new CaseErrors(bias, deviation);
                }),
        ];
}
