using System.Globalization;
using Geometry.Words;

namespace Geometry.Training.Specs;

/// <summary>Reads an axis from a number, a list, <c>{ linspace: … }</c> or <c>{ logspace: … }</c>.</summary>
internal static class AxisReader
{
    private const string LinSpace = "linspace";
    private const string LogSpace = "logspace";

    /// <summary>Whether a node has one of the two forms that only an axis has.</summary>
    public static bool IsSpaced(SpecNode node) => node is SpecMap map && map.Entries.Any(e => e.Key is LinSpace or LogSpace);

    /// <exception cref="SpecException">The node is none of these, is empty, repeats a value, or has a value that is not
    /// allowed.</exception>
    public static Axis Read(SpecNode node, string path, NumberKind kind)
    {
        Axis axis = node switch
        {
            SpecScalar => Axis.Of(Number(node, path, kind)),
            SpecList { Items.Count: 0 } => throw new SpecException(node.Line, $"{path}: an empty axis; expected at least one value"),
            SpecList list => Axis.List(list.Items.Select(item => Number(item, path, kind))),
            SpecMap map => Spaced(map, path, kind),
            _ => throw Unexpected(node, path, kind),
        };
        var seen = new HashSet<double>();
        foreach (double value in axis.Values)
        {
            if (!kind.Fits(value))
                throw new SpecException(node.Line, $"{path}: expected {kind.Expected}, but the axis has the value {Axis.Number(value)}");
            if (!seen.Add(value))
                throw new SpecException(node.Line, $"{path}: the axis has the value {Axis.Number(value)} twice");
        }
        return axis;
    }

    /// <exception cref="SpecException">The node is not a number of that kind.</exception>
    public static double Number(SpecNode node, string path, NumberKind kind)
    {
        if (
            node is SpecScalar { Quoted: false } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            && kind.Fits(value)
        )
            return value + 0.0;
        throw Unexpected(node, path, kind);
    }

    private static Axis Spaced(SpecMap map, string path, NumberKind kind)
    {
        if (map.Entries.Count != 1)
            throw new SpecException(map.Line, $"{path}: expected one of {LinSpace} and {LogSpace}, found {map.Entries.Count} keys");
        SpecEntry entry = map.Entries[0];
        if (entry.Key is not (LinSpace or LogSpace))
            throw new SpecException(
                entry.Line,
                $"unknown key '{entry.Key}' in {path}; did you mean '{NearestName.Of(entry.Key, [LinSpace, LogSpace])}'?"
            );
        string inner = $"{path}.{entry.Key}";
        if (entry.Value is not SpecList { Items: [var from, var to, var count] })
            throw new SpecException(
                entry.Value.Line,
                $"{inner}: expected [from, to, count], found "
                    + $"{(entry.Value is SpecList list ? FormattableString.Invariant($"a list of {list.Items.Count}") : entry.Value.Found)}"
            );
        NumberKind end = entry.Key == LogSpace ? NumberKind.Positive : NumberKind.Any;
        double first = Number(from, inner, end),
            last = Number(to, inner, end),
            number = Number(count, inner, NumberKind.Count);
        if (number > SweepGrid.MostRuns)
            throw new SpecException(
                count.Line,
                FormattableString.Invariant($"{inner}: {number} values; a sweep has at most {SweepGrid.MostRuns} runs")
            );
        return entry.Key == LogSpace ? Axis.LogSpace(first, last, (int)number) : Axis.LinSpace(first, last, (int)number);
    }

    private static SpecException Unexpected(SpecNode node, string path, NumberKind kind) =>
        new(node.Line, $"{path}: expected {kind.Expected} (or a list, linspace or logspace of such), found {node.Found}");
}

/// <summary>Which numbers a key of a spec allows.</summary>
/// <param name="Expected">A description of them, for messages.</param>
/// <param name="Fits">Whether a finite number is allowed.</param>
internal sealed record NumberKind(string Expected, Func<double, bool> Fits)
{
    public static NumberKind Count { get; } = new("a whole number, 1 or more", v => IsWhole(v) && v >= 1);

    public static NumberKind CountOrZero { get; } = new("a whole number, 0 or more", v => IsWhole(v) && v >= 0);

    public static NumberKind Batch { get; } = new($"a whole number from 1 to {1 << 24}", v => IsWhole(v) && v is >= 1 and <= 1 << 24);

    public static NumberKind Seed { get; } = new("a whole number", IsWhole);

    public static NumberKind Positive { get; } = new("a number above 0", v => v > 0);

    public static NumberKind NotNegative { get; } = new("a number, 0 or more", v => v >= 0);

    public static NumberKind Density { get; } = new("a number above 0, at most 1", v => v is > 0 and <= 1);

    public static NumberKind Sparsity { get; } = new("a number from 0 to below 1", v => v is >= 0 and < 1);

    public static NumberKind Momentum { get; } = new("a number from 0 to below 1", v => v is >= 0 and < 1);

    public static NumberKind Single { get; } = new("a number within float32", v => Math.Abs(v) <= float.MaxValue);

    public static NumberKind Any { get; } = new("a number", _ => true);

    private static bool IsWhole(double value) => Math.Abs(value) <= int.MaxValue && value == Math.Floor(value);
}
