namespace Geometry.Training;

/// <summary>One model to train: architecture, data and optimisation.</summary>
public sealed record TrainingRun
{
    /// <summary>Makes a run whose data has as many features as its model.</summary>
    /// <param name="Index">Position in the sweep, 0-based; part of the random stream, so two runs of one seed see different data.</param>
    /// <param name="Seed">The seed, any integer.</param>
    /// <param name="Model">The architecture.</param>
    /// <param name="Data">The distribution of inputs and the loss.</param>
    /// <param name="Plan">The optimisation.</param>
    /// <exception cref="ArgumentException">Model and data differ in the number of features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public TrainingRun(int Index, int Seed, ModelShape Model, SparseData Data, TrainingPlan Plan)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Index);
        ArgumentNullException.ThrowIfNull(Model);
        ArgumentNullException.ThrowIfNull(Data);
        ArgumentNullException.ThrowIfNull(Plan);
        if (Data.Density.Count != Model.Features)
            throw new ArgumentException($"The model has {Model.Features} features, the data {Data.Density.Count}.", nameof(Data));
        if (Model.Head?.Features.Any(f => f >= Model.Features) == true)
            throw new ArgumentException(
                $"The head reads feature {Model.Head.Features.Max()}, but there are {Model.Features}.",
                nameof(Model)
            );
        if (Model.Layers.Count > 0 && Model.Layers[^1].Outputs != (Model.Pairs?.Pairs.Count ?? Model.Features))
            throw new ArgumentException(
                $"The layers end with {Model.Layers[^1].Outputs} outputs; expected {Model.Pairs?.Pairs.Count ?? Model.Features}.",
                nameof(Model)
            );
        if (
            Model.Pairs is { } pairs
            && (
                Model.Layers.Count == 0
                || Model.Layers[^1].Activation != Activation.Linear
                || pairs.Pairs.Any(p => Math.Max(p.First, p.Second) >= Model.Features)
            )
        )
            throw new ArgumentException($"Pairs are read linearly from layers, and are of {Model.Features} features.", nameof(Model));
        if (Data.Active is not null && Model.Pairs is null)
            throw new ArgumentException("Inputs with a given number of active features are for pairs.", nameof(Data));
        this.Index = Index;
        this.Seed = Seed;
        this.Model = Model;
        this.Data = Data;
        this.Plan = Plan;
    }

    /// <summary>Position in the sweep, 0-based.</summary>
    public int Index { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>The architecture.</summary>
    public ModelShape Model { get; }

    /// <summary>The distribution of inputs and the loss.</summary>
    public SparseData Data { get; }

    /// <summary>The optimisation.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>Given parameters at which training starts; null for random weights.</summary>
    /// <exception cref="ArgumentException">Its sizes differ from those of the model.</exception>
    public TrainingStart? Start
    {
        get;
        init =>
            field =
                value is null
                || (value.Weights.Count == Model.Features * Model.Hidden && (value.Bias is null || value.Bias.Count == Model.Features))
                    ? value
                    : throw new ArgumentException(
                        $"The start has {value.Weights.Count} weights and {value.Bias?.Count ?? 0} biases, which are not those of "
                            + $"{Model.Features} features in {Model.Hidden} dimensions."
                    );
    }
}

/// <summary>Given parameters to start from, with normal noise that differs from run to run.</summary>
/// <param name="Weights">The matrix W, m×n row-major, hidden-first: entry (k, i) is at k·n + i; encoder and decoder of an untied model both
/// start from it.</param>
/// <param name="Bias">b, length n; null for zeros. Ignored by models without a bias.</param>
/// <param name="Noise">Standard deviation of the noise on every weight and bias, ≥ 0.</param>
public sealed record TrainingStart(IReadOnlyList<double> Weights, IReadOnlyList<double>? Bias, double Noise);
