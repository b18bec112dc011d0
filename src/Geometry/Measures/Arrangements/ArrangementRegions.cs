using System.Numerics;

namespace Geometry.Measures.Arrangements;

/// <summary>Regions of an arrangement.</summary>
/// <param name="Regions">Their number, or a lower bound.</param>
/// <param name="Bounded">How many are bounded; null where <paramref name="Regions"/> is a lower bound.</param>
internal readonly record struct FoundRegions(BigInteger Regions, BigInteger? Bounded)
{
    /// <summary>Whether some component was too large to count, so that <see cref="Regions"/> is a lower bound.</summary>
    public bool IsLowerBound => Bounded is null;
}

/// <summary>
/// Counts the regions of arrangements of any size: as a product over components, exactly but for components that are too large.
/// </summary>
internal static class ArrangementRegions
{
    /// <summary>A component whose generic count is above this is not enumerated: a few seconds of work.</summary>
    public const int MostRegions = 1 << 21;

    /// <summary>The count.</summary>
    /// <param name="arrangement">The hyperplanes.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static FoundRegions Count(Hyperplanes arrangement, CancellationToken cancellation)
    {
        var product = new FoundRegions(1, 1);
        foreach (Hyperplanes component in Components.Of(arrangement))
        {
            if (IsTooLarge(component))
            {
                product = new FoundRegions(product.Regions * RegionSampler.LowerBound(component, cancellation), null);
                continue;
            }
            RegionCount count = RegionCounter.Of(component, cancellation);
            product = new FoundRegions(product.Regions * count.Regions, product.Bounded * count.Bounded);
        }
        return product;
    }

    /// <summary>Whether an arrangement would take too long to count, told from the count in general position.</summary>
    public static bool IsTooLarge(Hyperplanes arrangement) =>
        RegionCount.Generic(arrangement.Count, arrangement.Dimension).Regions > MostRegions;
}
