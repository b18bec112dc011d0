using System.Globalization;
using Geometry.Decisions;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>
/// Finds summands by the Hough transform: planes that subsets of features vote for, that are irreducible, and that split the span
/// orthogonally. Nothing is taken from the Gram blocks.
/// </summary>
/// <remarks>
/// A plane of dimension ≤ K that holds more features than its dimension, is irreducible, and has all other learned features in its
/// orthogonal complement is a summand. The tolerance ε of the votes is not given. It climbs a ladder from the floor of the noise to where
/// shapes of one dimension more would pass, and each plane is kept at the first rung that is consistent with the noise of its own votes
/// (<see cref="SplittingPlanes"/>). Whatever contains a plane that splits off is the direct sum of that plane and the rest, and so
/// reducible. A plane that is kept therefore takes its features out of the further search, and exact summands need not wait for noisy ones.
/// Not every subset has to vote, see <see cref="PlaneCandidates"/>. The climb ends when every feature lies in a plane or is orthogonal to
/// all others. R^m itself has no complement to split from, and no spread to judge it by: it is what is left where no plane is found.
/// </remarks>
internal static class PlaneRoute
{
    /// <summary>What <see cref="RouteAgreement.Route"/> says when no subset had to vote.</summary>
    internal const string BlocksAlone = "blocks";

    /// <summary>
    /// Finds the planes. Deterministic; O(n²) per rung of the ladder beside the votes, and no vote where no feature can lie in a splitting
    /// plane of dimension ≤ K.
    /// </summary>
    public static PlaneSum Find(LearnedColumns columns, LabelOptions options)
    {
        // R^m itself has no complement to split from.
        int k = Math.Min(options.MaxPlaneDim, Math.Min(columns.Hidden, columns.Count) - 1);
        DecisionConstants constants = options.Constants;
        var search = new SplittingPlanes(columns, constants, options.SampleFeatures);
        var candidates = new PlaneCandidates(columns, constants);
        double epsilon = constants.NoiseFloor,
            reached = epsilon,
            step = Elementary.Pow(2, 1 / constants.PlaneRungs);
        while (k > 0)
        {
            candidates.At(epsilon);
            Climb(candidates, search, k, epsilon, constants.Limits.JoinedFrom);
            if (IsExplained(candidates, search, k, constants.LargestPlaneTolerance))
            {
                reached = epsilon;
                break;
            }
            if (search.Found.Count == 0)
                reached = epsilon;
            if (epsilon >= constants.LargestPlaneTolerance || IsHopeless(candidates, search, k, constants.LargestPlaneTolerance))
                break;
            epsilon = Math.Min(epsilon * step, constants.LargestPlaneTolerance);
        }
        search.KeepLast();

        double squares = 0,
            weights = 0;
        foreach (PlaneProposal plane in search.Found)
        {
            reached = Math.Max(reached, plane.Tolerance);
            if (double.IsNaN(plane.Noise))
                continue;
            double weight =
                ((plane.Features.Length - plane.Dim) * (columns.Hidden - plane.Dim))
                + (plane.Dim * (columns.Count - plane.Features.Length));
            squares += weight * plane.Noise * plane.Noise;
            weights += weight;
        }
        return new PlaneSum(
            search.Found,
            weights > 0 ? Math.Sqrt(squares / weights) : double.NaN,
            reached,
            search.Route(Math.Max(k, 1)),
            search.Incomplete
        );
    }

    /// <summary>
    /// One rung of the ladder. The order in which planes are found does not matter for the result. Single components come first, because
    /// few subsets vote there; then all remaining features together.
    /// </summary>
    private static void Climb(PlaneCandidates candidates, SplittingPlanes search, int k, double epsilon, double joinedFrom)
    {
        for (int dim = 1; dim <= k; dim++)
        {
            foreach (Component component in candidates.Components)
            {
                if (!search.IsTaken(component.Features[0]))
                    search.VoteAlone(component, dim, epsilon);
            }
        }
        // Joint votes start with three dimensions. Features of two components do not share a line: their |cos| is at most t, and features
        // within ε of one line have a larger one, above cos(2·asin 0.42) > t. Nor do they share an irreducible plane of two dimensions: if
        // one component held two lines of the plane, every other vector of it would be within 45° of one of these lines; so each component
        // is a line, and two lines are reducible.
        for (int dim = 3; dim <= k; dim++)
        {
            // Joint votes at smaller tolerances cost more and find the same planes, see WorkLimits.JoinedFrom.
            if (epsilon < joinedFrom / dim)
                continue;
            List<Component> left = candidates.Components.FindAll(c =>
                !search.IsTaken(c.Features[0])
                && c.Fits(dim, epsilon)
                && (c.Features.Length > 1 || candidates.CanVote(c.Features[0], dim, epsilon))
            );
            if (
                left.Count < 2
                || (
                    left.TrueForAll(c => c.Features.Length == 1)
                    && PlaneCandidates.SinglesShareNoPlane(candidates.LargestCosine, epsilon, dim)
                )
            )
                continue;
            foreach (int[] joined in candidates.Groups(left, dim, epsilon))
                search.Vote(joined, dim, epsilon);
        }
    }

    /// <summary>
    /// Whether every feature lies in a plane, or is so nearly orthogonal to all others that no later rung can put it into one.
    /// </summary>
    private static bool IsExplained(PlaneCandidates candidates, SplittingPlanes search, int k, double largest)
    {
        bool singles = false;
        foreach (Component component in candidates.Components)
        {
            if (search.IsTaken(component.Features[0]))
                continue;
            if (component.Features.Length > 1)
                return false;
            singles = true;
        }
        for (int dim = 1; singles && dim <= k; dim++)
        {
            if (!PlaneCandidates.SinglesShareNoPlane(candidates.LargestCosine, largest, dim))
                return false;
        }
        return true;
    }

    /// <summary>Whether the components are final, and none of those that are left can ever fit into a plane.</summary>
    private static bool IsHopeless(PlaneCandidates candidates, SplittingPlanes search, int k, double largest) =>
        candidates.IsFinal
        && candidates.Components.TrueForAll(c => search.IsTaken(c.Features[0]) || (c.Features.Length > k && !c.Fits(k, largest)));

    /// <summary>
    /// One line about the first summand that only the blocks or only the planes found; empty when both agree as far as planes of dimension
    /// ≤ K reach, or where the planes that are no blocks cannot all be summands.
    /// </summary>
    /// <param name="columns">The learned columns.</param>
    /// <param name="blocks">The partition by Gram blocks.</param>
    /// <param name="planes">The planes that were found.</param>
    /// <param name="k">K.</param>
    public static string Difference(LearnedColumns columns, Partition blocks, PlaneSum planes, int k)
    {
        // Planes do not overlap, so that the first feature of a block decides which plane to compare it with.
        List<int[]> unmatched = [.. planes.Planes.Select(p => p.Features)];
        foreach (Block block in blocks.Blocks)
        {
            if (block.Dim > k || block.Dim == columns.Hidden || block.Features.Length <= block.Dim)
                continue;
            int plane = unmatched.FindIndex(p => p[0] == block.Features[0]);
            if (plane >= 0 && unmatched[plane].AsSpan().SequenceEqual(block.Features))
                unmatched.RemoveAt(plane);
            else if (!planes.Incomplete.Contains(block.Dim))
                return $"the Gram blocks see a {block.Dim}-dimensional summand of features {Names(columns, block.Features)}, the "
                    + $"planes do not";
        }
        // Planes that together have more dimensions than the span contradict each other, as the lines of a diplo-simplex do at the last
        // rung; they are no evidence against the blocks.
        if (unmatched.Count == 0 || planes.Planes.Sum(static p => p.Dim) > blocks.Rank)
            return "";
        return $"the planes see a summand of features {Names(columns, unmatched[0])}, the Gram blocks do not";
    }

    private static string Names(LearnedColumns columns, int[] features) =>
        string.Join(' ', features.Select(f => columns.Features[f].ToString(CultureInfo.InvariantCulture)));
}

/// <summary>A plane that splits the span orthogonally.</summary>
/// <param name="Features">Indices into the learned columns, ascending; more than <paramref name="Dim"/>.</param>
/// <param name="Dim">Its dimension, the k of the vote that found it.</param>
internal sealed record PlaneProposal(int[] Features, int Dim)
{
    /// <summary>
    /// σ per coordinate of a unit column: how far the plane's features stick out of it, and other features reach into it.
    /// </summary>
    public double Noise { get; init; } = double.NaN;

    /// <summary>ε, the chordal distance at which its votes were clustered.</summary>
    public double Tolerance { get; init; }
}

/// <summary>What the Hough transform found in a run: irreducible planes, disjoint, each orthogonal to all other features.</summary>
/// <param name="Planes">The planes in order of discovery: smaller ε first, then smaller dimension.</param>
/// <param name="Noise">σ per coordinate of a unit column, the root mean square over the planes weighted by their numbers of constraints;
/// NaN without planes.</param>
/// <param name="Tolerance">The ε up to which the ladder was climbed for the result: the largest ε of the planes, or the one at which every
/// feature was explained, or, without planes, the last one.</param>
/// <param name="Route">How far planes were searched, in the words of <see cref="RouteAgreement.Route"/>.</param>
/// <param name="Incomplete">Dimensions whose subsets were sampled or left out; that no plane was found there is no evidence against
/// one.</param>
internal sealed record PlaneSum(
    IReadOnlyList<PlaneProposal> Planes,
    double Noise,
    double Tolerance,
    string Route,
    IReadOnlyList<int> Incomplete
);
