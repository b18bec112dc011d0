using System.Collections.Concurrent;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Measures.Llc;
using Geometry.Theory;
using Geometry.Training.Engine;

namespace Geometry.Training.Measures;

/// <summary>The position of a run in the landscape of the exact sparse-limit loss, and which inputs its own loss comes from.</summary>
/// <remarks>
/// <para>
/// <c>loss</c>, <c>gradient_norm</c>: the mean loss Σ_i I_i·H_i/(3n) and the Euclidean norm of its gradient, which is 0 at a critical point
/// and of the order of 0.01 after a noisy optimizer. <c>minimum_loss</c>, <c>minimum_distance</c>: of the local minimum in which a descent
/// from the run ends; the distance is the root mean square over features of the displacement of (w_i, b_i). <c>ground_state</c>,
/// <c>ground_gap</c>: the rank of that minimum among those that <see cref="Starts"/> random starts find, 1 being the lowest, and its loss
/// above the lowest; empty when they do not find it.
/// </para>
/// <para>
/// <c>share_0</c> … <c>share_2</c>, <c>share_more</c>: shares of the loss on independent features of the run's density by number of active
/// features (<see cref="ActivityShares"/>); empty without a density, or with groups. Where <c>share_1</c> is near 1, the sparse limit is
/// the run's own loss.
/// </para>
/// <para>
/// The sparse limit is that of a tied component with relu. For other models with a spec (untied, linear, with layers or a head),
/// <c>loss</c> is the trained one, on the data, as in labels.csv; <c>gradient_norm</c> is that of its gradient by all trained parameters,
/// on a sample of 2¹³ to 2¹⁷, which leaves noise in it; the minima and shares are empty. <c>of</c> says which: <c>sparse-limit</c> or
/// <c>data</c>.
/// </para>
/// </remarks>
public sealed class LossMeasure : ITrainedMeasure
{
    /// <summary>Number of random starts that look for ground states.</summary>
    public const int Starts = 200;

    /// <summary>Most features for which ground states are looked for.</summary>
    public const int MostFeatures = 40;

    /// <summary>Gradients on data use this fraction, 1/8, of the evaluation's samples.</summary>
    private const int GradientPart = 8;

    /// <summary>Minima whose losses differ by less than this, relatively, are the same minimum.</summary>
    private const double SameLoss = 1e-6;

    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<GroundState>>> _states = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "loss";

    /// <inheritdoc/>
    public string Description =>
        "exact loss of the sparse limit, or that of the data, its gradient, nearest ground state, shares by active features";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "loss",
        "gradient_norm",
        "minimum_loss",
        "minimum_distance",
        "ground_state",
        "ground_gap",
        "share_0",
        "share_1",
        "share_2",
        "share_more",
        "of",
    ];

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, RunOrigin? origin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (OfData(run, origin, cancellation) is { } trained)
            return trained;
        RunLoss.RequireSparseLimit(run, origin);
        FeatureConfiguration w = run.Weights;
        int n = w.Features;
        IReadOnlyList<double> importance = origin?.Run.Data.Importance ?? [.. Enumerable.Repeat(1.0, n)];
        double[] bias = run.Bias ?? new double[n];
        ExactLoss here = ExactLoss.At(w, bias, importance, withBias: run.Bias is not null);
        MeasureCell[] minimum = [MeasureCell.Empty, MeasureCell.Empty, MeasureCell.Empty, MeasureCell.Empty];
        string? shortfall = null;
        if (run.Bias is not null && n <= MostFeatures)
            minimum = Minimum(run, bias, importance, cancellation);
        else if (run.Bias is not null)
            shortfall = FormattableString.Invariant($"the nearest minimum is left out: {n} features; expected at most {MostFeatures}");
        return new MeasureResult(
            [
                [here.Loss, here.GradientNorm, .. minimum, .. Shares(run, bias, origin), "sparse-limit"],
            ],
            shortfall
        );
    }

    /// <summary>The trained loss, where a spec is known and the loss is not that of the sparse limit; else null.</summary>
    private static MeasureResult? OfData(MeasuredRun run, RunOrigin? origin, CancellationToken cancellation)
    {
        if (origin is null || (origin.Run.Model is { IsNetwork: false, Tied: true, Activation: Activation.Relu } && run.Decoder is null))
            return null;
        ModelShape model = origin.Run.Model;
        if (!model.IsNetwork && !model.Tied && run.Decoder is null)
            throw new UnsupportedRunException("the model is untied and its decoder is not in the weight file; expected both matrices");
        RunLoss there = RunLoss.Of(run, origin, new LlcOptions { Samples = Evaluation.Samples(model) / GradientPart });
        double loss = Evaluation.Loss(model, origin.Run.Data, origin.Final ?? RunLoss.Checkpoint(model, there.Start), cancellation);
        double[] points = [.. there.Start.SelectMany(v => Enumerable.Repeat(v, IChainLoss.Lanes))],
            losses = new double[IChainLoss.Lanes],
            gradients = new double[points.Length];
        there.Loss.Evaluate(points, IChainLoss.Whole, losses, gradients);
        double outputs = model.Pairs?.Pairs.Count ?? model.Features,
            squares = 0;
        for (int i = 0; i < there.Start.Length; i++)
            squares += gradients[i * IChainLoss.Lanes] * gradients[i * IChainLoss.Lanes];
        MeasureCell[] empty = [.. Enumerable.Repeat(MeasureCell.Empty, 8)];
        return new MeasureResult([
            [loss, Math.Sqrt(squares) / outputs, .. empty, "data"],
        ]);
    }

    private MeasureCell[] Minimum(MeasuredRun run, double[] bias, IReadOnlyList<double> importance, CancellationToken cancellation)
    {
        FeatureConfiguration w = run.Weights;
        int n = w.Features,
            m = w.Hidden;
        LocalMinimum reached = GroundStates.Descend(w, bias, importance);
        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            // The bias of an output that no input reaches does not matter.
            if (reached.Bias[i] != -1)
                squares += (bias[i] - reached.Bias[i]) * (bias[i] - reached.Bias[i]);
            for (int c = 0; c < m; c++)
            {
                double difference = w.Column(i)[c] - reached.Weights.Column(i)[c];
                squares += difference * difference;
            }
        }
        string key = FormattableString.Invariant($"{m} {n} {string.Join(' ', importance)}");
        IReadOnlyList<GroundState> states = _states
            .GetOrAdd(key, _ => new Lazy<IReadOnlyList<GroundState>>(() =>
                GroundStates.Find(m, n, importance, Starts, threads: 1, cancellation: CancellationToken.None)
            ))
            .Value;
        cancellation.ThrowIfCancellationRequested();
        double[] energies = [.. states.Select(s => s.Minimum.Energy)];
        int place = Array.FindIndex(energies, e => Math.Abs(e - reached.Energy) <= SameLoss * Math.Max(1, e));
        // Differences below rounding are none.
        double gap = place == 0 ? 0 : Math.Max(0, reached.Energy - energies[0]);
        return [reached.Energy / n, Math.Sqrt(squares / n), place < 0 ? MeasureCell.Empty : place + 1, gap / n];
    }

    private static MeasureCell[] Shares(MeasuredRun run, double[] bias, RunOrigin? origin)
    {
        bool independent = run.Groups is null && (origin is null || origin.Run.Data.Density.All(p => p == origin.Run.Data.Density[0]));
        double density = origin?.Run.Data.Density[0] ?? run.Density;
        if (!independent || !(density is > 0 and <= 1))
            return [MeasureCell.Empty, MeasureCell.Empty, MeasureCell.Empty, MeasureCell.Empty];
        int n = run.Weights.Features,
            samples = Math.Clamp(400_000 / n, 500, 20_000);
        IReadOnlyList<ActivityShare> shares = ActivityShares.Of(run.Weights, bias, density, origin?.Run.Data.Importance, samples);
        double Share(int l) => l < shares.Count ? shares[l].Share : 0;
        return [Share(0), Share(1), Share(2), Math.Max(0, 1 - Share(0) - Share(1) - Share(2))];
    }
}
