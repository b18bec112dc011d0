using System.Globalization;
using System.Text;

namespace Geometry.Storage.Sweeps;

/// <summary>Indices of runs as a person writes them: <c>3,5-9</c>.</summary>
public sealed class InstanceSet
{
    private readonly List<(int First, int Last)> _ranges;

    private InstanceSet(List<(int, int)> ranges) => _ranges = ranges;

    /// <summary>Reads indices and ranges, both ends included, with commas between; null when the text is anything else.</summary>
    /// <param name="text">As in <c>0,3,5-9</c>.</param>
    public static InstanceSet? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ranges = new List<(int First, int Last)>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !TryIndex(ends[0], out int first))
                return null;
            int last = first;
            if (ends.Length == 2 && !TryIndex(ends[1], out last))
                return null;
            if (last < first)
                return null;
            ranges.Add((first, last));
        }
        ranges.Sort();
        var merged = new List<(int First, int Last)>();
        foreach ((int first, int last) in ranges)
        {
            if (merged.Count > 0 && first <= (long)merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            else
                merged.Add((first, last));
        }
        return new InstanceSet(merged);
    }

    /// <summary>How many of the indices are below <paramref name="instances"/>.</summary>
    public int CountBelow(int instances)
    {
        long count = 0;
        foreach ((int first, int last) in _ranges)
            count += Math.Max(0, Math.Min(last, instances - 1L) - first + 1);
        return (int)count;
    }

    /// <summary>The index at a position of the ascending order; O(ranges).</summary>
    /// <param name="place">0 … <see cref="CountBelow"/> − 1.</param>
    public int At(int place)
    {
        foreach ((int first, int last) in _ranges)
        {
            long length = (long)last - first + 1;
            if (place < length)
                return first + place;
            place -= (int)length;
        }
        throw new ArgumentOutOfRangeException(nameof(place), place, "there are fewer indices");
    }

    /// <summary>The indices in ascending order, ranges joined: equal sets have equal texts.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((int first, int last) in _ranges)
        {
            if (text.Length > 0)
                text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
        }
        return text.ToString();
    }

    private static bool TryIndex(string text, out int index) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
