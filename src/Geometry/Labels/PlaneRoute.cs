using System.Globalization;
using Geometry.Grassmannian;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>
/// The second route to the summands: Hough planes, less every reducible one, that split the span orthogonally.
/// </summary>
/// <remarks>
/// A plane of dimension ≤ K that holds more features than its dimension, is irreducible, and has all other learned features in its
/// orthogonal complement is a summand. Not every subset has to vote for that, see <see cref="PlaneCandidates"/>. Where these planes name other summands than the Gram blocks did, the planes with the
/// Gram blocks of the remaining features are scored as a partition of their own, and the one with more evidence is kept; either way the disagreement is reported.
/// </remarks>
internal static class PlaneRoute
{
    /// <summary>The route when no subset had to vote.</summary>
    internal const string BlocksAlone = "blocks";

}
