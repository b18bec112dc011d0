namespace Geometry.Reports.Phases;

/// <summary>A border between two phases on a line of cells.</summary>
public sealed record Transition
{
    /// <summary>Index of the axis along which it happens.</summary>
    public required int Axis { get; init; }

    /// <summary>Index on every axis of the last cell before it.</summary>
    public required IReadOnlyList<int> Place { get; init; }

    /// <summary>Label of the phase before.</summary>
    public required string From { get; init; }

    /// <summary>Label of the phase after.</summary>
    public required string To { get; init; }

    /// <summary>Index of the value after it, on the axis; the one before is <c>Place[Axis]</c>.</summary>
    public required int Next { get; init; }

    /// <summary>95 % interval of the bootstrap over seeds: the change lies above this value's index …; −1 without repeated runs.</summary>
    public int Low { get; init; } = -1;

    /// <summary>… and below this one's; −1 without repeated runs.</summary>
    public int High { get; init; } = -1;

    /// <summary>Share of the resamples in which the same change occurs on this line, in [0, 1]; NaN without repeated runs.</summary>
    public double Support { get; init; } = double.NaN;
}
