using System.Globalization;
using Geometry.Decisions;
using Geometry.Grassmannian;
using Geometry.LinearAlgebra;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>Collects the irreducible Hough planes that split the span orthogonally, one vote after another.</summary>
/// <remarks>
/// Each plane is judged by its own noise: σ² = (Σ_{i∈S} ‖(1−P)x_i‖² + Σ_{j∉S} ‖Px_j‖²) / ((c−k)(m−k) + k(n−c)(1 + k/c)), from how far its c
/// features stick out of it and the other features reach into it; the factor 1 + k/c is there because the plane is itself fitted to c noisy
/// features, λ_a ≈ c/k along each axis. A plane is kept at the first tolerance that is consistent with that noise, ε ≥ ε(σ).
/// </remarks>
internal sealed class SplittingPlanes(LearnedColumns columns, DecisionConstants constants, int sampleFeatures)
{
    private readonly List<HoughRoute> _routes = [];
    private readonly bool[] _taken = new bool[columns.Count];
    private readonly List<PlaneProposal> _last = [];
    private double _visited;

    /// <summary>The planes found, in order of discovery.</summary>
    public List<PlaneProposal> Found { get; } = [];

    /// <summary>Whether the feature belongs to a plane found.</summary>
    public bool IsTaken(int feature) => _taken[feature];

    /// <summary>
    /// ε(σ) for k-planes, the tolerance that noise of σ needs. Votes for one plane are linked through subsets that share all columns but
    /// one. Two such planes differ by d² ≈ 2(m−k)σ²/λ, where λ ≈ 1 is the squared length of the differing column across the others; some
    /// room is added for the scatter of d and for smaller λ.
    /// </summary>
    public double Tolerance(double noise, int k) => constants.PlaneToleranceFactor * noise * Spread(k);

    /// <summary>The dimensions whose subsets did not all vote.</summary>
    public IReadOnlyList<int> Incomplete =>
        _routes.Count == 0 ? [] : [.. Enumerable.Range(1, _routes.Count).Where(dim => _routes[dim - 1] != HoughRoute.Enumerated)];

    /// <summary>How far planes were searched up to dimension k, in the words of <see cref="RouteAgreement.Route"/>.</summary>
    public string Route(int k)
    {
        if (_visited == 0 && _routes.TrueForAll(r => r == HoughRoute.Enumerated))
            return PlaneRoute.BlocksAlone;
        string text = string.Create(CultureInfo.InvariantCulture, $"planes 1-{k}: {_visited:0} subsets");
        foreach (int dim in Incomplete)
            text += string.Create(
                CultureInfo.InvariantCulture,
                $"; {dim} {(_routes[dim - 1] == HoughRoute.Sampled ? "sampled" : "left out")}"
            );
        return text;
    }

    /// <summary>Lets the subsets of some features, less those already in a plane, vote for planes of one dimension.</summary>
    /// <param name="features">Ascending indices of learned columns.</param>
    /// <param name="dim">k.</param>
    /// <param name="epsilon">ε.</param>
    public void Vote(int[] features, int dim, double epsilon) =>
        Vote(
            features,
            dim,
            epsilon,
            new HoughOptions
            {
                SampleFeatures = sampleFeatures,
                MaxSubsets = constants.Limits.SubsetsJoined,
                MaxVotes = constants.Limits.PlaneVotes,
            }
        );

    /// <summary>
    /// The same for one component of the candidates. A splitting plane holds all of a component or nothing of it, so that not all of many
    /// subsets need to vote: pools of random features find a plane of that many features, certainly where one pool holds them all,
    /// otherwise with the probability of <see cref="SamplingPlan"/>. No vote is taken before ε is consistent with the noise that every
    /// plane through the component has.
    /// </summary>
    public void VoteAlone(Component component, int dim, double epsilon)
    {
        int c = component.Features.Length,
            freedom = (c - dim) * (columns.Hidden - dim);
        if (c <= dim || freedom == 0 || !component.Fits(dim, epsilon))
            return;
        if (
            epsilon < constants.LargestPlaneTolerance
            && Tolerance(Math.Sqrt(component.Outside(dim) / (freedom + Others(c, dim))), dim) > epsilon
        )
            return;
        // These features share a plane of fewer dimensions already.
        if (_last.Exists(p => p.Features.AsSpan().SequenceEqual(component.Features)))
            return;
        var limits = new HoughOptions
        {
            SampleFeatures = c,
            MaxSubsets = constants.Limits.SubsetsAlone,
            MaxVotes = constants.Limits.PlaneVotes,
        };
        if (!IsAllOrNothing(component, dim, epsilon))
            Vote(component.Features, dim, epsilon, limits);
        else if (Judged(component.Features, dim, epsilon) is not { } plane)
            _visited += KSubsets.Binomial(c, dim);
        else if (Search(component.Features, dim, epsilon, limits).Any(p => p.Features.Length == c))
            Accept(plane, epsilon);
    }

    /// <summary>
    /// Whether a plane inside the component is certain to be refused unless it holds all of the component, so that only the plane of all
    /// its features has to be judged. This is so from ε = t/2 on, because every part of a component then has a cosine above t with the
    /// rest, which <see cref="Inside"/> does not allow. False where there are so many subsets that they might not be enumerated, and for a
    /// component that has exactly this dimension, where none has to vote.
    /// </summary>
    private bool IsAllOrNothing(Component component, int dim, double epsilon)
    {
        int c = component.Features.Length;
        if (c < 3 || PlaneCandidates.Edge(epsilon, constants) < constants.LargestCosine || Array.Exists(component.Features, IsTaken))
            return false;
        return component.Outside(dim) > Component.Doubt * c
            && !HoughTransform.TooMany(c, dim, Math.Min(constants.Limits.SubsetsAlone, constants.Limits.PlaneVotes));
    }

    /// <summary>The mean distance of two linked votes in units of σ, with the room that it is given, see <see cref="Tolerance"/>.</summary>
    private double Spread(int k) => Math.Sqrt(2.0 * Math.Max(columns.Hidden - k, 1)) + constants.PlaneToleranceRoom;

    /// <summary>The constraints that the other features meet by lying outside the plane of <paramref name="count"/> features.</summary>
    private double Others(int count, int dim) => dim * (columns.Count - count) * (1 + ((double)dim / count));

    private void Vote(int[] features, int dim, double epsilon, HoughOptions limits)
    {
        features = Array.FindAll(features, f => !_taken[f]);
        if (features.Length <= dim)
            return;
        if (features.Length == 2 && IsDecided(features, epsilon, out bool together))
        {
            _visited += 2;
            if (together)
                Try(features, dim, epsilon);
            return;
        }
        foreach (HoughPlane plane in Search(features, dim, epsilon, limits))
        {
            int[] members = Array.ConvertAll(plane.Features, f => features[f]);
            if (!Array.Exists(members, f => _taken[f]))
                Try(members, dim, epsilon);
        }
    }

    /// <summary>The planes that the subsets of some features vote for, by index in the list.</summary>
    private IReadOnlyList<HoughPlane> Search(int[] features, int dim, double epsilon, HoughOptions limits)
    {
        int m = columns.Hidden;
        HoughOptions options = limits with { MinPlaneDim = dim, MaxPlaneDim = dim, Epsilon = epsilon, Threads = 1 };
        double[] x = new double[features.Length * m];
        for (int i = 0; i < features.Length; i++)
            columns.Column(features[i]).CopyTo(x.AsSpan(i * m, m));
        HoughSearch search = HoughTransform.Search(x, m, features.Length, options);
        foreach (HoughCoverage coverage in search.Coverage)
            Note(coverage);
        return search.Planes;
    }

    private void Note(HoughCoverage coverage)
    {
        _visited += coverage.Visited;
        if (coverage.Route is HoughRoute.Enumerated or HoughRoute.Span)
            return;
        while (_routes.Count < coverage.Dim)
            _routes.Add(HoughRoute.Enumerated);
        if (coverage.Route > _routes[coverage.Dim - 1])
            _routes[coverage.Dim - 1] = coverage.Route;
    }

    /// <summary>
    /// Decides about two votes for lines, the commonest case, without clustering: their distance is sin ∠(x_i, x_j), and if it is within ε,
    /// the mean line is twice as near to both. Returns false where rounding could decide.
    /// </summary>
    private bool IsDecided(int[] pair, double epsilon, out bool together)
    {
        // Far above the rounding of a squared cosine.
        const double Doubt = 1e-9;
        double cos = columns.Gram[pair[0] * columns.Count + pair[1]],
            difference = (epsilon * epsilon) - (1 - cos * cos);
        together = difference > 0;
        return Math.Abs(difference) > Doubt;
    }

    private void Try(int[] members, int dim, double epsilon)
    {
        if (Judged(members, dim, epsilon) is { } plane)
            Accept(plane, epsilon);
    }

    private void Accept(PlaneProposal plane, double epsilon)
    {
        if (epsilon < constants.LargestPlaneTolerance)
            Keep(plane);
        else
            _last.Add(plane);
    }

    /// <summary>The plane of these features; null unless it splits off, is no noisier than allowed, and is irreducible.</summary>
    private PlaneProposal? Judged(int[] members, int dim, double epsilon)
    {
        PrincipalAxes axes = PrincipalAxes.Of(columns.Unit, columns.Hidden, members);
        double inside = Inside(members, axes, dim, epsilon);
        if (double.IsNaN(inside))
            return null;
        double outside = 0;
        for (int a = dim; a < axes.Count; a++)
            outside += axes.Value(a);
        double noise = Math.Sqrt((outside + inside) / (((members.Length - dim) * (columns.Hidden - dim)) + Others(members.Length, dim)));
        if (noise > constants.LargestNoise || (epsilon < constants.LargestPlaneTolerance && Tolerance(noise, dim) > epsilon))
            return null;
        if (Reducibility.IsReducible(columns.Unit, columns.Hidden, members, dim, noise, constants))
            return null;
        return new PlaneProposal(members, dim) { Noise = noise, Tolerance = epsilon };
    }

    /// <summary>
    /// Keeps planes of the last rung, where ε need not be consistent with their noise: of those that share features, the least noisy one.
    /// The diagonals of a cube, for example, pass for lines where many features beside the cube are orthogonal to them, but they are
    /// noisier than the cube.
    /// </summary>
    public void KeepLast()
    {
        if (_last.Count == 0)
            return;
        foreach (PlaneProposal plane in _last.OrderBy(p => p.Noise).ThenBy(p => p.Dim).ThenBy(p => p.Features[0]))
        {
            if (!Array.Exists(plane.Features, f => _taken[f]))
                Keep(plane);
        }
    }

    private void Keep(PlaneProposal plane)
    {
        foreach (int f in plane.Features)
            _taken[f] = true;
        Found.Add(plane);
    }

    /// <summary>
    /// Σ ‖Px_j‖² over the other features; NaN unless each of them is orthogonal, within the limits, to the plane and to each of its
    /// features.
    /// </summary>
    private double Inside(int[] features, PrincipalAxes axes, int dim, double tolerance)
    {
        double squares = 0;
        for (int j = 0, next = 0; j < columns.Count; j++)
        {
            if (next < features.Length && features[next] == j)
            {
                next++;
                continue;
            }
            foreach (int i in features)
            {
                if (Math.Abs(columns.Gram[i * columns.Count + j]) > constants.LargestCosine)
                    return double.NaN;
            }
            double inside = 0;
            for (int a = 0; a < dim; a++)
            {
                double cos = Vectors.Dot(axes.Axis(a), columns.Column(j));
                inside += cos * cos;
            }
            if (inside > tolerance * tolerance)
                return double.NaN;
            squares += inside;
        }
        return squares;
    }
}
