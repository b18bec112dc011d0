using System.Globalization;
using Geometry.Clustering;
using Geometry.Configurations;
using Geometry.Numerics;
using Geometry.Shapes;
using MathNet.Numerics;

namespace Geometry.Dictionaries;

/// <summary>
/// Every k-plane of a dictionary, k = 1 … K, that holds more features than chance allows, whatever the other features do.
/// </summary>
/// <remarks>
/// <para>directions ← unit columns, near-copies counted once → strong pairs of their Gram matrix, streamed in tiles → for each direction
/// the subsets of it and its neighbours whose plane holds more of them (votes) → the plane fitted to each vote's members → copies merged →
/// p of each under the dictionary's own second moment → planes with q ≤ the rate, from small dimensions to large, a plane that contains a
/// smaller one having to be improbable given that one → the shape that its directions have in it.</para>
/// <para>Deterministic; invariant under rotations of R^m up to rounding in single precision. Memory: 16·m·n bytes, the strong pairs, and
/// the planes; never n². Complexity: n²m/2 multiply-adds for the pairs, n·d²·m/2 for d neighbours a direction, n·m² + O(m³) for the second
/// moment.</para>
/// </remarks>
public static class PlaneSearch
{
    /// <summary>Directions that chance may leave within ε of a plane, on average, when ε is chosen.</summary>
    private const double StraysAllowed = 0.01;

    /// <summary>Least eigenvalue of a well-spread subset's Gram matrix that the cutoff of pairs allows for.</summary>
    private const double Spread = 0.5;

    /// <summary>
    /// How much farther from the plane through a subset than from the plane fitted to all its members a direction may be.
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

    /// <summary>Finds the planes of directions that are in single precision already.</summary>
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

        // Tolerance: as far as chance leaves planes empty.
        SecondMoment moment = SecondMoment.Of(all, threads, cancellation);
        double epsilon = options.Epsilon > 0 ? options.Epsilon : ChosenEpsilon(all.Count, maxDim, moment.EffectiveDimension);
        double wanted = Math.Min(options.DuplicateCosine, Math.Sqrt(Spread * (1 - (epsilon * epsilon)) / maxDim));

        // Strong pairs, and one direction for each family of near-copies.
        var graph = NeighbourGraph.Build(
            new CosineRows(all),
            wanted,
            options.MostNeighbours,
            threads,
            Telling(options, "pairs"),
            cancellation
        );
        (double cutoff, long pairs) = (graph.Cutoff, graph.Pairs);
        NearDuplicates copies = NearDuplicates.Of(graph, all.Count, options.DuplicateCosine);
        UnitDirections directions = copies.Kept.Length < all.Count ? all.Subset(copies.Kept) : all;
        if (copies.Kept.Length < all.Count)
            graph = graph.Subset(copies.Kept);

        // Votes, and the planes fitted to them.
        PlaneCandidate[] candidates = Votes(
            directions,
            graph,
            maxDim,
            Math.Min(0.95, VoteRoom * epsilon),
            threads,
            Telling(options, "votes"),
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
        List<FittedPlane> planes = NearCopies.Merge(
            fitted.Where(p => p is not null && p.Members.Sum(x => copies.Copies[x].Length) >= options.MinFeatures)!,
            m,
            epsilon
        );

        // Evidence: against chance, and against each other.
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

    private static Action<double>? Telling(PlaneSearchOptions options, string what) =>
        options.Progress is { } progress ? share => progress(what, share) : null;

    /// <summary>
    /// The largest ε ≤ <see cref="PlaneSearchOptions.LargestEpsilon"/> within which a random k-plane has hardly any of n directions of ν
    /// effective dimensions.
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
        // To a millionth, so that no last digit of a library's function decides who is within it.
        return Math.Round(low, 6);
    }

    /// <summary>The candidates of all hubs, each set of members once, in the order of the hubs.</summary>
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

    private static DictionaryPlane Described(TestedPlane tested, UnitDirections directions, UnitDirections all, NearDuplicates copies)
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
