using Geometry.Shapes;
using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>
/// Configurations of one size, gathered around landmarks: each has a landmark near it, and a correspondence of its directions with the
/// landmark's.
/// </summary>
/// <remarks>
/// In input order, each configuration joins the first landmark within the radius, in the order of their lower bounds, or becomes a
/// landmark. Ten thousand copies of a shape so need ten thousand comparisons, and not the square of that number. O(N·L) bounds and about N
/// comparisons for N configurations and L landmarks.
/// </remarks>
internal sealed class LandmarkCover
{
    private readonly List<Landmark> _landmarks = [];
    private readonly CongruenceSearch _search;
    private readonly List<(double Bound, int Landmark)> _near = [];

    /// <param name="dim">d.</param>
    /// <param name="count">c.</param>
    /// <param name="items">Unit directions of each configuration, row-major c×d.</param>
    /// <param name="radius">Degrees.</param>
    /// <param name="tolerance">The tolerance of the classes, degrees.</param>
    /// <param name="cancellation">Ends the work.</param>
    public LandmarkCover(int dim, int count, IReadOnlyList<double[]> items, double radius, double tolerance, CancellationToken cancellation)
    {
        (Dim, Count, Items, _search) = (dim, count, items, new CongruenceSearch(tolerance));
        Home = new int[items.Count];
        Order = new int[items.Count][];
        for (int i = 0; i < items.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var print = new AngleFingerprint(items[i], dim, count);
            int[] vertexOf = new int[count];
            Home[i] = Nearest(items[i], print, radius, vertexOf);
            if (Home[i] < 0)
            {
                Home[i] = _landmarks.Count;
                _landmarks.Add(new Landmark(new Shape("landmark", dim, count, items[i], "a member of the class"), print));
                Centres.Add(i);
                Copies.Add([]);
                for (int v = 0; v < count; v++)
                    vertexOf[v] = v;
            }
            Order[i] = vertexOf;
            Copies[Home[i]].Add(i);
        }
    }

    public int Dim { get; }

    public int Count { get; }

    /// <summary>The configurations.</summary>
    public IReadOnlyList<double[]> Items { get; }

    /// <summary>For each landmark, the index of its configuration.</summary>
    public List<int> Centres { get; } = [];

    /// <summary>The fingerprint of a landmark.</summary>
    public AngleFingerprint Print(int landmark) => _landmarks[landmark].Print;

    /// <summary>For each landmark, the configurations that joined it, itself included, in input order.</summary>
    public List<List<int>> Copies { get; } = [];

    /// <summary>For each configuration, its landmark.</summary>
    public int[] Home { get; }

    /// <summary>For each configuration, the landmark's direction that corresponds to each of its directions.</summary>
    public int[][] Order { get; }

    /// <summary>The residual between two landmarks where it is at most <paramref name="most"/> degrees; otherwise +∞.</summary>
    /// <param name="a">A landmark.</param>
    /// <param name="b">Another.</param>
    /// <param name="most">Degrees.</param>
    /// <param name="vertexOf">Receives the direction of b for each of a's.</param>
    public double Residual(int a, int b, double most, int[] vertexOf) =>
        _search.Residual(Items[Centres[a]], _landmarks[a].Print, _landmarks[b], most, vertexOf);

    /// <summary>The directions of a configuration, put into the order of its landmark's directions and then into the given one.</summary>
    /// <param name="item">The configuration.</param>
    /// <param name="then">For each direction of the landmark, its place in the result.</param>
    public double[] Placed(int item, int[] then)
    {
        double[] x = Items[item],
            placed = new double[x.Length];
        for (int v = 0; v < Count; v++)
            x.AsSpan(v * Dim, Dim).CopyTo(placed.AsSpan(then[Order[item][v]] * Dim));
        return placed;
    }

    /// <summary>The first landmark within the radius, in the order of their lower bounds; −1 for none.</summary>
    private int Nearest(double[] unit, AngleFingerprint print, double radius, int[] vertexOf)
    {
        double radians = double.DegreesToRadians(radius);
        _near.Clear();
        for (int l = 0; l < _landmarks.Count; l++)
        {
            if (Math.Abs(_landmarks[l].Print.Mean - print.Mean) > radians)
                continue;
            double bound = _landmarks[l].Print.SortedBound(print);
            if (bound <= radians)
                _near.Add((bound, l));
        }
        _near.Sort();
        foreach ((double _, int l) in _near)
        {
            if (_search.Residual(unit, print, _landmarks[l], radius, vertexOf) <= radius)
                return l;
        }
        return -1;
    }
}

/// <summary>A configuration that others of its size are compared with.</summary>
/// <param name="Shape">The configuration as a shape for the matcher.</param>
/// <param name="Print">Its angles.</param>
internal sealed record Landmark(Shape Shape, AngleFingerprint Print);

/// <summary>
/// Residuals between configurations of one size, up to permutation and O(dim), by the matcher that also labels. The matcher runs only where
/// no lower bound exceeds the residual that is of interest.
/// </summary>
/// <remarks>Not thread-safe. The matcher takes about 0.1 to 3 ms for 10 to 24 directions, but runs for few pairs.</remarks>
/// <param name="goodEnough">A correspondence with at most this residual, degrees, ends a search: near-symmetries that close are
/// noise.</param>
internal sealed class CongruenceSearch(double goodEnough)
{
    private const double Degree = Math.PI / 180;
    private readonly LinearAssignment _assignment = new();

    /// <summary>The residual in degrees where it is at most <paramref name="most"/>; otherwise +∞.</summary>
    /// <param name="unit">Unit directions, row-major.</param>
    /// <param name="print">The fingerprint of their angles.</param>
    /// <param name="landmark">The landmark that they are compared with.</param>
    /// <param name="most">Degrees.</param>
    /// <param name="vertexOf">Receives the landmark's direction for each direction, where the residual is at most
    /// <paramref name="most"/>.</param>
    public double Residual(double[] unit, AngleFingerprint print, Landmark landmark, double most, int[] vertexOf)
    {
        double radians = most * Degree;
        if (
            Math.Abs(print.Mean - landmark.Print.Mean) > radians
            || print.SortedBound(landmark.Print) > radians
            || print.RowBound(landmark.Print, _assignment, vertexOf) > radians
        )
            return double.PositiveInfinity;
        double residual = ShapeMatcher.Correspond(unit, landmark.Shape, vertexOf, Math.Min(most, goodEnough) * Degree) / Degree;
        return residual <= most ? residual : double.PositiveInfinity;
    }
}
