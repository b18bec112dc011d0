using Geometry.Training.Data;

namespace Geometry.Training.Specs;

/// <summary>Keys of the section <c>train</c> that take more than a number: length, start and checkpoints.</summary>
internal static class TrainRules
{
    /// <summary><c>data.samples</c>, the sizes of the data set; 0 where every sample is fresh.</summary>
    /// <exception cref="SpecException">It is not a count, or the data set would be too large.</exception>
    public static Axis ReadSamples(SpecSection data, Axis features)
    {
        if (data.Find("samples") is not { } node)
            return Axis.Of(0);
        Axis samples = AxisReader.Read(node, "data.samples", NumberKind.Count);
        if (samples.Values.Max() * features.Values.Max() > FiniteData.MostValues)
            throw new SpecException(node.Line, $"data.samples: samples × features is above {FiniteData.MostValues}");
        return samples;
    }

    /// <summary><c>train.steps</c>, or <c>train.epochs</c> of a finite data set.</summary>
    /// <exception cref="SpecException">Both are given, or epochs without a data set, or more steps than can be counted.</exception>
    public static (Axis Length, bool InEpochs) ReadLength(SpecSection train, Axis samples, Axis batch)
    {
        if (train.Find("epochs") is not { } epochs)
            return (train.Axis("steps", NumberKind.CountOrZero, 10_000), false);
        if (train.Find("steps") is { } steps)
            throw new SpecException(steps.Line, "train has both steps and epochs; expected one of them");
        if (samples.Values[0] == 0)
            throw new SpecException(epochs.Line, "train.epochs is for a finite data set; expected data.samples with it, or train.steps");
        Axis length = AxisReader.Read(epochs, "train.epochs", NumberKind.CountOrZero);
        if (!(StepsOf(length.Values.Max(), samples.Values.Max(), batch.Values.Min()) <= int.MaxValue))
            throw new SpecException(epochs.Line, FormattableString.Invariant($"train.epochs: more than {int.MaxValue} steps"));
        return (length, true);
    }

    /// <summary>Number of whole batches that go through a data set a number of times.</summary>
    public static double StepsOf(double epochs, double samples, double batch) => Math.Ceiling(epochs * samples / batch);

    /// <summary>
    /// <c>train.checkpoints</c>: a number, in geometric progression, or <c>{ linspace: count }</c> or <c>{ logspace: count }</c>.
    /// </summary>
    /// <exception cref="SpecException">It is none of them.</exception>
    public static (int Count, CheckpointSpacing Spacing) ReadCheckpoints(SpecSection train)
    {
        const string Path = "train.checkpoints";
        if (train.Find("checkpoints") is not SpecMap map)
            return (train.Whole("checkpoints", 0), CheckpointSpacing.Logarithmic);
        var section = new SpecSection(map, Path, ["linspace", "logspace"]);
        if (map.Entries.Count != 1)
            throw new SpecException(map.Line, $"{Path}: expected one of linspace and logspace, found {map.Entries.Count} keys");
        return (
            section.Whole(map.Entries[0].Key, 0),
            map.Entries[0].Key == "linspace" ? CheckpointSpacing.Even : CheckpointSpacing.Logarithmic
        );
    }

    /// <summary><c>train.start</c>: null for random.</summary>
    /// <exception cref="SpecException">It is malformed, or does not fit the models.</exception>
    public static StartRule? ReadStart(SpecSection train, Axis features, Axis hidden, bool network)
    {
        const string Path = "train.start";
        switch (train.Find("start"))
        {
            case null or SpecScalar { Text: "random", Quoted: false }:
                return null;
            case SpecMap map when network:
                throw new SpecException(
                    map.Line,
                    $"{Path}: given weights are for a component; a model with layers or a head starts at random"
                );
            case SpecMap map:
                if (features.Count > 1 || hidden.Count > 1)
                    throw new SpecException(map.Line, $"{Path}: expected one number of features and of hidden dimensions, found an axis");
                var section = new SpecSection(map, Path, ["weights", "bias", "noise"]);
                int n = (int)features.Values[0],
                    m = (int)hidden.Values[0];
                string path = section.PathOf("weights");
                SpecNode node = section.Require("weights");
                if (node is not SpecList { Items: var rows } || rows.Count != m)
                    throw new SpecException(
                        node.Line,
                        $"{path}: expected {Rows(m)} of {n} numbers, a row a hidden dimension, found "
                            + $"{(node is SpecList list ? Rows(list.Items.Count) : node.Found)}"
                    );
                return new StartRule(
                    [.. rows.Select(row => Numbers(row, path, n))],
                    section.Find("bias") is { } bias ? Numbers(bias, section.PathOf("bias"), n) : null,
                    section.Axis("noise", NumberKind.NotNegative, 0)
                );
            case { } other:
                throw new SpecException(
                    other.Line,
                    $"{Path}: expected random, or {{ weights: [[…], …], bias: […], noise: σ }}, found {other.Found}"
                );
        }
    }

    private static string Rows(int count) => FormattableString.Invariant($"{count} row{(count == 1 ? "" : "s")}");

    private static double[] Numbers(SpecNode node, string path, int count)
    {
        if (node is not SpecList { Items: var items })
            throw new SpecException(node.Line, $"{path}: expected a list of {count} numbers, found {node.Found}");
        if (items.Count != count)
            throw new SpecException(
                node.Line,
                FormattableString.Invariant($"{path}: expected {count} numbers, one per feature, found {items.Count}")
            );
        return [.. items.Select(item => AxisReader.Number(item, path, NumberKind.Single))];
    }
}

/// <summary>Given parameters from which every run of a sweep starts.</summary>
/// <param name="Weights">m rows of n numbers.</param>
/// <param name="Bias">Length n; null for zeros.</param>
/// <param name="Noise">Standard deviation of the noise on every weight and bias; may be an axis.</param>
public sealed record StartRule(IReadOnlyList<IReadOnlyList<double>> Weights, IReadOnlyList<double>? Bias, Axis Noise)
{
    /// <summary>The start for one value of the noise.</summary>
    /// <param name="noise">One value of the axis.</param>
    public TrainingStart At(double noise) => new([.. Weights.SelectMany(row => row)], Bias, noise);

    /// <summary>The rule as YAML.</summary>
    public string ToYaml() =>
        $"{{ weights: [{string.Join(", ", Weights.Select(Numbers))}], {(Bias is null ? "" : $"bias: {Numbers(Bias)}, ")}noise: "
        + $"{Noise.ToYaml()} }}";

    private static string Numbers(IReadOnlyList<double> values) => $"[{string.Join(", ", values.Select(Axis.Number))}]";
}
