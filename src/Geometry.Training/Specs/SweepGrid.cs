namespace Geometry.Training.Specs;

/// <summary>The runs of a spec: the product of its axes and seeds; each run has an index.</summary>
/// <remarks>
/// The axes have the order of the schema (features, hidden, gamma, density or sparsity, importance, groups, samples, learning_rate,
/// weight_decay, momentum, the start's noise, batch, steps or epochs, the head's weight), the first one changing slowest; seeds change
/// fastest. The runs of a cell are therefore neighbours, and so are those of a shape.
/// </remarks>
public sealed class SweepGrid
{
    /// <summary>Most runs of one sweep.</summary>
    public const int MostRuns = 1_000_000;

    private const int Gamma = 2,
        Density = 3,
        Importance = 4,
        Group = 5,
        Samples = 6,
        Rate = 7,
        Decay = 8,
        Momentum = 9,
        Noise = 10,
        Batch = 11,
        Steps = 12,
        HeadWeight = 13,
        Seed = 14;
    private static readonly Axis s_none = Axis.Of(double.NaN);
    private readonly Axis[] _axes;
    private readonly int[] _strides;
    private readonly Dictionary<(int, int, int, int), SparseData> _data = [];
    private readonly Dictionary<(int, int, int, int), ModelShape> _shapes = [];
    private readonly Dictionary<(int, int, int, int, int, int), TrainingPlan> _plans = [];
    private readonly Dictionary<int, TrainingStart> _starts = [];

    /// <summary>Makes the grid of a spec.</summary>
    /// <exception cref="ArgumentException">It has more than <see cref="MostRuns"/> runs, which a spec that was read never has.</exception>
    public SweepGrid(SweepSpec spec)
    {
        Spec = spec;
        if (CountRuns(spec) > MostRuns)
            throw new ArgumentException($"More than {MostRuns} runs.", nameof(spec));
        _axes = Axes(spec);
        _strides = new int[_axes.Length];
        int count = 1;
        for (int a = _axes.Length - 1; a >= 0; a--)
        {
            _strides[a] = count;
            count *= _axes[a].Count;
        }
        Count = count;
        Parameters = [.. StoredParameters()];
    }

    /// <summary>The spec.</summary>
    public SweepSpec Spec { get; }

    /// <summary>Number of runs.</summary>
    public int Count { get; }

    /// <summary>Number of cells; the runs of a cell differ only in their seed.</summary>
    public int Cells => Count / _axes[Seed].Count;

    /// <summary>
    /// The parameters that describe a run, by name and axis: density or sparsity, and importance, where they are one number, swept or not;
    /// gamma, correlated or anticorrelated (the group size), samples, learning_rate, weight_decay, momentum, start_noise, batch, and steps
    /// or epochs when swept. Features, hidden and seed are not among them: every run has these anyway.
    /// </summary>
    public IReadOnlyList<SweepParameter> Parameters { get; }

    /// <summary>Number of runs without a limit, as a double: the product of the lengths of all axes.</summary>
    public static double CountRuns(SweepSpec spec) => Axes(spec).Aggregate(1.0, (product, axis) => product * axis.Count);

    /// <summary>One run; runs share equal data, shape and plan objects. Not for use from several threads.</summary>
    /// <param name="index">0 … Count − 1.</param>
    public TrainingRun Run(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int Digit(int axis) => index / _strides[axis] % _axes[axis].Count;
        double Value(int axis) => _axes[axis].Values[Digit(axis)];
        int features = (int)Value(0),
            hidden = (int)Value(1);
        (int, int, int, int) model = (Digit(0), Digit(1), Digit(Gamma), Digit(HeadWeight));
        if (!_shapes.TryGetValue(model, out ModelShape? shape))
        {
            shape = Spec.Model(features, hidden, Value(Gamma), Value(HeadWeight));
            _shapes.Add(model, shape);
        }
        if (!_data.TryGetValue((Digit(0), Digit(Density), Digit(Importance), Digit(Group)), out SparseData? data))
        {
            data = new SparseData(
                Spec.Density.Densities(Value(Density), features),
                Spec.Importance.Importances(Value(Importance), features),
                Spec.Groups.Groups(double.IsNaN(Value(Group)) ? 0 : (int)Value(Group), features)
            )
            {
                Active = Spec.Density.IsActive ? (int)Value(Density) : null,
            };
            _data.Add((Digit(0), Digit(Density), Digit(Importance), Digit(Group)), data);
        }
        (int, int, int, int, int, int) key = (Digit(Rate), Digit(Decay), Digit(Momentum), Digit(Batch), Digit(Steps), Digit(Samples));
        if (!_plans.TryGetValue(key, out TrainingPlan? plan))
        {
            int steps = (int)(Spec.InEpochs ? TrainRules.StepsOf(Value(Steps), Value(Samples), Value(Batch)) : Value(Steps));
            plan = new TrainingPlan(
                Spec.Optimizer,
                Value(Rate),
                Value(Decay),
                Value(Momentum),
                Spec.Schedule,
                (int)Value(Batch),
                steps,
                Spec.Checkpoints
            )
            {
                Spacing = Spec.Spacing,
                Samples = (int)Value(Samples),
            };
            _plans.Add(key, plan);
        }
        TrainingStart? start = null;
        if (Spec.Start is { } rule && !_starts.TryGetValue(Digit(Noise), out start))
            _starts.Add(Digit(Noise), start = rule.At(Value(Noise)));
        return new TrainingRun(index, (int)Value(Seed), shape, data, plan) { Start = start };
    }

    /// <summary>n and m of a run.</summary>
    public (int Features, int Hidden) Shape(int index) =>
        ((int)_axes[0].Values[index / _strides[0]], (int)_axes[1].Values[index / _strides[1] % _axes[1].Count]);

    /// <summary>Seed of a run.</summary>
    public int SeedOf(int index) => (int)_axes[Seed].Values[index / _strides[Seed] % _axes[Seed].Count];

    /// <summary>A parameter's value for one run.</summary>
    public double Value(SweepParameter parameter, int index) =>
        _axes[parameter.Axis].Values[index / _strides[parameter.Axis] % _axes[parameter.Axis].Count];

    private IEnumerable<SweepParameter> StoredParameters()
    {
        if (Spec.Density.Uniform is not null)
            yield return new SweepParameter(Spec.Density.Name, Density);
        if (Spec.Importance.Value is not null && Spec.Pairs is null)
            yield return new SweepParameter("importance", Importance);
        (string, int)[] others =
        [
            ("gamma", Gamma),
            (Spec.Groups.Name, Group),
            ("samples", Samples),
            ("learning_rate", Rate),
            ("weight_decay", Decay),
            ("momentum", Momentum),
            ("start_noise", Noise),
            ("batch", Batch),
            (Spec.InEpochs ? "epochs" : "steps", Steps),
            ("head_weight", HeadWeight),
        ];
        foreach ((string name, int axis) in others)
        {
            if (_axes[axis].IsSwept)
                yield return new SweepParameter(name, axis);
        }
    }

    private static Axis[] Axes(SweepSpec spec) =>
        [
            spec.Features,
            spec.Hidden,
            spec.Gamma,
            spec.Density.Uniform ?? s_none,
            spec.Importance.Value ?? s_none,
            spec.Groups.Size ?? s_none,
            spec.Samples,
            spec.LearningRate,
            spec.WeightDecay,
            spec.Momentum,
            spec.Start?.Noise ?? s_none,
            spec.Batch,
            spec.Steps,
            spec.Head?.Weight ?? s_none,
            spec.Seeds,
        ];
}

/// <summary>A parameter of a sweep's runs.</summary>
/// <param name="Name">Its name in weight files.</param>
/// <param name="Axis">Index of its axis in the grid.</param>
public sealed record SweepParameter(string Name, int Axis);
