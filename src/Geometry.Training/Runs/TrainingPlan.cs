namespace Geometry.Training;

/// <summary>The rule that turns gradients into steps, with PyTorch's semantics and its defaults β = (0.9, 0.999), ε = 1e-8.</summary>
public enum OptimizerKind
{
    /// <summary>
    /// Adam with decoupled weight decay: w ← w(1 − lr·λ) before the Adam step. Loshchilov and Hutter 2019, arXiv 1711.05101.
    /// </summary>
    AdamW,

    /// <summary>Adam with weight decay as an L2 penalty: g ← g + λw. Kingma and Ba 2015, arXiv 1412.6980.</summary>
    Adam,

    /// <summary>Gradient descent with heavy-ball momentum, dampening 0, and weight decay as an L2 penalty.</summary>
    Sgd,
}

/// <summary>How the learning rate falls over the T steps of a run; t counts the finished steps, so that step 1 uses t = 0.</summary>
public enum Schedule
{
    /// <summary>lr.</summary>
    Constant,

    /// <summary>lr·½(1 + cos(πt/T)).</summary>
    Cosine,

    /// <summary>lr·(1 − t/T).</summary>
    Linear,
}

/// <summary>How the checkpoints of a run are distributed over its steps.</summary>
public enum CheckpointSpacing
{
    /// <summary>In geometric progression: dense at the start, where most changes happen.</summary>
    Logarithmic,

    /// <summary>At equal distances.</summary>
    Even,
}

/// <summary>How a run is trained.</summary>
public sealed record TrainingPlan
{
    /// <summary>Makes a plan and refuses values outside their ranges.</summary>
    /// <param name="Optimizer">The update rule.</param>
    /// <param name="LearningRate">lr, ≥ 0, finite.</param>
    /// <param name="WeightDecay">λ, ≥ 0, finite; decoupled for AdamW, an L2 penalty for the others; applies to the bias too, as in
    /// PyTorch.</param>
    /// <param name="Momentum">Momentum of SGD, in [0, 1); ignored by Adam and AdamW.</param>
    /// <param name="Schedule">How the learning rate falls.</param>
    /// <param name="Batch">Samples per step, 1 … 2^24.</param>
    /// <param name="Steps">T, the number of steps, ≥ 0; with 0 the result is the start.</param>
    /// <param name="Checkpoints">How many checkpoints to keep, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public TrainingPlan(
        OptimizerKind Optimizer,
        double LearningRate,
        double WeightDecay,
        double Momentum,
        Schedule Schedule,
        int Batch,
        int Steps,
        int Checkpoints
    )
    {
        if (!Enum.IsDefined(Optimizer))
            throw new ArgumentOutOfRangeException(nameof(Optimizer), Optimizer, "Unknown optimizer.");
        if (!Enum.IsDefined(Schedule))
            throw new ArgumentOutOfRangeException(nameof(Schedule), Schedule, "Unknown schedule.");
        NonNegative(LearningRate, nameof(LearningRate));
        NonNegative(WeightDecay, nameof(WeightDecay));
        NonNegative(Momentum, nameof(Momentum));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Momentum, 1.0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Batch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Batch, 1 << 24);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Checkpoints, 0);
        this.Optimizer = Optimizer;
        this.LearningRate = LearningRate;
        this.WeightDecay = WeightDecay;
        this.Momentum = Momentum;
        this.Schedule = Schedule;
        this.Batch = Batch;
        this.Steps = Steps;
        this.Checkpoints = Checkpoints;
    }

    /// <summary>The update rule.</summary>
    public OptimizerKind Optimizer { get; }

    /// <summary>lr.</summary>
    public double LearningRate { get; }

    /// <summary>λ.</summary>
    public double WeightDecay { get; }

    /// <summary>Momentum of SGD.</summary>
    public double Momentum { get; }

    /// <summary>How the learning rate falls.</summary>
    public Schedule Schedule { get; }

    /// <summary>Samples per step.</summary>
    public int Batch { get; }

    /// <summary>T, the number of steps.</summary>
    public int Steps { get; }

    /// <summary>How many checkpoints to keep.</summary>
    public int Checkpoints { get; }

    /// <summary>How the checkpoints are distributed over the steps.</summary>
    public CheckpointSpacing Spacing { get; init; }

    /// <summary>
    /// Size of the data set that each run draws once for itself; every epoch goes through it in a new order, and batches continue across
    /// epochs. With 0 every sample is fresh.
    /// </summary>
    public int Samples { get; init; }

    private static void NonNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, "Must be finite and ≥ 0.");
    }
}
