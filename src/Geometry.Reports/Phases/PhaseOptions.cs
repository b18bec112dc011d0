using Geometry.Reports.Theory;

namespace Geometry.Reports.Phases;

/// <summary>How to make a phase diagram.</summary>
public sealed record PhaseOptions
{
    /// <summary>First axis; null: the first swept parameter.</summary>
    public string? X { get; init; }

    /// <summary>Second axis; null: with <see cref="X"/> given, none; else the other swept parameters.</summary>
    public string? Y { get; init; }

    /// <summary>Share of each cell's runs to keep, those of lowest loss, in (0, 1]; the number kept is rounded up. 1 keeps all.</summary>
    public double Best { get; init; } = 1;

    /// <summary>Seed of the bootstrap.</summary>
    public int Seed { get; init; }

    /// <summary>Resamples of the bootstrap, ≥ 1.</summary>
    public int Resamples { get; init; } = 400;

    /// <summary>Expectations of theory to share with the report of the same sweep; null to compute them for this diagram alone.</summary>
    public TheoryMemo? Theory { get; init; }
}
