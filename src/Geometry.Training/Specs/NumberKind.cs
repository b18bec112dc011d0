namespace Geometry.Training.Specs;

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
