using Geometry.Storage.Results;
using Geometry.Theory.Pairs;
using Geometry.Training;

namespace Geometry.Cli.Theory;

/// <summary>A row of <c>theory u-and</c>: one readoff of one layer.</summary>
/// <param name="Task">The task.</param>
/// <param name="Construction">How V was made.</param>
/// <param name="Readoff">The readoff.</param>
/// <param name="Neurons">d.</param>
/// <param name="Features">N.</param>
/// <param name="Active">s.</param>
/// <param name="Errors">The measured errors; null where the readoff does not exist.</param>
/// <param name="Theory">Expected errors with none, one and both features of the pair active; null where no closed form is known.</param>
internal sealed record PairRow(
    PairTask Task,
    Construction Construction,
    PairReadoff Readoff,
    int Neurons,
    int Features,
    int Active,
    ReadoffErrors? Errors,
    CaseErrors[]? Theory
)
{
    public static readonly string[] Columns =
    [
        "task",
        "construction",
        "readoff",
        "neurons",
        "features",
        "active",
        "mean_error",
        "max_error",
        "bias",
        "sd",
        "sd_theory",
        "bias_none",
        "bias_one",
        "bias_both",
        "sd_one",
        "sd_one_theory",
        "sd_both",
        "sd_both_theory",
    ];

    public static string Name(PairTask task) => task == PairTask.And ? "and" : "xor";

    public static string Name(PairReadoff readoff) =>
        readoff switch
        {
            PairReadoff.Constructed => "constructed",
            PairReadoff.LeastSquares => "least-squares",
            _ => "affine",
        };

    public static string Name(Construction construction) => construction.ToString().ToLowerInvariant();

    public void Write(Utf8CsvWriter csv)
    {
        csv.Text(Name(Task));
        csv.Text(Name(Construction));
        csv.Text(Name(Readoff));
        csv.Integer(Neurons);
        csv.Integer(Features);
        csv.Integer(Active);
        // Missing numbers are empty cells.
        csv.Number(Errors?.MeanError ?? double.NaN);
        csv.Number(Errors?.MaxError ?? double.NaN);
        csv.Number(Errors?.Bias ?? double.NaN);
        csv.Number(Errors?.None.StandardDeviation ?? double.NaN);
        csv.Number(Expected(0));
        csv.Number(Errors?.None.Bias ?? double.NaN);
        csv.Number(Errors?.One.Bias ?? double.NaN);
        csv.Number(Errors?.Both.Bias ?? double.NaN);
        csv.Number(Errors?.One.StandardDeviation ?? double.NaN);
        csv.Number(Expected(1));
        csv.Number(Errors?.Both.StandardDeviation ?? double.NaN);
        csv.Number(Expected(2));
        csv.EndRow();
    }

    /// <summary>Expected standard deviation with this number of active features in the pair.</summary>
    public double Expected(int ones) => Theory?[ones].StandardDeviation ?? double.NaN;
}

/// <summary>How the first layer was made.</summary>
internal enum Construction
{
    /// <summary>Standard normal weights, no bias.</summary>
    Gaussian,

    /// <summary>Weights 1 with probability q, else 0; bias −1.</summary>
    Bernoulli,

    /// <summary>Trained with a readoff of every pair (<see cref="Geometry.Training.TrainedNeurons"/>).</summary>
    Trained,
}

/// <summary>Makes layers and measures their readoffs.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Readoffs">The readoffs.</param>
/// <param name="Features">N.</param>
/// <param name="Active">s.</param>
/// <param name="Seed">Determines weights, pairs and inputs.</param>
/// <param name="Threads">Number of threads.</param>
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
                // There is no such layer when q ≥ 1.
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
        // A readoff that uses no neurons needs no training.
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
