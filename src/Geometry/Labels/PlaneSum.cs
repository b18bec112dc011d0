namespace Geometry.Labels;

/// <summary>A plane that splits the span orthogonally.</summary>
/// <param name="Features">Indices into the learned columns, ascending; more than <paramref name="Dim"/>.</param>
/// <param name="Dim">Its dimension, the k of the vote that found it.</param>
internal sealed record PlaneProposal(int[] Features, int Dim)
{
    /// <summary>σ per coordinate of a unit column by the plane's own spread: its features out of it, the others into it.</summary>
    public double Noise { get; init; } = double.NaN;

    /// <summary>ε, the chordal distance at which the votes for it were clustered.</summary>
    public double Tolerance { get; init; }
}

/// <summary>What the planes alone say about a run: irreducible planes, disjoint, each orthogonal to all other features.</summary>
/// <param name="Planes">The planes in order of discovery: smaller ε first, then smaller dimension.</param>
/// <param name="Noise">σ per coordinate of a unit column, root mean square over the planes by the constraints that each meets; NaN without
/// planes.</param>
/// <param name="Tolerance">ε up to which the ladder was climbed for what was kept: the largest of the planes', the one at which every
/// feature was explained, or, without planes, the last.</param>
/// <param name="Route">What voted, as <see cref="RouteAgreement.Route"/> says it.</param>
/// <param name="Incomplete">Dimensions whose subsets were sampled or left out: there, a plane that was not found is no evidence.</param>
internal sealed record PlaneSum(
    IReadOnlyList<PlaneProposal> Planes,
    double Noise,
    double Tolerance,
    string Route,
    IReadOnlyList<int> Incomplete
);
