using System.Globalization;

namespace Geometry.Training.Specs;

/// <summary><c>model.head</c>: a softmax head on the hidden space.</summary>
/// <param name="Classes"><c>classes</c>, 2 or more.</param>
/// <param name="Target"><c>target</c>: any, xor, majority, or a list.</param>
/// <param name="Listed">The list: the class for 0, 1, 2 … active features; null for the other targets.</param>
/// <param name="Features"><c>features</c> that count; null for all.</param>
/// <param name="Weight"><c>weight</c> of the cross-entropy beside the reconstruction, default 1; may be an axis.</param>
/// <param name="Alone"><c>alone</c>: whether the reconstruction is left out; default false.</param>
public sealed record HeadRule(
    int Classes,
    ClassTarget Target,
    IReadOnlyList<int>? Listed,
    IReadOnlyList<int>? Features,
    Axis Weight,
    bool Alone
)
{
    /// <summary>The head of one model.</summary>
    /// <param name="features">n.</param>
    /// <param name="weight">A value of <see cref="Weight"/>.</param>
    public ClassHead At(int features, double weight) =>
        new(Classes, Target, Features ?? [.. Enumerable.Range(0, features)], weight, Alone, Listed);

    /// <summary>The rule as YAML.</summary>
    public string ToYaml()
    {
        string features = Features is null ? "all" : $"[{string.Join(", ", Features)}]";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{ classes: {Classes}, target: "
                + $"{(Listed is null ? Target.ToString().ToLowerInvariant() : $"[{string.Join(", ", Listed)}]")}, features: "
                + $"{features}, weight: {Weight.ToYaml()}, alone: {(Alone ? "true" : "false")} }}"
        );
    }
}
