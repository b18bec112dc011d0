using System.Numerics;

namespace Geometry.Measures.Arrangements;

/// <summary>The number of regions of an arrangement.</summary>
/// <param name="Regions">The number, or a lower bound.</param>
/// <param name="Bounded">The number of bounded regions; null where <paramref name="Regions"/> is a lower bound.</param>
internal readonly record struct FoundRegions(BigInteger Regions, BigInteger? Bounded)
{
    /// <summary>Whether some component was too large to count, so that <see cref="Regions"/> is a lower bound.</summary>
    public bool IsLowerBound => Bounded is null;
}

/// <summary>
/// Counts the regions of arrangements of any size as a product over components. Components that are too large for an exact count contribute
/// a lower bound.
/// </summary>
internal static class ArrangementRegions
{
    /// <summary>A component is counted exactly up to this number of regions in general position, which takes a few seconds.</summary>
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

    /// <summary>Whether an exact count would take too long, judged by the number of regions in general position.</summary>
    public static bool IsTooLarge(Hyperplanes arrangement) =>
        RegionCount.Generic(arrangement.Count, arrangement.Dimension).Regions > MostRegions;
}
