namespace Geometry.Shapes;

/// <summary>When a shape is accepted.</summary>
/// <remarks>
/// A match is accepted when p·e ≤ <see cref="Alpha"/>, e being the number of entries of that (dim, count), and residual ≤ <see cref="MaxResidualDegrees"/>.
/// By the union bound random directions then get a name with probability at most Alpha, whatever their number. Alpha = 0.008 is the smallest round
/// value that keeps true triangles, the shape most easily mistaken: with noise σ = 0.04 a coordinate on vectors of norm 0.85, that is 2.70° a direction,
/// the squared residual is σ²χ²₂ and 99.86 % of them pass (residual ≤ 9.76°, where p = 0.008), while 0.80 % of random triples do (both measured on 10⁶).
/// Other sizes, measured: 0.06 % of random quintuples in R², 0.02 % of quadruples in R³, none of 20 000 octuples in R³. For four and more vertices p falls so
/// fast with the residual (ten degrees from a square antiprism: p below 1e-5) that it stops nothing short of a random heap, so the cap of 10° decides: it is
/// twice the RMS difference that σ = 0.06 a coordinate causes in unit vectors (√2·3.44° = 4.9°).
/// </remarks>
public sealed record MatchOptions
{
    /// <summary>The defaults, with the built-in catalogue.</summary>
    public static MatchOptions Default { get; } = new();

    /// <summary>Largest probability, in (0, 1], that random directions get the name.</summary>
    public double Alpha { get; init; } = 0.008;

    /// <summary>Largest residual of an accepted match, degrees, > 0; up to 12 the search behind it is thorough.</summary>
    public double MaxResidualDegrees { get; init; } = 10;

    /// <summary>The shapes to compare with.</summary>
    public ShapeCatalogue Catalogue { get; init; } = ShapeCatalogue.Default;
}
