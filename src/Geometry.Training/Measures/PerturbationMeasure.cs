using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Measures;
using Geometry.RandomNumbers;

namespace Geometry.Training.Measures;

/// <summary>Whether readers of the hidden space respond more to a step along a feature than to a random step of the same length.</summary>
/// <remarks>
/// <para>
/// Around the activations h = W x of <see cref="Inputs"/> inputs with some active feature, on spheres whose radius is a share of the
/// features' rms norm, KL(p(·|h)‖p(·|h+δ)) is averaged over steps along learned features, random steps, and steps W Δx that change only the
/// values of active features and so keep their number (L0). One row per reader and radius: <c>reconstruction</c>, the model's own decoder
/// with unit noise; <c>threshold</c>, a coin per output that says whether the feature is on; <c>u-and</c>, a random layer that reads AND of
/// pairs of features; <c>head</c>, the trained head where there is one.
/// </para>
/// <para>All random numbers follow from the run's index in its file. O(inputs·(features + directions)·n·m) per reader and radius.</para>
/// </remarks>
public sealed class PerturbationMeasure : ITrainedMeasure
{
    /// <summary>Number of inputs per run.</summary>
    public const int Inputs = 128;

    private const int MostFeatures = 64,
        RandomSteps = 64,
        SupportSteps = 16;
    private const uint Random = 0x50455254,
        OnSupport = 0x50455255;
    private static readonly double[] s_radii = [0.05, 0.2];

    /// <inheritdoc/>
    public string Name => "perturbation";

    /// <inheritdoc/>
    public string Description => "divergence along features beside random directions, on small spheres around activations";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "downstream",
        "radius",
        "inputs",
        "kl_random",
        "features",
        "features_low",
        "features_high",
        "support",
        "support_low",
        "support_high",
        "peak",
    ];

    /// <inheritdoc/>
    public bool HasOneRow => false;

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, RunOrigin? origin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (origin?.Run.Model.Layers.Count > 0)
            throw new UnsupportedRunException("the model has layers; expected a component, with or without a head");
        FeatureConfiguration w = run.Weights;
        if (origin is null && !(run.Density > 0))
            throw new UnsupportedRunException("no density; expected one in the file or in --params, or a run beside its spec");
        if (origin?.Run.Model.Tied == false && run.Decoder is null)
            throw new UnsupportedRunException("the model is untied and its decoder is not in the weight file; expected both matrices");
        IReadOnlyList<int> learned = run.Learned;
        if (learned.Count < 2)
            throw new UnsupportedRunException("fewer than two features are learned");
        SparseData data = origin?.Run.Data
            ?? new SparseData([.. Enumerable.Repeat(run.Density, w.Features)], [.. Enumerable.Repeat(1.0, w.Features)], FeatureGroups.None);
        double scale = Math.Sqrt(learned.Average(i => Vectors.Dot(w.Column(i), w.Column(i))));
        double[][] features = [.. Chosen(learned).Select(i => Unit(w.Column(i).ToArray()))],
            random = [.. Enumerable.Range(0, RandomSteps).Select(k => Unit(Normal(w.Hidden, k, 0, Random, run.Instance)))];
        double[][] inputs = [.. SampledInputs.Of(data, Inputs, run.Instance)];
        var rows = new List<MeasureCell[]>();
        foreach (IDownstream downstream in Downstreams(run, origin, learned))
        {
            foreach (double radius in s_radii)
            {
                var profile = new PerturbationProfile();
                for (int s = 0; s < inputs.Length; s++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (Support(w, inputs[s], s, run.Instance) is { Count: > 0 } support)
                        profile.Add(downstream, Activation(w, inputs[s]), radius * scale, features, support, random);
                }
                if (profile.Inputs < 2)
                    throw new UnsupportedRunException("fewer than two inputs move the hidden space");
                rows.Add([
                    downstream.Name,
                    radius,
                    profile.Inputs,
                    profile.Random,
                    profile.Features.Ratio,
                    profile.Features.Low,
                    profile.Features.High,
                    profile.Support.Ratio,
                    profile.Support.Low,
                    profile.Support.High,
                    profile.Peak,
                ]);
            }
        }
        return new MeasureResult(rows);
    }

    private static IEnumerable<IDownstream> Downstreams(MeasuredRun run, RunOrigin? origin, IReadOnlyList<int> learned)
    {
        ModelShape? model = origin?.Run.Model;
        Func<double, double> act = model?.Activation switch
        {
            Training.Activation.Linear => z => z,
            Training.Activation.Swish => z => z / (1 + Elementary.Exp(-Math.Clamp(model.Gamma * z, -700, 700))),
            _ => z => Math.Max(0, z),
        };
        var reconstruction = new ReconstructionDownstream(run.Decoder ?? run.Weights, run.Bias, act);
        yield return reconstruction;
        yield return new ThresholdDownstream(reconstruction);
        yield return new PairDownstream(run.Weights, learned, run.Instance);
        if (model?.Head is not null && origin!.Final is { } final)
            yield return new HeadDownstream(final.Arrays[^2], final.Arrays[^1]);
    }

    /// <summary>At most 64 of the learned features, evenly spread.</summary>
    private static IEnumerable<int> Chosen(IReadOnlyList<int> learned) =>
        Enumerable
            .Range(0, Math.Min(learned.Count, MostFeatures))
            .Select(k => learned[(int)((long)k * learned.Count / Math.Min(learned.Count, MostFeatures))]);

    private static double[] Activation(FeatureConfiguration w, double[] x)
    {
        double[] h = new double[w.Hidden];
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] != 0)
                Vectors.Axpy(x[i], w.Column(i), h);
        }
        return h;
    }

    /// <summary>Unit vectors along W Δx for random Δx on the active features; empty where these have no columns.</summary>
    private static List<double[]> Support(FeatureConfiguration w, double[] x, int input, int seed)
    {
        int[] active = [.. Enumerable.Range(0, x.Length).Where(i => x[i] > 0 && Vectors.Norm(w.Column(i)) > 0)];
        var steps = new List<double[]>();
        for (int k = 0; active.Length > 0 && k < SupportSteps; k++)
        {
            double[] change = Normal(active.Length, k, input + 1, OnSupport, seed),
                step = new double[w.Hidden];
            for (int a = 0; a < active.Length; a++)
                Vectors.Axpy(change[a], w.Column(active[a]), step);
            if (Vectors.Norm(step) > 0)
                steps.Add(Unit(step));
        }
        return steps;
    }

    private static double[] Normal(int length, int name, int step, uint purpose, int seed)
    {
        double[] tile = new double[NormalTile.Size],
            numbers = new double[length];
        for (int i = 0; i < length; i++)
        {
            if (i % NormalTile.Size == 0)
                NormalTile.Fill((uint)(i / NormalTile.Size), (uint)name, (uint)step, purpose, (uint)seed, 0, tile);
            numbers[i] = tile[i % NormalTile.Size];
        }
        return numbers;
    }

    private static double[] Unit(double[] vector)
    {
        Vectors.Scale(1 / Vectors.Norm(vector), vector);
        return vector;
    }
}
