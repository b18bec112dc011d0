using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Geometry.Training.Specs;

/// <summary>Writes a spec with every default, keys in the order of the schema.</summary>
internal static partial class SweepSpecWriter
{
    public static string Write(SweepSpec spec)
    {
        var text = new StringBuilder();
        Line($"name: {Name(spec.Name)}");
        if (spec.Pairs is { } task)
        {
            Line($"task: {task.Name}");
            IEnumerable<string>? pairs = task.Pairs?.Select(p => FormattableString.Invariant($"[{p.First}, {p.Second}]"));
            Line($"pairs: {(pairs is null ? "all" : $"[{string.Join(", ", pairs)}]")}");
        }
        Line("model:");
        Line($"  features: {spec.Features.ToYaml()}");
        if (spec.Layers.Count == 0)
        {
            Line($"  hidden: {spec.Hidden.ToYaml()}");
            Line($"  activation: {Lower(spec.Activation)}");
        }
        else if (spec.Pairs is { } pairs)
        {
            Line($"  layers: [{string.Join(", ", spec.Layers.Skip(pairs.Superposition > 0 ? 1 : 0))}]");
            Line($"  activation: {Lower(spec.Activation)}");
            Line($"  first_layer: {(pairs.FirstLayer == LayerStart.Xavier ? "trained" : Lower(pairs.FirstLayer))}");
            Line(FormattableString.Invariant($"  superposition: {pairs.Superposition}"));
        }
        else
        {
            Line($"  layers: [{string.Join(", ", spec.Layers)}]");
            Line($"  activations: [{string.Join(", ", spec.Activations.Select(Lower))}]");
        }
        if (spec.Activation == Activation.Swish || spec.Activations.Contains(Activation.Swish))
            Line($"  gamma: {spec.Gamma.ToYaml()}");
        Line($"  tied: {Lower(spec.Tied)}");
        Line($"  bias: {Lower(spec.Bias)}");
        if (spec.Head is { } head)
            Line($"  head: {head.ToYaml()}");
        Line("data:");
        Line(
            $"  {spec.Density.Name}: "
                + $"{(spec.Density.Uniform is { } one ? one.ToYaml() : $"{{ per_feature: {Numbers(spec.Density.PerFeature!)} }}")}"
        );
        if (spec.Pairs is null)
        {
            Line($"  importance: {Importance(spec.Importance)}");
            Line($"  groups: {Groups(spec.Groups)}");
        }
        else
        {
            Line($"  normalise: {Lower(spec.Pairs.Normalise)}");
        }
        if (spec.Samples.Values[0] > 0)
            Line($"  samples: {spec.Samples.ToYaml()}");
        Line("train:");
        Line($"  optimizer: {Lower(spec.Optimizer)}");
        Line($"  learning_rate: {spec.LearningRate.ToYaml()}");
        Line($"  weight_decay: {spec.WeightDecay.ToYaml()}");
        if (spec.Optimizer == OptimizerKind.Sgd)
            Line($"  momentum: {spec.Momentum.ToYaml()}");
        Line($"  schedule: {Lower(spec.Schedule)}");
        if (spec.Start is { } start)
            Line($"  start: {start.ToYaml()}");
        Line($"  batch: {spec.Batch.ToYaml()}");
        Line($"  {(spec.InEpochs ? "epochs" : "steps")}: {spec.Steps.ToYaml()}");
        Line(
            FormattableString.Invariant(
                $"  checkpoints: {(spec.Spacing == CheckpointSpacing.Even ? $"{{ linspace: {spec.Checkpoints} }}" : spec.Checkpoints)}"
            )
        );
        if (spec.Pairs is { } loss)
            Line($"  loss: {{ power: {loss.Power.ToString(CultureInfo.InvariantCulture)}, ones: {Axis.Number(loss.Ones)} }}");
        Line($"seeds: {Seeds(spec.Seeds)}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Importance(ImportanceRule rule) =>
        rule.Form switch
        {
            ImportanceForm.PerFeature => Numbers(rule.Listed!),
            ImportanceForm.Decay => $"{{ decay: {rule.Value!.ToYaml()} }}",
            ImportanceForm.Last => $"{{ last: {rule.Value!.ToYaml()} }}",
            // A list would be one number per feature, so an axis of one value is written as a linspace of one.
            _ when rule.Value!.Form == AxisForm.List =>
                $"{{ linspace: [{Axis.Number(rule.Value.Values[0])}, {Axis.Number(rule.Value.Values[0])}, 1] }}",
            _ => rule.Value!.ToYaml(),
        };

    private static string Groups(GroupRule rule)
    {
        if (rule.Kind == GroupKind.None)
            return "none";
        string value = rule.Size is { } size
            ? size.ToYaml()
            : $"[{string.Join(", ", rule.Listed!.Select(g => Numbers([.. g.Select(f => (double)f)])))}]";
        return $"{{ {rule.Name}: {value} }}";
    }

    private static string Seeds(Axis seeds) =>
        seeds.Values.Index().All(s => s.Item == s.Index) ? seeds.Count.ToString(CultureInfo.InvariantCulture) : seeds.ToYaml();

    private static string Numbers(IReadOnlyList<double> values) => $"[{string.Join(", ", values.Select(Axis.Number))}]";

    private static string Lower<T>(T value)
        where T : struct => value.ToString()!.ToLowerInvariant();

    private static string Name(string name) =>
        PlainName().IsMatch(name)
            ? name
            : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]*$")]
    private static partial Regex PlainName();
}
