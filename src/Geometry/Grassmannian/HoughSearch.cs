namespace Geometry.Grassmannian;

/// <summary>How the k-subsets of one dimension were gone through.</summary>
public enum HoughRoute
{
    /// <summary>All of them; the planes are those of the definition.</summary>
    Enumerated,

    /// <summary>k is the rank: there is one plane only, the span.</summary>
    Span,

    /// <summary>Those of random pools of features; a plane is missed with the probability that <see cref="SamplingPlan"/> states.</summary>
    Sampled,

    /// <summary>None: they are too many, or too many of them lie in planes with further features.</summary>
    LeftOut,
}

/// <summary>What was done about the planes of one dimension.</summary>
/// <param name="Dim">k.</param>
/// <param name="Route">How the subsets were gone through.</param>
/// <param name="Visited">How many subsets were visited; C(n,k) when enumerated.</param>
public sealed record HoughCoverage(int Dim, HoughRoute Route, double Visited);

/// <summary>The outcome of a Hough transform.</summary>
/// <param name="Planes">The planes, by dimension, then by their features in lexicographic order, then by first vote.</param>
/// <param name="Coverage">One entry for each dimension asked for, ascending.</param>
public sealed record HoughSearch(IReadOnlyList<HoughPlane> Planes, IReadOnlyList<HoughCoverage> Coverage);
