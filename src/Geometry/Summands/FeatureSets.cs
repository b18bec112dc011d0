namespace Geometry.Summands;

/// <summary>Sets of features, ascending, and those with a dimension: equal when they hold the same ones.</summary>
internal sealed class FeatureSets : IEqualityComparer<int[]>, IEqualityComparer<(int[] Features, int Dim)>
{
    /// <summary>The comparer.</summary>
    public static FeatureSets Instance { get; } = new();

    private static readonly int[][] s_single = [.. Enumerable.Range(0, 256).Select(static i => new[] { i })];

    /// <summary>The set of one feature.</summary>
    public static int[] Of(int feature) => feature < s_single.Length ? s_single[feature] : [feature];

    /// <inheritdoc/>
    public bool Equals(int[]? a, int[]? b) => ReferenceEquals(a, b) || a.AsSpan().SequenceEqual(b);

    /// <inheritdoc/>
    public int GetHashCode(int[] features)
    {
        int hash = features.Length;
        foreach (int feature in features)
            hash = unchecked((hash * 31) + feature);
        return hash;
    }

    /// <inheritdoc/>
    public bool Equals((int[] Features, int Dim) a, (int[] Features, int Dim) b) => a.Dim == b.Dim && Equals(a.Features, b.Features);

    /// <inheritdoc/>
    public int GetHashCode((int[] Features, int Dim) block) => unchecked((GetHashCode(block.Features) * 31) + block.Dim);
}
