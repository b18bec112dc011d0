using System.Globalization;

namespace Geometry.Theory;

/// <summary>Distinct numbers with their multiplicities, as a cell of a table: <c>1.17046×5 0×1</c>.</summary>
public static class Multiplicities
{
    /// <summary>The text, in which each run of equal numbers is represented by its mean.</summary>
    /// <param name="sorted">The numbers, ascending or descending.</param>
    /// <param name="same">Largest difference of neighbours that count as equal.</param>
    /// <param name="digits">Digits after the decimal point, at most 15.</param>
    public static string Text(IReadOnlyList<double> sorted, double same, int digits)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        var runs = new List<string>();
        for (int start = 0, end; start < sorted.Count; start = end)
        {
            for (end = start + 1; end < sorted.Count && Math.Abs(sorted[end] - sorted[end - 1]) <= same; )
                end++;
            double mean = Math.Round(sorted.Skip(start).Take(end - start).Average(), digits) + 0.0;
            runs.Add(string.Create(CultureInfo.InvariantCulture, $"{(decimal)mean:0.###############}×{end - start}"));
        }
        return string.Join(' ', runs);
    }
}
