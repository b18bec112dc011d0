using Geometry.Theory.Pairs;

namespace Geometry.Training.Specs;

/// <summary>The keys for tasks of pairs, which occur in every section of a spec.</summary>
internal static class PairRules
{
    private const int MostPairs = 1 << 17;

    /// <summary>The task; null for models that reconstruct their inputs.</summary>
    /// <exception cref="SpecException">A key is malformed, or there is no task for it.</exception>
    public static PairRule? Read(SpecSection top, SpecSection model, SpecSection data, SpecSection train, Axis features)
    {
        PairTask? task = top.Word<PairTask?>("task", null, ("reconstruct", null), ("u-and", PairTask.And), ("u-xor", PairTask.Xor));
        if (task is not { } wanted)
        {
            foreach (
                (SpecSection section, string key) in new[]
                {
                    (top, "pairs"),
                    (model, "first_layer"),
                    (model, "superposition"),
                    (data, "active"),
                    (data, "normalise"),
                    (train, "loss"),
                }
            )
            {
                if (section.Find(key) is { } stray)
                    throw new SpecException(stray.Line, $"{section.PathOf(key)} is for the tasks u-and and u-xor");
            }
            return null;
        }
        foreach (
            (SpecSection section, string key) in new[]
            {
                (model, "hidden"),
                (model, "head"),
                (data, "importance"),
                (data, "groups"),
                (data, "samples"),
                (train, "start"),
            }
        )
        {
            if (section.Find(key) is { } stray)
                throw new SpecException(
                    stray.Line,
                    $"{section.PathOf(key)} is not for the task {(wanted == PairTask.And ? "u-and" : "u-xor")}"
                );
        }
        if (model.Find("layers") is null)
            throw new SpecException(model.Line, "model.layers is missing: the neurons that pairs are read from, such as [64]");
        SpecSection? loss = train.Find("loss") is { } node ? new SpecSection(node, "train.loss", ["power", "ones"]) : null;
        int power = loss?.Whole("power", 2) ?? 2;
        if (power is < 2 or > PairTargets.MostPower || power % 2 != 0)
            throw new SpecException(
                loss!.Line,
                FormattableString.Invariant($"train.loss.power: expected an even number, 2 to {PairTargets.MostPower}, found {power}")
            );
        double ones = loss?.Find("ones") is { } weight ? AxisReader.Number(weight, "train.loss.ones", NumberKind.Positive) : 1;
        LayerStart first = model.Word(
            "first_layer",
            LayerStart.Xavier,
            ("trained", LayerStart.Xavier),
            ("gaussian", LayerStart.Gaussian),
            ("bernoulli", LayerStart.Bernoulli),
            ("orthogonal", LayerStart.Orthogonal)
        );
        return new PairRule(
            wanted,
            ReadPairs(top, features),
            first,
            model.Whole("superposition", 0),
            data.Truth("normalise", false),
            power,
            ones
        );
    }

    /// <summary>Checks the numbers of active features against those of the features.</summary>
    /// <exception cref="SpecException">A number is too large.</exception>
    public static DensityRule ReadActive(SpecNode node, Axis features)
    {
        Axis active = AxisReader.Read(node, "data.active", NumberKind.Count);
        if (active.Values.Max() > features.Values.Min())
            throw new SpecException(
                node.Line,
                FormattableString.Invariant(
                    $"data.active: expected at most the {features.Values.Min()} features, found {active.Values.Max()}"
                )
            );
        return new DensityRule(false, active, null) { IsActive = true };
    }

    private static (int First, int Second)[]? ReadPairs(SpecSection top, Axis features)
    {
        switch (top.Find("pairs"))
        {
            case null:
                throw new SpecException(top.Line, "pairs is missing: all, or a list such as [[0, 1], [2, 3]]");
            case SpecScalar { Text: "all", Quoted: false } node:
                double least = features.Values.Min(),
                    most = features.Values.Max();
                if (least < 2)
                    throw new SpecException(node.Line, "pairs: one feature has no pair; expected model.features of 2 or more");
                if (most * (most - 1) / 2 > MostPairs)
                    throw new SpecException(
                        node.Line,
                        FormattableString.Invariant($"pairs: {most} features have more than {MostPairs} pairs; expected a list")
                    );
                return null;
            case SpecList { Items: { Count: > 0 and <= MostPairs } items }:
                return [.. items.Select(i => Pair(i, features))];
            case { } other:
                throw new SpecException(other.Line, $"pairs: expected all, or a list such as [[0, 1], [2, 3]], found {other.Found}");
        }
    }

    private static (int First, int Second) Pair(SpecNode node, Axis features)
    {
        if (node is not SpecList { Items: [var a, var b] })
            throw new SpecException(node.Line, $"pairs: expected two features, such as [0, 1], found {node.Found}");
        (int first, int second) = (
            (int)AxisReader.Number(a, "pairs", NumberKind.CountOrZero),
            (int)AxisReader.Number(b, "pairs", NumberKind.CountOrZero)
        );
        if (Math.Max(first, second) >= features.Values.Min())
            throw new SpecException(node.Line, FormattableString.Invariant($"pairs: there is no feature {Math.Max(first, second)}"));
        return first != second
            ? (first, second)
            : throw new SpecException(node.Line, FormattableString.Invariant($"pairs: feature {first} is paired with itself"));
    }
}
