namespace Geometry.Training.Specs;

/// <summary>
/// The keys of the section <c>model</c> for models that are more than one component: <c>layers</c> with their activations, and <c>head</c>.
/// </summary>
internal static class NetworkRules
{
    private const int MostLayers = 64;

    private static readonly (string Word, Activation Value)[] s_activations =
    [
        ("relu", Activation.Relu),
        ("linear", Activation.Linear),
        ("swish", Activation.Swish),
    ];

    /// <summary><c>model.layers</c>: widths of the hidden layers; empty for a component.</summary>
    /// <exception cref="SpecException">They are malformed, or contradict another key.</exception>
    public static IReadOnlyList<int> ReadWidths(SpecSection model, Axis features, PairRule? pairs)
    {
        if (model.Find("layers") is not { } node)
            return [];
        if (model.Find("hidden") is { } hidden)
            throw new SpecException(hidden.Line, "model has both hidden and layers; expected one of them");
        if (node is not SpecList { Items: { Count: > 0 and <= MostLayers } items })
            throw new SpecException(
                node.Line,
                $"model.layers: expected a list of 1 to {MostLayers} widths, such as [20] or [5, 5], found "
                    + $"{(node is SpecList list ? $"{list.Items.Count} of them" : node.Found)}"
            );
        int[] widths =
        [
            .. pairs is { Superposition: > 0 } ? [pairs.Superposition] : Array.Empty<int>(),
            .. items.Select(i => (int)AxisReader.Number(i, "model.layers", NumberKind.Count)),
        ];
        double n = features.Values.Max();
        double[] all = [n, .. widths.Select(w => (double)w), pairs?.Outputs(n) ?? n];
        double largest = all.Zip(all.Skip(1)).Max(p => p.First * p.Second);
        if (largest > ModelShape.MaximumWeights)
            throw new SpecException(
                node.Line,
                FormattableString.Invariant($"model.layers: a layer has {largest:0} weights; expected at most {ModelShape.MaximumWeights}")
            );
        if (model.Find("tied") is { } tied && model.Truth("tied", false))
            throw new SpecException(tied.Line, "model.tied: a model with layers has a matrix of its own in each; expected false");
        return widths;
    }

    /// <summary><c>model.activations</c>: one per weight layer; by default <c>model.activation</c> in each.</summary>
    /// <exception cref="SpecException">They are malformed, or their number is not that of the layers.</exception>
    public static IReadOnlyList<Activation> ReadActivations(
        SpecSection model,
        IReadOnlyList<int> widths,
        Activation activation,
        PairRule? pairs
    )
    {
        if (pairs is not null)
            return ReadNeurons(model, widths.Count - (pairs.Superposition > 0 ? 1 : 0), activation, pairs.Superposition > 0);
        if (model.Find("activations") is not { } node)
            return [.. Enumerable.Repeat(activation, widths.Count > 0 ? widths.Count + 1 : 0)];
        if (widths.Count == 0)
            throw new SpecException(node.Line, "model.activations is for a model with layers; expected model.activation");
        if (model.Find("activation") is { } both)
            throw new SpecException(both.Line, "model has both activation and activations; expected one of them");
        if (node is not SpecList { Items: var items } || items.Count != widths.Count + 1)
            throw new SpecException(
                node.Line,
                $"model.activations: expected a list of {widths.Count + 1}, one per weight layer, found "
                    + $"{(node is SpecList list ? $"{list.Items.Count}" : node.Found)}"
            );
        return
        [
            .. items.Select(i =>
                i is SpecScalar { Quoted: false, Text: var text } && Array.Exists(s_activations, a => a.Word == text)
                    ? Array.Find(s_activations, a => a.Word == text).Value
                    : throw new SpecException(i.Line, $"model.activations: expected relu, linear, swish, found {i.Found}")
            ),
        ];
    }

    /// <summary>
    /// Pairs are read linearly from the last layer, and the features are put into superposition linearly before the first.
    /// </summary>
    private static IReadOnlyList<Activation> ReadNeurons(SpecSection model, int layers, Activation activation, bool superposition)
    {
        if (model.Find("activations") is { } node)
            throw new SpecException(
                node.Line,
                "model.activations: the layers of a task of pairs have one activation; expected model.activation"
            );
        return
        [
            .. Enumerable.Repeat(Activation.Linear, superposition ? 1 : 0),
            .. Enumerable.Repeat(activation, layers),
            Activation.Linear,
        ];
    }

    /// <summary><c>model.head</c>: null for none.</summary>
    /// <exception cref="SpecException">It is malformed, or names features that do not exist.</exception>
    public static HeadRule? ReadHead(SpecSection model, Axis features)
    {
        const string Path = "model.head";
        switch (model.Find("head"))
        {
            case null or SpecScalar { Text: "none", Quoted: false }:
                return null;
            case SpecMap map:
                var head = new SpecSection(map, Path, ["classes", "target", "features", "weight", "alone"]);
                if (head.Find("classes") is not { } node)
                    throw new SpecException(map.Line, $"{Path}.classes is missing");
                int classes = head.Whole("classes", 2);
                if (classes is < 2 or > ClassHead.MostClasses)
                    throw new SpecException(
                        node.Line,
                        FormattableString.Invariant($"{Path}.classes: expected 2 to {ClassHead.MostClasses}, found {classes}")
                    );
                int[]? listed = head.Require("target") is SpecList { Items: { Count: > 0 } items } list
                    ? Classes(items, list.Line, classes)
                    : null;
                ClassTarget target = listed is not null
                    ? ClassTarget.List
                    : head.Word(
                        "target",
                        ClassTarget.Any,
                        ("any", ClassTarget.Any),
                        ("xor", ClassTarget.Xor),
                        ("majority", ClassTarget.Majority)
                    );
                return new HeadRule(
                    classes,
                    target,
                    listed,
                    ReadFeatures(head, features),
                    head.Axis("weight", NumberKind.Positive, 1),
                    head.Truth("alone", false)
                );
            case { } other:
                throw new SpecException(other.Line, $"{Path}: expected none, or {{ classes: 2, target: any }}, found {other.Found}");
        }
    }

    private static int[] Classes(IReadOnlyList<SpecNode> items, int line, int classes)
    {
        const string Path = "model.head.target";
        int[] listed = [.. items.Select(i => (int)AxisReader.Number(i, Path, NumberKind.CountOrZero))];
        return listed.Max() < classes
            ? listed
            : throw new SpecException(
                line,
                FormattableString.Invariant(
                    $"{Path}: expected classes 0 to {classes - 1}, one for each number of active features, found {listed.Max()}"
                )
            );
    }

    private static int[]? ReadFeatures(SpecSection head, Axis features)
    {
        switch (head.Find("features"))
        {
            case null or SpecScalar { Text: "all", Quoted: false }:
                return null;
            case SpecList { Items: { Count: > 0 } items } list:
                int[] chosen = [.. items.Select(i => (int)AxisReader.Number(i, head.PathOf("features"), NumberKind.CountOrZero))];
                if (Array.Find(chosen, f => f >= features.Values.Min()) is > 0 and int missing)
                    throw new SpecException(
                        list.Line,
                        FormattableString.Invariant($"{head.PathOf("features")}: there is no feature {missing}")
                    );
                if (chosen.Distinct().Count() < chosen.Length)
                    throw new SpecException(list.Line, $"{head.PathOf("features")}: a feature is named twice");
                return chosen;
            case { } node:
                throw new SpecException(node.Line, $"{head.PathOf("features")}: expected all, or a list of features, found {node.Found}");
        }
    }
}
