using Geometry.Shapes;

namespace Geometry.Atlas;

/// <summary>
/// Configurations of one size, gathered around landmarks: each is near a landmark, and knows which of its directions is which of the
/// landmark's.
/// </summary>
/// <remarks>
/// Each configuration joins the nearest-looking landmark within the radius, or becomes one, in input order. Ten thousand copies of a shape
/// cost ten thousand comparisons and not their square. O(N·L) bounds and N comparisons for N configurations and L landmarks.
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
    /// <param name="tolerance">Of the classes, degrees.</param>
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

    /// <summary>For each landmark the configuration that it is.</summary>
    public List<int> Centres { get; } = [];

    /// <summary>The angles of a landmark.</summary>
    public AngleFingerprint Print(int landmark) => _landmarks[landmark].Print;

    /// <summary>For each landmark the configurations near it, itself among them, in input order.</summary>
    public List<List<int>> Copies { get; } = [];

    /// <summary>For each configuration its landmark.</summary>
    public int[] Home { get; }

    /// <summary>For each configuration the landmark's direction that each of its directions corresponds to.</summary>
    public int[][] Order { get; }

    /// <summary>The residual between two landmarks where it is at most so many degrees; +∞ otherwise.</summary>
    /// <param name="a">A landmark.</param>
    /// <param name="b">Another.</param>
    /// <param name="most">Degrees.</param>
    /// <param name="vertexOf">Receives the direction of b for each of a's.</param>
    public double Residual(int a, int b, double most, int[] vertexOf) =>
        _search.Residual(Items[Centres[a]], _landmarks[a].Print, _landmarks[b], most, vertexOf);

    /// <summary>The directions of a configuration in the order of its landmark's, and that in the order which is given.</summary>
    /// <param name="item">The configuration.</param>
    /// <param name="then">For each direction of the landmark its place.</param>
    public double[] Placed(int item, int[] then)
    {
        double[] x = Items[item],
            placed = new double[x.Length];
        for (int v = 0; v < Count; v++)
            x.AsSpan(v * Dim, Dim).CopyTo(placed.AsSpan(then[Order[item][v]] * Dim));
        return placed;
    }

    /// <summary>The landmark within the radius that looks nearest; −1 for none.</summary>
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
