using System.Globalization;

namespace Geometry.Training.Sweeps;

/// <summary>The i-th of N equal parts of a sweep, i from 1: the runs whose index is i − 1 modulo N.</summary>
/// <remarks>
/// Runs are dealt one by one and not cut into blocks: dense runs cost more than sparse ones and neighbours cost alike, so all parts cost
/// about the same.
/// </remarks>
/// <param name="Index">i, 1 … Count.</param>
/// <param name="Count">N, ≥ 1.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>The whole sweep: 1/1.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads <c>i/N</c>; null for any other text, and unless 1 ≤ i ≤ N.</summary>
    public static Shard? TryParse(string text)
    {
        string[] parts = text.Split('/');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index >= 1
            && index <= count
            ? new Shard(index, count)
            : null;
    }

    /// <summary>Whether a run belongs to this part.</summary>
    public bool Holds(int run) => run % Count == Index - 1;

    /// <summary><c>i/N</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
