using System.Numerics;

namespace Geometry.Measures.Arrangements;

/// <summary>The number of regions into which hyperplanes divide their space.</summary>
/// <param name="Regions">Regions, (−1)^m χ(−1) with the characteristic polynomial χ of the arrangement.</param>
/// <param name="Bounded">Regions that are bounded in the space that the normals span, |χ(1)|.</param>
public readonly record struct RegionCount(BigInteger Regions, BigInteger Bounded)
{
    /// <summary>
    /// The count without any hyperplane: the whole space, which counts as bounded because the span of no normals is a point.
    /// </summary>
    public static RegionCount Whole => new(1, 1);

    /// <summary>The count of the product of two arrangements: characteristic polynomials multiply.</summary>
    public static RegionCount operator *(RegionCount a, RegionCount b) => Multiply(a, b);

    /// <summary>The count of the product of two arrangements: characteristic polynomials multiply.</summary>
    public static RegionCount Multiply(RegionCount a, RegionCount b) => new(a.Regions * b.Regions, a.Bounded * b.Bounded);

    /// <summary>
    /// The counts in general position: Σ_{i≤m} C(n,i) regions, C(n−1,m) of them bounded. No arrangement of n hyperplanes in R^m has more.
    /// </summary>
    /// <param name="hyperplanes">n ≥ 0.</param>
    /// <param name="dimension">m ≥ 0.</param>
    public static RegionCount Generic(int hyperplanes, int dimension)
    {
        BigInteger term = 1,
            sum = 1;
        for (int i = 1; i <= Math.Min(hyperplanes, dimension); i++)
        {
            term = term * (hyperplanes - i + 1) / i;
            sum += term;
        }
        BigInteger bounded =
            hyperplanes > dimension ? 1
            : hyperplanes == 0 && dimension == 0 ? 1
            : 0;
        for (int i = 1; i <= dimension && !bounded.IsZero; i++)
            bounded = bounded * (hyperplanes - i) / i;
        return new RegionCount(sum, bounded);
    }

    /// <summary>Regions of n hyperplanes through one point in general position, 2·Σ_{i&lt;m} C(n−1,i).</summary>
    /// <param name="hyperplanes">n ≥ 0.</param>
    /// <param name="dimension">m ≥ 1.</param>
    public static BigInteger GenericCentral(int hyperplanes, int dimension) =>
        hyperplanes == 0 ? 1 : 2 * Generic(hyperplanes - 1, dimension - 1).Regions;
}
