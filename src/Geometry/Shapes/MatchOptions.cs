using System.Collections.Concurrent;
using Geometry.Decisions;
using MathNet.Numerics.Distributions;

namespace Geometry.Shapes;

/// <summary>When a shape is accepted.</summary>
/// <remarks>
/// A match is accepted when p·e ≤ <see cref="Alpha"/>, e being the number of entries of that (dim, count), and the residual is below
/// <see cref="Cap"/>. A diplo-simplex or a line frame must pass the same test against random lines whose ends are opposite already, since
/// antipodes alone are common. By the union bound random directions then get a name with probability at most Alpha, whatever their number.
/// Alpha = 0.008 is the smallest round value that keeps true triangles, the shape most easily mistaken: with noise σ = 0.04 a coordinate on
/// vectors of norm 0.85, that is 2.70° a direction, the squared residual is σ²χ²₂ and 99.86 % of them pass (residual ≤ 9.76°, where p =
/// 0.008), while 0.8 % of random triples do. For four and more vertices p falls so fast with the residual (ten degrees from a square
/// antiprism: p below 1e-6) that it stops nothing short of a random heap, so the cap decides.
/// </remarks>
public sealed record MatchOptions
{
    // √(2χ²_q(share)/q): asked for at every match, and expensive.
    private static readonly ConcurrentDictionary<(int Codimension, double Share), double> Quantiles = new();

    /// <summary>The defaults, with the built-in catalogue.</summary>
    public static MatchOptions Default { get; } = new();

    /// <summary>Largest probability, in (0, 1], that random directions get the name.</summary>
    public double Alpha
    {
        get => Constants.Alpha;
        init => Constants = Constants with { Alpha = value };
    }

    /// <summary>Largest residual of an accepted match, degrees, > 0; up to 12 the search behind it is thorough.</summary>
    public double MaxResidualDegrees
    {
        get => Constants.MostResidualDegrees;
        init => Constants = Constants with { MostResidualDegrees = value };
    }

    /// <summary>The noise a direction may have, degrees per tangent coordinate: 4° is σ = 0.06 on a vector of norm 0.85.</summary>
    public double NoiseDegrees
    {
        get => Constants.NoiseDegrees;
        init => Constants = Constants with { NoiseDegrees = value };
    }

    /// <summary>Where the defaults stand, and the numbers behind the search.</summary>
    internal DecisionConstants Constants { get; init; } = DecisionConstants.Default;

    /// <summary>The shapes to compare with.</summary>
    public ShapeCatalogue Catalogue { get; init; } = ShapeCatalogue.Default;

    /// <summary>
    /// Largest residual that noise explains: r² is about 2s²·χ²_q/q for a shape with q normal dimensions and noise s, so the cap is
    /// s·√(2χ²_q(0.999)/q), at most <see cref="MaxResidualDegrees"/>: 10° for polygons to the octagon, 9.4° for a square antiprism, 6.3°
    /// for the 600-cell. What is further away is another configuration of as many vectors, however small its p-value.
    /// </summary>
    /// <param name="codimension">q ≥ 1.</param>
    public double Cap(int codimension)
    {
        double quantile = Quantiles.GetOrAdd((codimension, 1 - Constants.CapRisk), static key =>
            Math.Sqrt(2 * ChiSquared.InvCDF(key.Codimension, key.Share) / key.Codimension)
        );
        return Math.Min(MaxResidualDegrees, NoiseDegrees * quantile);
    }
}
