namespace Geometry.Dictionaries;

/// <summary>A plane of a dictionary that holds more features than chance allows.</summary>
public sealed record DictionaryPlane
{
    /// <summary>k, its dimension.</summary>
    public required int Dim { get; init; }

    /// <summary>Number of distinct directions in it; near-copies of one direction count once.</summary>
    public required int Count { get; init; }

    /// <summary>All features in it, near-copies included, ascending.</summary>
    public required int[] Features { get; init; }

    /// <summary>The same features with where they lie, in the order of <see cref="Features"/>.</summary>
    public required PlaneMember[] Members { get; init; }

    /// <summary>Orthonormal basis, k×m row-major: the principal axes of the directions, the longest first.</summary>
    public required double[] Basis { get; init; }

    /// <summary>Root mean square angle between the directions and the plane, degrees.</summary>
    public required double RmsDegrees { get; init; }

    /// <summary>ln of the probability that chance puts as many directions as near to the plane through some k of them.</summary>
    public required double LogP { get; init; }

    /// <summary>ln of the false-discovery rate at which the plane is reported (Benjamini and Hochberg).</summary>
    public required double LogQ { get; init; }

    /// <summary>Name of the shape that its directions have in the plane; irregular(k,count) where it has none.</summary>
    public required string Shape { get; init; }

    /// <summary>RMS difference of pairwise angles from the shape, degrees; NaN without a shape.</summary>
    public required double ResidualDegrees { get; init; }

    /// <summary>Mean norm of its features' columns, in the unit of W.</summary>
    public required double MeanNorm { get; init; }

    /// <summary>Places, in the result, of smaller planes that share more directions with it than their dimension.</summary>
    public required int[] Inside { get; init; }
}

/// <summary>A feature in a plane.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Direction">The feature whose direction it counts as: itself, or the one that it is a near-copy of.</param>
/// <param name="Degrees">Its angle with the plane, in [0, 90].</param>
/// <param name="Coordinates">The shadow of its column of W in the basis of the plane, length k, in the unit of W.</param>
public sealed record PlaneMember(int Feature, int Direction, double Degrees, double[] Coordinates);

/// <summary>The planes of a dictionary, and what was searched.</summary>
/// <param name="Planes">The planes, by q, then by p, then by their features.</param>
/// <param name="Features">n, features of norm zero left out.</param>
/// <param name="Dim">m.</param>
/// <param name="Duplicates">Features that are near-copies of an earlier one.</param>
/// <param name="Epsilon">ε, the largest distance of a direction from its plane.</param>
/// <param name="Cutoff">Least |cosine| of the pairs through which planes were looked for.</param>
/// <param name="WantedCutoff">The least that the bound asks for; where <paramref name="Cutoff"/> is larger, planes of spread-out features
/// may be missed.</param>
/// <param name="Pairs">Number of those pairs.</param>
/// <param name="EffectiveDimension">1/Σ λ_i² over the eigenvalues of the second moment: m where no direction is preferred.</param>
/// <param name="Tested">Planes whose significance was computed, by dimension from 1 on.</param>
public sealed record DictionaryPlanes(
    IReadOnlyList<DictionaryPlane> Planes,
    int Features,
    int Dim,
    int Duplicates,
    double Epsilon,
    double Cutoff,
    double WantedCutoff,
    long Pairs,
    double EffectiveDimension,
    IReadOnlyList<int> Tested
);
