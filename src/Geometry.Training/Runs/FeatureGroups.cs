namespace Geometry.Training;

/// <summary>How the activities of features in one group depend on each other.</summary>
public enum GroupKind
{
    /// <summary>No groups: every feature is active independently.</summary>
    None,

    /// <summary>One shared mask per group: all members are active together (with independent values) or all are zero.</summary>
    Correlated,

    /// <summary>With the group's probability exactly one member, drawn uniformly, is active; otherwise the whole group is zero.</summary>
    Anticorrelated,
}

/// <summary>
/// Disjoint groups of features whose activities are tied together; features in no group are independent.
/// Source: Elhage et al. 2022, arXiv 2209.10652, section "Correlated and anticorrelated features".
/// </summary>
public sealed record FeatureGroups
{
    /// <summary>Makes the groups, which must be disjoint and not empty; with the kind none there must be no groups.</summary>
    /// <param name="Kind">How members depend on each other.</param>
    /// <param name="Groups">Lists of feature indices, 0-based.</param>
    /// <exception cref="ArgumentException">A group is empty, an index is negative or named twice, or there are groups of kind
    /// none.</exception>
    public FeatureGroups(GroupKind Kind, IReadOnlyList<IReadOnlyList<int>> Groups)
    {
        ArgumentNullException.ThrowIfNull(Groups);
        if (!Enum.IsDefined(Kind))
            throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "Unknown kind of group.");
        if (Kind == GroupKind.None && Groups.Count > 0)
            throw new ArgumentException("Groups of kind none must be empty.", nameof(Groups));
        var seen = new HashSet<int>();
        foreach (IReadOnlyList<int> group in Groups)
        {
            if (group.Count == 0)
                throw new ArgumentException("A group is empty.", nameof(Groups));
            foreach (int feature in group)
            {
                if (feature < 0)
                    throw new ArgumentException($"Feature {feature} of a group is negative.", nameof(Groups));
                if (!seen.Add(feature))
                    throw new ArgumentException($"Feature {feature} is in two groups.", nameof(Groups));
            }
        }

        this.Kind = Kind;
        this.Groups = [.. Groups.Select(group => (IReadOnlyList<int>)[.. group])];
    }

    /// <summary>No groups at all.</summary>
    public static FeatureGroups None { get; } = new(GroupKind.None, []);

    /// <summary>How members depend on each other.</summary>
    public GroupKind Kind { get; }

    /// <summary>The groups, each a list of feature indices.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; }
}
