using System.Numerics;

namespace Geometry.Shapes.Descriptions;

/// <summary>What can be said of a configuration that has no name.</summary>
public sealed record ConfigurationDescription
{
    /// <summary>The distinct angles between directions, ascending, degrees, with the number of unordered pairs at each.</summary>
    public required IReadOnlyList<(double Degrees, int Pairs)> Angles { get; init; }

    /// <summary>Whether every direction has its opposite.</summary>
    public required bool Antipodal { get; init; }

    /// <summary>Whether the directions are a tight frame of their span.</summary>
    public required bool Tight { get; init; }

    /// <summary>Largest t for which the directions are a spherical t-design; 0 for none.</summary>
    public required int DesignStrength { get; init; }

    /// <summary>Order of the group of permutations of the directions that keep every angle; at least 1.</summary>
    public required BigInteger Symmetries { get; init; }

    /// <summary>Number of orbits of directions under that group.</summary>
    public required int Orbits { get; init; }
}
