using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Measures.Llc;

namespace Geometry.Training.Measures;

/// <summary>The loss of a run, and the run's point in it.</summary>
/// <param name="Loss">L.</param>
/// <param name="Start">The run's own parameters, in the order of <paramref name="Loss"/>.</param>
/// <param name="Samples">Size n of the data; NaN for the exact loss of the sparse limit.</param>
/// <param name="Inputs">The inputs for its Fisher information.</param>
/// <param name="Slope">act'.</param>
internal sealed record RunLoss(IChainLoss Loss, double[] Start, double Samples, IEnumerable<double[]> Inputs, Func<double, double> Slope)
{
    private const int Grades = 8,
        FisherInputs = 512;

    /// <summary>Whether it is the exact loss of the sparse limit.</summary>
    public bool IsExact => double.IsNaN(Samples);

    /// <summary>
    /// The loss of a run. With a spec it is the loss on the spec's data (with layers or a head, the trained one). Without a spec it is the
    /// loss on independent features of the run's density and equal importance, or without a density that of the sparse limit.
    /// </summary>
    /// <exception cref="UnsupportedRunException">No loss fits.</exception>
    public static RunLoss Of(MeasuredRun run, RunOrigin? origin, LlcOptions options)
    {
        int n = run.Weights.Features,
            m = run.Weights.Hidden;
        bool exact = options.SparseLimit || (origin is null && !(run.Density > 0));
        if (exact)
            RequireSparseLimit(run, origin);
        if (origin?.Run.Model.IsNetwork == true)
            return OfNetwork(origin, options);
        if (exact)
        {
            return new RunLoss(
                new SparseLimitChains(m, n, origin?.Run.Data.Importance, run.Bias is not null),
                [.. run.Weights.Columns, .. run.Bias ?? []],
                double.NaN,
                OneActive(n),
                z => z > 0 ? 1 : 0
            );
        }
        ModelShape model = origin?.Run.Model ?? new ModelShape(n, m, Activation.Relu, 1, run.Decoder is null, run.Bias is not null);
        if (!model.Tied && run.Decoder is null)
            throw new UnsupportedRunException("the model is untied and its decoder is not in the weight file; expected both matrices");
        SparseData data = origin?.Run.Data
            ?? new SparseData([.. Enumerable.Repeat(run.Density, n)], [.. Enumerable.Repeat(1.0, n)], FeatureGroups.None);
        double[] start = [.. Rows(run.Weights), .. model.Tied ? [] : Rows(run.Decoder!), .. model.Bias ? run.Bias ?? new double[n] : []];
        Func<double, double> slope = model.Activation switch
        {
            Activation.Linear => _ => 1,
            Activation.Swish => z => SwishSlope(z, model.Gamma),
            _ => z => z > 0 ? 1 : 0,
        };
        var sample = new DataSample(model, data.Importance, options.Samples, options.Batch) { Law = data, Seed = options.Seed };
        return new RunLoss(sample.Loss(), start, options.Samples, SampledInputs.Of(data, FisherInputs, options.Seed), slope);
    }

    /// <summary>The parameters of a checkpoint, array by array, as one vector.</summary>
    public static double[] Parameters(Training.Checkpoint checkpoint) => [.. checkpoint.Arrays.SelectMany(a => a).Select(v => (double)v)];

    /// <summary>The checkpoint of a vector of parameters.</summary>
    public static Checkpoint Checkpoint(ModelShape model, double[] parameters)
    {
        int at = 0;
        return Training.Checkpoint.Of(
            model,
            0,
            [.. model.Blocks.Select(b => Array.ConvertAll(parameters[at..(at += b.Length)], v => (float)v))]
        );
    }

    /// <summary>Throws for models whose loss is not that of the sparse limit.</summary>
    public static void RequireSparseLimit(MeasuredRun run, RunOrigin? origin)
    {
        if (origin?.Run.Model.IsNetwork == true)
            throw new UnsupportedRunException("the sparse limit is that of one component, found a model with layers or a head");
        if (run.Decoder is not null || origin?.Run.Model.Tied == false)
            throw new UnsupportedRunException("the sparse limit is that of a tied model, found an untied one");
        if (origin?.Run.Model.Activation is { } activation and not Activation.Relu)
            throw new UnsupportedRunException(
                $"the sparse limit is that of a model with the activation relu, found {activation.ToString().ToLowerInvariant()}"
            );
    }

    /// <summary>The trained loss of a network on a sample of its data, times the number of outputs; without Fisher information.</summary>
    private static RunLoss OfNetwork(RunOrigin origin, LlcOptions options)
    {
        TrainingRun training = origin.Run;
        var sample = new DataSample(training.Model, training.Data.Importance, options.Samples, options.Batch)
        {
            Law = training.Data,
            Seed = options.Seed,
        };
        return new RunLoss(sample.Loss(), Parameters(origin.Final!), options.Samples, [], _ => 0);
    }

    /// <summary>μe_i, μ = 1/8 … 1.</summary>
    private static IEnumerable<double[]> OneActive(int n)
    {
        for (int i = 0; i < n * Grades; i++)
        {
            double[] x = new double[n];
            x[i / Grades] = ((i % Grades) + 1.0) / Grades;
            yield return x;
        }
    }

    /// <summary>m×n row-major.</summary>
    private static IEnumerable<double> Rows(FeatureConfiguration w) =>
        Enumerable.Range(0, w.Hidden).SelectMany(k => Enumerable.Range(0, w.Features).Select(i => w.Columns[(i * w.Hidden) + k]));

    private static double SwishSlope(double z, double gamma)
    {
        double sigma = 1 / (1 + Elementary.Exp(-gamma * z));
        return sigma + (gamma * z * sigma * (1 - sigma));
    }
}
