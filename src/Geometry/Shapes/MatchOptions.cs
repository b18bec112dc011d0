using Geometry.Decisions;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes;

/// <summary>When a shape is accepted.</summary>
/// <remarks>
/// <para>
/// A match is accepted when p·e ≤ <see cref="Alpha"/>, where e is the number of shapes of that (dim, count), and the residual is at most
/// <see cref="Cap"/>. By the union bound, random directions then get a name with probability at most Alpha, whatever their number. A
/// diplo-simplex or a line frame must also pass the same test against random lines whose ends are opposite already, because antipodes alone
/// are common.
/// </para>
/// <para>
/// Alpha = 0.008 is the smallest round value that keeps true triangles, the shape that chance imitates most easily. With noise σ = 0.04 per
/// coordinate on vectors of norm 0.85, which is 2.70° per direction, the squared residual of a triangle is σ²χ²₂, and 99.86 % of the
/// triangles pass (residual ≤ 9.76°, where p = 0.008), while 0.8 % of random triples do. For four and more vertices p falls so fast with
/// the residual (below 1e-6 at ten degrees from a square antiprism) that it hardly ever refuses a match, and the cap decides.
/// </para>
/// </remarks>
public sealed record MatchOptions
{
    /// <summary>The defaults, with the built-in catalogue.</summary>
    public static MatchOptions Default { get; } = new();

    /// <summary>Largest probability, in (0, 1], that random directions get the name.</summary>
    public double Alpha
    {
        get => Constants.Alpha;
        init => Constants = Constants with { Alpha = value };
    }

    /// <summary>Largest residual of an accepted match, degrees, > 0. The search is thorough up to 12°.</summary>
    public double MaxResidualDegrees
    {
        get => Constants.MostResidualDegrees;
        init => Constants = Constants with { MostResidualDegrees = value };
    }

    /// <summary>
    /// Largest noise of a direction that a match may have, degrees per tangent coordinate: 4° is σ = 0.06 on a vector of norm 0.85.
    /// </summary>
    public double NoiseDegrees
    {
        get => Constants.NoiseDegrees;
        init => Constants = Constants with { NoiseDegrees = value };
    }

    /// <summary>All numbers that decide, those of the search included.</summary>
    internal DecisionConstants Constants { get; init; } = DecisionConstants.Default;

    /// <summary>The shapes to compare with.</summary>
    public ShapeCatalogue Catalogue { get; init; } = ShapeCatalogue.Default;

    /// <summary>
    /// Largest residual that noise explains, degrees. With q normal dimensions and noise s, r² is about 2s²·χ²_q/q, so the cap is
    /// s·√(2χ²_q(0.999)/q), and at most <see cref="MaxResidualDegrees"/>: 10° for polygons up to the octagon, 9.4° for a square antiprism,
    /// 6.3° for the 600-cell. A configuration that is farther away is another one with as many vectors, however small its p-value.
    /// </summary>
    /// <param name="codimension">q, the number of normal dimensions, ≥ 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">q is less than 1.</exception>
    public double Cap(int codimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(codimension, 1);
        double quantile = Math.Sqrt(2 * Quantiles.ChiSquare(codimension, 1 - Constants.CapRisk) / codimension);
        return Math.Min(MaxResidualDegrees, NoiseDegrees * quantile);
    }
}
