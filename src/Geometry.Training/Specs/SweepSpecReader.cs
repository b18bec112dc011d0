using System.Globalization;

namespace Geometry.Training.Specs;

/// <summary>Reads a spec from nodes, and checks every value.</summary>
internal static class SweepSpecReader
{
    private const double DefaultGamma = 30;
    private static readonly string[] s_top = ["name", "task", "pairs", "model", "data", "train", "seeds"];
    private static readonly string[] s_model =
    [
        "features",
        "hidden",
        "layers",
        "activation",
        "activations",
        "gamma",
        "tied",
        "bias",
        "head",
        "first_layer",
        "superposition",
    ];
    private static readonly string[] s_data = ["density", "sparsity", "active", "importance", "groups", "samples", "normalise"];
    private static readonly string[] s_train =
    [
        "optimizer",
        "learning_rate",
        "weight_decay",
        "momentum",
        "schedule",
        "start",
        "batch",
        "steps",
        "epochs",
        "checkpoints",
        "loss",
    ];

    public static SweepSpec Read(SpecMap root)
    {
        var top = new SpecSection(root, "", s_top);
        var model = new SpecSection(top.Require("model"), "model", s_model);
        var data = new SpecSection(top.Require("data"), "data", s_data);
        var train = new SpecSection(top.Find("train") ?? new SpecMap(top.Line, []), "train", s_train);
        Axis features = model.Axis("features", NumberKind.Count);
        PairRule? pairs = PairRules.Read(top, model, data, train, features);
        IReadOnlyList<int> widths = NetworkRules.ReadWidths(model, features, pairs);
        (Activation activation, Axis gamma) = ReadActivation(model);
        IReadOnlyList<Activation> activations = NetworkRules.ReadActivations(model, widths, activation, pairs);
        Axis hidden = widths.Count > 0 ? Axis.Of(widths[0]) : model.Axis("hidden", NumberKind.Count);
        HeadRule? head = NetworkRules.ReadHead(model, features);
        if (features.Values.Max() * hidden.Values.Max() > ModelShape.MaximumWeights)
            throw new SpecException(model.Line, $"model: features × hidden is above {ModelShape.MaximumWeights}");
        OptimizerKind optimizer = train.Word(
            "optimizer",
            OptimizerKind.AdamW,
            ("adamw", OptimizerKind.AdamW),
            ("adam", OptimizerKind.Adam),
            ("sgd", OptimizerKind.Sgd)
        );
        if (optimizer != OptimizerKind.Sgd && train.Find("momentum") is { } momentum)
            throw new SpecException(momentum.Line, "train.momentum is for the optimizer sgd only");
        var rules = new DataRules(data, features);
        Axis samples = TrainRules.ReadSamples(data, features),
            batch = train.Axis("batch", NumberKind.Batch, 1024);
        (Axis steps, bool inEpochs) = TrainRules.ReadLength(train, samples, batch);
        (int checkpoints, CheckpointSpacing spacing) = TrainRules.ReadCheckpoints(train);
        var spec = new SweepSpec
        {
            Name = ReadName(top),
            Features = features,
            Hidden = hidden,
            Activation = activation,
            Gamma = gamma,
            Tied = model.Truth("tied", widths.Count == 0),
            Layers = widths,
            Activations = activations,
            Head = head,
            Pairs = pairs,
            Bias = model.Truth("bias", true),
            Density = rules.Density,
            Importance = rules.Importance,
            Groups = rules.Groups,
            Samples = samples,
            Optimizer = optimizer,
            LearningRate = train.Axis("learning_rate", NumberKind.NotNegative, 1e-3),
            WeightDecay = train.Axis("weight_decay", NumberKind.NotNegative, optimizer == OptimizerKind.AdamW ? 0.01 : 0),
            Momentum = train.Axis("momentum", NumberKind.Momentum, 0),
            Schedule = train.Word(
                "schedule",
                Schedule.Constant,
                ("constant", Schedule.Constant),
                ("cosine", Schedule.Cosine),
                ("linear", Schedule.Linear)
            ),
            Start = TrainRules.ReadStart(train, features, hidden, widths.Count > 0 || head is not null),
            Batch = batch,
            Steps = steps,
            InEpochs = inEpochs,
            Checkpoints = checkpoints,
            Spacing = spacing,
            Seeds = ReadSeeds(top),
        };
        if (SweepGrid.CountRuns(spec) > SweepGrid.MostRuns)
            throw new SpecException(
                top.Line,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the axes and seeds multiply to {SweepGrid.CountRuns(spec):0} runs; a sweep has at most {SweepGrid.MostRuns}: "
                        + $"split it into several specs"
                )
            );
        return spec;
    }

    private static string ReadName(SpecSection top)
    {
        const int MostCharacters = 100;
        return top.Find("name") switch
        {
            null => "sweep",
            SpecScalar { Text: { Length: > 0 and <= MostCharacters } text } when !text.Any(char.IsControl) => text,
            { } node => throw new SpecException(
                node.Line,
                $"name: expected a text of 1 to {MostCharacters} characters on one line, found {node.Found}"
            ),
        };
    }

    private static (Activation Activation, Axis Gamma) ReadActivation(SpecSection model)
    {
        SpecNode? gamma = model.Find("gamma");
        if (model.Find("activation") is SpecMap map)
        {
            var section = new SpecSection(map, "model.activation", ["swish"]);
            if (gamma is not null)
                throw new SpecException(gamma.Line, "model.gamma is given by model.activation already");
            return (Activation.Swish, section.Axis("swish", NumberKind.Positive));
        }
        Activation activation = model.Word(
            "activation",
            Activation.Relu,
            ("relu", Activation.Relu),
            ("linear", Activation.Linear),
            ("swish", Activation.Swish)
        );
        bool swish =
            activation == Activation.Swish
            || model.Find("activations") is SpecList { Items: var items } && items.Any(i => i is SpecScalar { Text: "swish" });
        if (gamma is not null && !swish)
            throw new SpecException(gamma.Line, "model.gamma is for the activation swish only");
        return (activation, model.Axis("gamma", NumberKind.Positive, DefaultGamma));
    }

    private static Axis ReadSeeds(SpecSection top)
    {
        SpecNode? node = top.Find("seeds");
        if (node is not (null or SpecScalar))
            return AxisReader.Read(node, "seeds", NumberKind.Seed);
        double count = node is null ? 1 : AxisReader.Number(node, "seeds", NumberKind.Count);
        if (count > SweepGrid.MostRuns)
            throw new SpecException(
                node!.Line,
                FormattableString.Invariant($"seeds: {count} seeds; a sweep has at most {SweepGrid.MostRuns} runs")
            );
        return count == 1 ? Axis.List([0]) : Axis.LinSpace(0, count - 1, (int)count);
    }
}
