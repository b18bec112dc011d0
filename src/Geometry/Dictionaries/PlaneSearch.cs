using Geometry.Clustering;
using Geometry.Configurations;
using Geometry.Numerics;
using Geometry.Shapes;
using MathNet.Numerics;

namespace Geometry.Dictionaries;

/// <summary>
/// Finds every k-plane of a dictionary, k = 1 … K, that holds more features than chance allows. The other features need no structure.
/// </summary>
/// <remarks>
/// <para>
/// Unit columns, with near-copies counted once, are the directions. Their strong pairs come from the Gram matrix, computed in tiles. For
/// each direction, those subsets of it and its neighbours whose plane holds further neighbours vote for that plane. A plane is fitted to
/// the members of each vote, and copies are removed. Each plane gets a p-value under the distribution of the dictionary's own directions
/// (<see cref="PlaneEvidence"/>), and planes with q ≤ the rate are kept; of nested planes each must be improbable given the others
/// (<see cref="TestedPlanes"/>). Finally the matcher names the shape of the directions in each plane.
/// </para>
/// <para>
/// Deterministic; invariant under rotations of R^m up to rounding in single precision. Memory: 16·m·n bytes, the strong pairs, and the
/// planes, but never n². Complexity: n²m/2 multiply-adds for the pairs, n·d²·m/2 for d neighbours per direction, n·m² + O(m³) for the
/// second moment.
/// </para>
/// </remarks>
public static class PlaneSearch
{
    /// <summary>Average number of directions within ε of a plane by chance for which ε is chosen.</summary>
    private const double StraysAllowed = 0.01;

    /// <summary>Smallest eigenvalue of the Gram matrix of a well-spread subset, from which the cutoff of pairs follows.</summary>
    private const double Spread = 0.5;

    /// <summary>
    /// The factor by which a direction may be farther from the plane through a subset than from the plane fitted to all members.
    /// </summary>
    private const double VoteRoom = 1.3;

    /// <summary>Finds the planes.</summary>
    /// <param name="dictionary">W; its columns are the features' directions. At most 2³¹ − 1 entries.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static DictionaryPlanes Find(
        FeatureConfiguration dictionary,
        PlaneSearchOptions options,
        CancellationToken cancellation = default
    ) => Find(UnitDirections.Of(dictionary), options, cancellation);

    /// <summary>Finds the planes of directions that already are in single precision.</summary>
    /// <param name="all">The directions.</param>
    /// <param name="options">Settings.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static DictionaryPlanes Find(UnitDirections all, PlaneSearchOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        int m = all.Dim,
            threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        int maxDim = Math.Min(options.MaxPlaneDim, m - 1);
        if (all.Count < 3 || maxDim < 1)
            return new DictionaryPlanes([], all.Count, m, 0, options.Epsilon, 0, 0, 0, m, []);

        // The tolerance within which chance leaves planes empty.
        SecondMoment moment = SecondMoment.Of(all, threads, cancellation);
        double epsilon = options.Epsilon > 0 ? options.Epsilon : ChosenEpsilon(all.Count, maxDim, moment.EffectiveDimension);
        double wanted = Math.Min(options.DuplicateCosine, Math.Sqrt(Spread * (1 - (epsilon * epsilon)) / maxDim));

        // The strong pairs, and one direction for each family of near-copies.
        var graph = NeighbourGraph.Build(
            new CosineRows(all),
            wanted,
            options.MostNeighbours,
            threads,
            Reporter(options, "pairs"),
            cancellation
        );
        (double cutoff, long pairs) = (graph.Cutoff, graph.Pairs);
        NearCopies copies = NearCopies.Of(graph, all.Count, options.DuplicateCosine);
        UnitDirections directions = copies.Kept.Length < all.Count ? all.Subset(copies.Kept) : all;
        if (copies.Kept.Length < all.Count)
            graph = graph.Subset(copies.Kept);

        // The votes, and the planes fitted to them.
        PlaneCandidate[] candidates = Votes(
            directions,
            graph,
            maxDim,
            Math.Min(0.95, VoteRoom * epsilon),
            threads,
            Reporter(options, "votes"),
            cancellation
        );
        var fitted = new FittedPlane?[candidates.Length];
        Workers.For(
            candidates.Length,
            16,
            threads,
            () => new PlaneFitting(directions, graph, epsilon),
            (i, fitting) =>
            {
                cancellation.ThrowIfCancellationRequested();
                fitted[i] = fitting.Fit(candidates[i]);
            }
        );
        List<FittedPlane> planes = DistinctPlanes.Of(
            fitted.Where(p => p is not null && p.Members.Sum(x => copies.Copies[x].Length) >= options.MinFeatures)!,
            m,
            epsilon
        );

        // The evidence for the planes, alone and given each other.
        Populations chance = Populations.Of(directions, moment, threads, cancellation);
        List<TestedPlane> found = new TestedPlanes(directions, graph, chance, planes, options, threads, cancellation).Significant(
            cancellation
        );
        DictionaryPlane[] described = [.. found.Select(p => Described(p, directions, all, copies))];
        return new DictionaryPlanes(
            described,
            all.Count,
            m,
            all.Count - copies.Kept.Length,
            epsilon,
            cutoff,
            wanted,
            pairs,
            moment.EffectiveDimension,
            [.. Enumerable.Range(1, maxDim).Select(k => planes.Count(p => p.Dim == k))]
        );
    }

    private static Action<double>? Reporter(PlaneSearchOptions options, string what) =>
        options.Progress is { } progress ? share => progress(what, share) : null;

    /// <summary>
    /// The largest ε ≤ <see cref="PlaneSearchOptions.LargestEpsilon"/> within which a random k-plane has on average at most
    /// <see cref="StraysAllowed"/> of n directions with ν effective dimensions.
    /// </summary>
    internal static double ChosenEpsilon(int n, int k, double effective)
    {
        double low = 0.02,
            high = PlaneSearchOptions.LargestEpsilon,
            rest = Math.Max(effective - k, 1);
        double Strays(double epsilon) => n * SpecialFunctions.BetaRegularized(rest / 2, k / 2.0, epsilon * epsilon);
        if (Strays(high) <= StraysAllowed)
            return high;
        for (int step = 0; step < 40; step++)
        {
            double middle = 0.5 * (low + high);
            if (Strays(middle) <= StraysAllowed)
                low = middle;
            else
                high = middle;
        }
        // Rounded to a millionth: the last digits of a library's function must not decide which directions are within it.
        return Math.Round(low, 6);
    }

    /// <summary>The candidates of all hubs, in the order of the hubs, each set of members once.</summary>
    private static PlaneCandidate[] Votes(
        UnitDirections directions,
        NeighbourGraph graph,
        int maxDim,
        double tolerance,
        int threads,
        Action<double>? progress,
        CancellationToken cancellation
    )
    {
        var found = new List<PlaneCandidate>[directions.Count];
        int done = 0;
        Workers.For(
            directions.Count,
            32,
            threads,
            () => new HubSearch(directions, graph, maxDim, tolerance),
            (hub, search) =>
            {
                cancellation.ThrowIfCancellationRequested();
                found[hub] = search.Find(hub);
                int so = Interlocked.Increment(ref done);
                if ((so & 255) == 0)
                    progress?.Invoke((double)so / directions.Count);
            }
        );
        var seen = new HashSet<(int Dim, string Members)>();
        return [.. found.SelectMany(c => c).Where(c => seen.Add((c.Dim, string.Join(' ', c.Members))))];
    }

    private static DictionaryPlane Described(TestedPlane tested, UnitDirections directions, UnitDirections all, NearCopies copies)
    {
        FittedPlane plane = tested.Plane;
        int k = plane.Dim,
            c = plane.Members.Length;
        int[] copiesOf = [.. plane.Members.SelectMany(x => copies.Copies[x])];
        PlaneMember[] members =
        [
            .. plane
                .Members.SelectMany(x => copies.Copies[x].Select(copy => plane.Place(all, copy, all.Features[copies.Kept[x]])))
                .OrderBy(p => p.Feature),
        ];
        ShapeMatch? match = k > 1 ? ShapeMatcher.Match(plane.Coordinates(directions, plane.Members), k, c) : null;
        return new DictionaryPlane
        {
            Dim = k,
            Count = c,
            Features = [.. members.Select(p => p.Feature)],
            Members = members,
            Basis = plane.Basis,
            RmsDegrees = double.RadiansToDegrees(Elementary.Asin(Math.Min(1, plane.Rms))),
            LogP = tested.LogP,
            LogQ = tested.LogQ,
            Shape = match?.Shape ?? ShapeMatch.Irregular(k, c),
            ResidualDegrees = match?.ResidualDegrees ?? double.NaN,
            MeanNorm = copiesOf.Average(x => all.Norms[x]),
            Inside = tested.Inside,
        };
    }
}
