using Geometry.Storage.Results;
using Geometry.Theory.Pairs;

namespace Geometry.Cli.Theory;

/// <summary>A row of <c>theory u-and</c>: one readoff of one layer.</summary>
/// <param name="Task">The task.</param>
/// <param name="Construction">How V was made.</param>
/// <param name="Readoff">The readoff.</param>
/// <param name="Neurons">d.</param>
/// <param name="Features">N.</param>
/// <param name="Active">s.</param>
/// <param name="Errors">What was measured; null where there is no such readoff.</param>
/// <param name="Theory">Expected errors with none, one and both of the pair active; null where no closed form is known.</param>
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
        // A number that there is not is an empty cell.
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

    /// <summary>Expected standard deviation with so many of the pair active.</summary>
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
