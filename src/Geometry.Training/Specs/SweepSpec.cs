namespace Geometry.Training.Specs;

/// <summary>A sweep: every number may be an axis, and the runs are the product of the axes and the seeds.</summary>
/// <remarks>
/// The text form is YAML with these properties in snake case as keys, in the sections model, data and train. Missing keys have the defaults
/// given here; <c>model.features</c>, one of <c>model.hidden</c> and <c>model.layers</c>, and one of <c>data.density</c> and
/// <c>data.sparsity</c> are required.
/// </remarks>
public sealed record SweepSpec
{
    /// <summary>Name of the sweep; default "sweep".</summary>
    public required string Name { get; init; }

    /// <summary><c>model.features</c>: n.</summary>
    public required Axis Features { get; init; }

    /// <summary><c>model.hidden</c>: m; m ≥ n is allowed.</summary>
    public required Axis Hidden { get; init; }

    /// <summary><c>model.activation</c>: relu (default), linear or swish; <c>{ swish: γ }</c> gives γ at once.</summary>
    public required Activation Activation { get; init; }

    /// <summary><c>model.gamma</c>: γ of swish, default 30; only swish may have it.</summary>
    public required Axis Gamma { get; init; }

    /// <summary><c>model.tied</c>: one matrix for encoder and decoder; default true.</summary>
    public required bool Tied { get; init; }

    /// <summary>
    /// <c>model.layers</c>: widths of the hidden layers of a deep model, in place of <c>hidden</c>, which is the first of them; empty for a
    /// component.
    /// </summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary><c>model.activations</c>: one per weight layer of a deep model, default relu; empty for a component.</summary>
    public IReadOnlyList<Activation> Activations { get; init; } = [];

    /// <summary><c>model.head</c>: <c>{ classes, target, features, weight, alone }</c>; null (default, not written) for none.</summary>
    public HeadRule? Head { get; init; }

    /// <summary>
    /// <c>task</c>, <c>pairs</c>, <c>model.first_layer</c>, <c>model.superposition</c>, <c>data.normalise</c> and <c>train.loss</c>; null
    /// (default, not written) for models that reconstruct their inputs.
    /// </summary>
    public PairRule? Pairs { get; init; }

    /// <summary>Whether the models are more than one component.</summary>
    public bool IsNetwork => Layers.Count > 0 || Head is not null;

    /// <summary><c>model.bias</c>: a trained bias; default true.</summary>
    public required bool Bias { get; init; }

    /// <summary><c>data.density</c> or <c>data.sparsity</c>: a number (may be an axis), or <c>{ per_feature: [n numbers] }</c>.</summary>
    public required DensityRule Density { get; init; }

    /// <summary>
    /// <c>data.importance</c>: <c>{ decay: d }</c>, <c>{ last: r }</c>, one number (each may be an axis), or a list of n numbers (no axis);
    /// default 1.
    /// </summary>
    public required ImportanceRule Importance { get; init; }

    /// <summary>
    /// <c>data.groups</c>: none (default), <c>{ correlated: k }</c>, <c>{ anticorrelated: k }</c>, or the same with a list of lists of
    /// features for k.
    /// </summary>
    public required GroupRule Groups { get; init; }

    /// <summary>
    /// <c>data.samples</c>: size of the data set that a run draws once and goes through in epochs; 0 (default, not written) makes every
    /// sample fresh.
    /// </summary>
    public required Axis Samples { get; init; }

    /// <summary><c>train.optimizer</c>: adamw (default), adam or sgd.</summary>
    public required OptimizerKind Optimizer { get; init; }

    /// <summary><c>train.learning_rate</c>: default 1e-3.</summary>
    public required Axis LearningRate { get; init; }

    /// <summary><c>train.weight_decay</c>: default 0.01 for adamw, 0 for adam and sgd.</summary>
    public required Axis WeightDecay { get; init; }

    /// <summary><c>train.momentum</c>: default 0; only sgd may have it.</summary>
    public required Axis Momentum { get; init; }

    /// <summary><c>train.schedule</c>: constant (default), cosine or linear.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary><c>train.start</c>: given parameters to start from; null (default, not written) for random ones.</summary>
    public required StartRule? Start { get; init; }

    /// <summary><c>train.batch</c>: samples per step, default 1024.</summary>
    public required Axis Batch { get; init; }

    /// <summary><c>train.steps</c>, default 10000, or <c>train.epochs</c> of a finite data set.</summary>
    public required Axis Steps { get; init; }

    /// <summary>Whether <see cref="Steps"/> counts epochs.</summary>
    public required bool InEpochs { get; init; }

    /// <summary><c>train.checkpoints</c>: number of further steps whose weights are kept, default 0; never an axis.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>
    /// How the checkpoints are distributed: a number or <c>{ logspace: count }</c> in geometric progression, <c>{ linspace: count }</c>
    /// evenly.
    /// </summary>
    public required CheckpointSpacing Spacing { get; init; }

    /// <summary><c>seeds</c>: s for the seeds 0 … s−1 (default 1), or an axis of the seeds themselves.</summary>
    public required Axis Seeds { get; init; }

    /// <summary>The arrays of the models of one shape (see <see cref="ModelShape.Blocks"/>).</summary>
    /// <param name="features">n.</param>
    /// <param name="hidden">m.</param>
    public IReadOnlyList<ParameterBlock> BlocksOf(int features, int hidden) => Model(features, hidden).Blocks;

    /// <summary>A model of one shape; swept properties that change none of its arrays have their first values.</summary>
    /// <param name="features">n.</param>
    /// <param name="hidden">m.</param>
    public ModelShape Model(int features, int hidden) => Model(features, hidden, Gamma.Values[0], Head?.Weight.Values[0] ?? 1);

    /// <summary>A model of the sweep.</summary>
    internal ModelShape Model(int features, int hidden, double gamma, double headWeight)
    {
        int[] widths = [features, .. Layers, features];
        return new ModelShape(features, hidden, Activation, gamma, Tied, Bias)
        {
            Pairs = Pairs?.Of(features),
            Layers = Pairs?.Layers(features, Layers, Activations)
                ?? [.. Activations.Select((a, l) => new DenseLayer(widths[l], widths[l + 1], a))],
            Head = Head?.At(features, headWeight),
        };
    }

    /// <summary>Reads a spec.</summary>
    /// <exception cref="SpecException">It cannot be used; one line with the line number.</exception>
    public static SweepSpec Parse(string yaml) => SweepSpecReader.Read(SpecTree.Read(yaml));

    /// <summary>Writes the spec with every default; reading it gives the same runs, and writing that again the same bytes.</summary>
    public string ToYaml() => SweepSpecWriter.Write(this);

    /// <summary>The same sweep with <paramref name="offset"/> added to every seed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A seed leaves the range of 32-bit integers.</exception>
    public SweepSpec WithSeedsFrom(int offset)
    {
        if (offset == 0)
            return this;
        double[] seeds = [.. Seeds.Values.Select(s => s + offset)];
        if (seeds.Any(s => Math.Abs(s) > int.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "A seed leaves the range of 32-bit integers.");
        bool consecutive = seeds.Length > 1 && seeds.Zip(seeds.Skip(1)).All(p => p.Second == p.First + 1);
        return this with { Seeds = consecutive ? Axis.LinSpace(seeds[0], seeds[^1], seeds.Length) : Axis.List(seeds) };
    }
}
