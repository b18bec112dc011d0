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

    /// <summary>The position of each feature, in the order of <see cref="Features"/>.</summary>
    public required PlaneMember[] Members { get; init; }

    /// <summary>Orthonormal basis, k×m row-major: the principal axes of the directions, the longest first.</summary>
    public required double[] Basis { get; init; }

    /// <summary>Root mean square angle between the directions and the plane, degrees.</summary>
    public required double RmsDegrees { get; init; }

    /// <summary>ln of the probability that chance puts that many directions that near to the plane through some k of them.</summary>
    public required double LogP { get; init; }

    /// <summary>ln of the smallest false-discovery rate at which the plane is reported (Benjamini and Hochberg).</summary>
    public required double LogQ { get; init; }

    /// <summary>Name of the shape that its directions have in the plane; irregular(k,count) where it has none.</summary>
    public required string Shape { get; init; }

    /// <summary>RMS difference of pairwise angles from the shape, degrees; NaN without a shape.</summary>
    public required double ResidualDegrees { get; init; }

    /// <summary>Mean norm of its features' columns, in the unit of W.</summary>
    public required double MeanNorm { get; init; }

    /// <summary>Indices in the result of the smaller planes that share with it more directions than their own dimension.</summary>
    public required int[] Inside { get; init; }
}

/// <summary>A feature in a plane.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Direction">The feature with whose direction it is counted: itself, or the feature of which it is a near-copy.</param>
/// <param name="Degrees">Its angle with the plane, in [0, 90].</param>
/// <param name="Coordinates">The projection of its column of W on the plane, in the plane's basis, length k, in the unit of W.</param>
public sealed record PlaneMember(int Feature, int Direction, double Degrees, double[] Coordinates);

/// <summary>The planes of a dictionary, and figures about the search.</summary>
/// <param name="Planes">The planes, sorted by q, then by p, then by features.</param>
/// <param name="Features">n, without features of norm zero.</param>
/// <param name="Dim">m.</param>
/// <param name="Duplicates">Number of features that are near-copies of an earlier one.</param>
/// <param name="Epsilon">ε, the largest distance of a direction from its plane.</param>
/// <param name="Cutoff">Smallest |cosine| of the pairs through which planes were searched.</param>
/// <param name="WantedCutoff">The cutoff with which no plane of spread-out features is missed; where <paramref name="Cutoff"/> is larger,
/// some may be missed.</param>
/// <param name="Pairs">Number of those pairs.</param>
/// <param name="EffectiveDimension">1/Σ λ_i² over the eigenvalues of the second moment: m where no direction is preferred.</param>
/// <param name="Tested">Number of planes whose significance was computed, for each dimension from 1 on.</param>
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
