using System.Globalization;
using Geometry.Decisions;
using Geometry.Grassmannian;
using Geometry.LinearAlgebra;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>Collects the irreducible Hough planes that split the span orthogonally, one vote after another.</summary>
internal sealed class SplittingPlanes(LearnedColumns columns, double noise, int sampleFeatures)
{
    /// <summary>More subsets of one component than this are sampled.</summary>
    private const long MostInComponent = 1 << 20;

    /// <summary>A dimension where more subsets than this lie in planes with further features is left out: half a minute of clustering.</summary>
    private const long MostVotes = 1 << 22;

    private readonly List<HoughRoute> _routes = [];
    private double _visited;

    private readonly bool[] _taken = new bool[columns.Count];

    /// <summary>The features of each plane found, in order of discovery.</summary>
    public List<int[]> Found { get; } = [];

    /// <summary>Whether the feature belongs to a plane found.</summary>
    public bool IsTaken(int feature) => _taken[feature];

    /// <summary>How completely the planes of a dimension were searched: the least complete of its votes.</summary>
    public HoughRoute RouteOf(int dim) => dim <= _routes.Count ? _routes[dim - 1] : HoughRoute.Enumerated;

    /// <summary>What voted up to dimension k, as <see cref="RouteAgreement.Route"/> says it.</summary>
    public string Route(int k)
    {
        if (_visited == 0 && _routes.TrueForAll(r => r == HoughRoute.Enumerated)) return PlaneRoute.BlocksAlone;
        string text = string.Create(CultureInfo.InvariantCulture, $"planes 1-{k}: {_visited:0} subsets");
        for (int dim = 1; dim <= k; dim++)
        {
            if (RouteOf(dim) != HoughRoute.Enumerated) text += string.Create(CultureInfo.InvariantCulture, $"; {dim} {(RouteOf(dim) == HoughRoute.Sampled ? "sampled" : "left out")}");
        }
        return text;
    }

    /// <summary>Lets the subsets of some features, less those already in a plane, vote for planes of one dimension.</summary>
    /// <param name="features">Ascending indices of learned columns.</param>
    /// <param name="dim">k.</param>
    /// <param name="epsilon">ε.</param>
    public void Vote(int[] features, int dim, double epsilon) =>
        Vote(features, dim, epsilon, new HoughOptions { SampleFeatures = sampleFeatures, MaxVotes = MostVotes });

    /// <summary>
    /// The same for one component of the candidates. A splitting plane inside it holds all of it, so that many subsets need not all vote: pools
    /// of random features find a plane of that many features: for certain where one pool holds them all, else as <see cref="SamplingPlan"/> says.
    /// </summary>
    public void VoteAlone(int[] component, int dim, double epsilon) =>
        Vote(component, dim, epsilon, new HoughOptions { SampleFeatures = component.Length, MaxSubsets = MostInComponent, MaxVotes = MostVotes });

    private void Vote(int[] features, int dim, double epsilon, HoughOptions limits)
    {
        int m = columns.Hidden;
        features = Array.FindAll(features, f => !_taken[f]);
        if (features.Length <= dim) return;
        if (features.Length == 2 && IsDecided(features, epsilon, out bool together))
        {
            _visited += 2;
            if (together) Try(features, dim, epsilon);
            return;
        }
        HoughOptions options = limits with { MinPlaneDim = dim, MaxPlaneDim = dim, Epsilon = epsilon, Threads = 1 };
        double[] x = new double[features.Length * m];
        for (int i = 0; i < features.Length; i++) columns.Column(features[i]).CopyTo(x.AsSpan(i * m, m));
        HoughSearch search = HoughTransform.Search(x, m, features.Length, options);
        foreach (HoughCoverage coverage in search.Coverage) Note(coverage);
        foreach (HoughPlane plane in search.Planes)
        {
            int[] members = Array.ConvertAll(plane.Features, f => features[f]);
            if (!Array.Exists(members, f => _taken[f])) Try(members, dim, epsilon);
        }
    }

    private void Note(HoughCoverage coverage)
    {
        _visited += coverage.Visited;
        if (coverage.Route is HoughRoute.Enumerated or HoughRoute.Span) return;
        while (_routes.Count < coverage.Dim) _routes.Add(HoughRoute.Enumerated);
        if (coverage.Route > _routes[coverage.Dim - 1]) _routes[coverage.Dim - 1] = coverage.Route;
    }

    /// <summary>
    /// Two votes for lines, the commonest case, need no clustering: their distance is sin ∠(x_i, x_j), and if it is within ε, the mean line is twice as near
    /// to both. False where rounding could decide.
    /// </summary>
    private bool IsDecided(int[] pair, double epsilon, out bool together)
    {
        const double Doubt = 1e-9;
        double cos = columns.Gram[pair[0] * columns.Count + pair[1]], difference = (epsilon * epsilon) - (1 - cos * cos);
        together = difference > 0;
        return Math.Abs(difference) > Doubt;
    }

    private void Try(int[] members, int dim, double epsilon)
    {
        if (!Splits(members, dim, epsilon) || Reducibility.IsReducible(columns.Unit, columns.Hidden, members, dim, noise)) return;
        foreach (int f in members) _taken[f] = true;
        Found.Add(members);
    }

    /// <summary>True when every feature outside is orthogonal to the plane and to every feature in it.</summary>
    private bool Splits(int[] features, int dim, double tolerance)
    {
        PrincipalAxes axes = PrincipalAxes.Of(columns.Unit, columns.Hidden, features);
        for (int j = 0, next = 0; j < columns.Count; j++)
        {
            if (next < features.Length && features[next] == j)
            {
                next++;
                continue;
            }
            foreach (int i in features)
            {
                if (Math.Abs(columns.Gram[i * columns.Count + j]) > DecisionConstants.Default.LargestCosine) return false;
            }
            double inside = 0;
            for (int a = 0; a < dim; a++)
            {
                double cos = Vectors.Dot(axes.Axis(a), columns.Column(j));
                inside += cos * cos;
            }
            if (inside > tolerance * tolerance) return false;
        }
        return true;
    }
}
