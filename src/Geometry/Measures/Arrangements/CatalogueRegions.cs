using System.Collections.Concurrent;
using System.Numerics;
using Geometry.Atlas;
using Geometry.Shapes;

namespace Geometry.Measures.Arrangements;

/// <summary>
/// Regions of the ideal shapes with equal thresholds: the number that a run would have if its summands were exactly the shapes of its
/// label.
/// </summary>
/// <remarks>A shape with a free parameter is taken at its typical value. Results are kept by name.</remarks>
internal static class CatalogueRegions
{
    /// <summary>Relative error of the coordinates: forms of the atlas are stored with seven digits.</summary>
    private const double Tolerance = 1e-6;

    private static readonly ConcurrentDictionary<string, RegionCount?> s_known = new(StringComparer.Ordinal);

    /// <summary>The regions of the product of these shapes; null where one of them has no name or too many vertices.</summary>
    public static BigInteger? Of(IEnumerable<MeasuredSummand> summands)
    {
        BigInteger product = 1;
        foreach (MeasuredSummand summand in summands)
        {
            if (Of(summand.Shape) is not { } count)
                return null;
            product *= count.Regions;
        }
        return product;
    }

    /// <summary>The regions of a shape; null where the name is not in the catalogue or the atlas, or it has too many vertices.</summary>
    public static RegionCount? Of(string shape) => s_known.GetOrAdd(shape, static name => Count(name));

    private static RegionCount? Count(string name)
    {
        // A dedicated feature has one wall on its own line: two regions, none of them bounded.
        if (name == "dedicated")
            return new RegionCount(2, 0);
        if (!FormAtlas.BuiltInCatalogue.TryFind(name, out Shape? shape))
            return null;
        var arrangement = Hyperplanes.Of(shape.Vertices(), [.. Enumerable.Repeat(-1.0, shape.Count)], shape.Dim, Tolerance);
        return ArrangementRegions.IsTooLarge(arrangement) ? null : RegionCounter.Of(arrangement);
    }
}
