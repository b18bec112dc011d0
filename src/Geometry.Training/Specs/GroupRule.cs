namespace Geometry.Training.Specs;

/// <summary>Which features are active together, or never together.</summary>
/// <param name="Kind">How the members of a group depend on each other.</param>
/// <param name="Size">Features 0 … k−1 are the first group, k … 2k−1 the second, and so on; may be an axis. Null for none and for listed
/// groups.</param>
/// <param name="Listed">The groups as lists of features; other features are independent. Null for none and for groups of even size.</param>
public sealed record GroupRule(GroupKind Kind, Axis? Size, IReadOnlyList<IReadOnlyList<int>>? Listed)
{
    /// <summary>No groups.</summary>
    public static GroupRule None { get; } = new(GroupKind.None, null, null);

    /// <summary><c>correlated</c> or <c>anticorrelated</c>: the key in the spec and the name of the parameter.</summary>
    public string Name => Kind == GroupKind.Correlated ? "correlated" : "anticorrelated";

    /// <summary>The groups of n features.</summary>
    /// <param name="size">k, a divisor of n; ignored without groups and for listed ones.</param>
    /// <param name="features">n.</param>
    public FeatureGroups Groups(int size, int features)
    {
        if (Kind == GroupKind.None)
            return FeatureGroups.None;
        if (Listed is not null)
            return new FeatureGroups(Kind, Listed);
        return new FeatureGroups(Kind, [.. Enumerable.Range(0, features / size).Select(g => Enumerable.Range(g * size, size).ToArray())]);
    }
}
