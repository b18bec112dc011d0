namespace Geometry.Labels;

/// <summary>Everything that labelling says about one run.</summary>
public sealed record RunLabel
{
    /// <summary>none, orthogonal, antipodal, a shape's name, tegum-product, or irregular.</summary>
    public required string Label { get; init; }

    /// <summary>
    /// The formula in canonical form, for example <c>triangle + 2 antipode + dedicated</c>; empty when nothing is learned.
    /// </summary>
    public required string Formula { get; init; }

    /// <summary>
    /// The summands in the formula's order (larger dimension first, then larger multiplicity, then name, then first feature).
    /// </summary>
    public required IReadOnlyList<Summand> Summands { get; init; }

    /// <summary>Indices of the learned features, ascending: ‖w_i‖ ≥ min-norm · max_j ‖w_j‖.</summary>
    public required IReadOnlyList<int> Learned { get; init; }

    /// <summary>Rank of the learned columns at the estimated noise level.</summary>
    public required int Rank { get; init; }

    /// <summary>D* = m / ‖W‖_F²; +∞ for W = 0.</summary>
    public required double DimsPerFeature { get; init; }

    /// <summary>‖WWᵀ·m/‖W‖_F² − 1‖_F / √m, 0 for a tight frame; NaN for W = 0.</summary>
    public required double FrameDefect { get; init; }

    /// <summary>
    /// Largest residual over all summands, named or not, each compared with its nearest shape, degrees; NaN when the catalogue has no shape
    /// of the right size for any of them.
    /// </summary>
    public required double MaxResidualDegrees { get; init; }

    /// <summary>The largest cosine of a principal angle between the subspaces of two summands; NaN with fewer than two.</summary>
    public required double OrthogonalityDefect { get; init; }

    /// <summary>‖w_i‖ of every feature, length n.</summary>
    public required IReadOnlyList<double> Norms { get; init; }

    /// <summary>Feature dimensionality D_i = ‖w_i‖² / Σ_j (ŵ_i·w_j)² of every feature, length n; 0 for a zero column.</summary>
    public required IReadOnlyList<double> Dimensionalities { get; init; }

    /// <summary>
    /// Estimated standard deviation of the noise per coordinate of a unit column, dimensionless; NaN when one summand fills R^m and nothing
    /// is left to estimate it from.
    /// </summary>
    public required double NoiseScale { get; init; }

    /// <summary>
    /// Which proposals led to the result: <c>blocks</c> (the Gram blocks; the planes found nothing or something else), <c>planes</c> (some
    /// summand was proposed by the planes alone, or <see cref="SummandRoute.Planes"/> was asked for), <c>both</c> (both proposed these
    /// summands); empty when nothing is learned.
    /// </summary>
    public string DecidedBy { get; init; } = "";

    /// <summary>Whether the Hough planes and the Gram blocks found the same summands, as far as planes of dimension ≤ K reach.</summary>
    public required RouteAgreement Agreement { get; init; }
}

/// <summary>The outcome of comparing the summands of the Hough planes with those of the Gram blocks.</summary>
/// <param name="Agree">True when both give the same summands wherever both can find any.</param>
/// <param name="Note">Empty on agreement; else one line that says which features are split differently.</param>
/// <param name="Route">How far planes were searched. <c>blocks</c>: no subset had to vote, because no feature can lie in a plane of
/// dimension ≤ K that splits the span orthogonally. <c>planes 1-3: N subsets</c>: all subsets of the features that can lie in one have
/// voted, N of them; <c>3 sampled</c> and <c>3 left out</c> name the dimensions that had too many subsets.
/// </param>
public sealed record RouteAgreement(bool Agree, string Note, string Route)
{
    /// <summary>
    /// False where only one of the two was asked for (<see cref="LabelOptions.Route"/>), so that there is nothing to compare.
    /// </summary>
    public bool IsCompared { get; init; } = true;
}
