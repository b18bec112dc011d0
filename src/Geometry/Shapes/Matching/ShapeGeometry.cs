using System.Numerics;

namespace Geometry.Shapes.Matching;

/// <summary>
/// What the matcher precomputes about a shape, once: pair classes, automorphisms, poses along a family, the ambiguity gap.
/// </summary>
internal sealed class ShapeGeometry
{
    // Neighbouring poses of a family differ by at most this in any pair angle; half of it is well inside the search's tolerances.
    private const double PoseStep = 8 * Math.PI / 180;

    // So few vertices are searched through within any budget.
    private const int MostUnguided = 12;

    // Angles of vertices of one orbit, radians, but for rounding.
    private const double Alike = 1e-6;
    private readonly Lazy<double> _gap;

    public ShapeGeometry(Shape shape)
    {
        (Shape, Dim, Count) = (shape, shape.Dim, shape.Count);
        Classes = new PairClasses(shape);
        double[] typical = shape.Vertices();
        int[] basePoints = new int[Dim];
        double spread = BasePoints.Choose(typical, Dim, Count, 0, new double[typical.Length], basePoints);
        if (spread < 1e-6)
            throw new InvalidOperationException($"shape {shape.Name}: its vertices do not span R^{Dim} (smallest pivot {spread:g3})");
        var automorphisms = new Automorphisms(Count, Classes.ClassOf, basePoints);
        AutomorphismCount = automorphisms.Order;
        PairStarts = automorphisms.PairRepresentatives();
        Poses = PosesOf(shape, Classes);
        PoseReach = 0.6 * Poses.Zip(Poses.Skip(1), RmsChange).DefaultIfEmpty(0).Max();
        IsSimplex = Classes.Count == 1;
        CyclicOrder = Dim == 2 && shape.Parameter is null ? PolygonMatcher.CyclicOrder(typical, Count) : null;
        IsGuided = PairStarts.Length > 2 * Count || (Count > MostUnguided && !AllAlike(Poses[0].SortedRows, Count - 1));
        _gap = new Lazy<double>(() => shape.Significance?.Gap ?? AmbiguityGap.Of(this));
    }

    public Shape Shape { get; }

    public int Dim { get; }

    public int Count { get; }

    public PairClasses Classes { get; }

    public BigInteger AutomorphismCount { get; }

    /// <summary>
    /// Ordered pairs of vertices, one an orbit of the automorphism group: the images of the first two base points to try.
    /// </summary>
    public (int First, int Second)[] PairStarts { get; }

    /// <summary>
    /// Whether a search should try likely images of the base points first (<see cref="RowGuide"/>): many starts, or many vertices that do not all
    /// look alike.
    /// </summary>
    public bool IsGuided { get; }

    /// <summary>Members along the family, ascending parameter; one for a rigid shape.</summary>
    public ShapePose[] Poses { get; }

    /// <summary>
    /// No member is farther than this from the nearest pose: 0.6 (half, with a margin for curvature) of the largest RMS step between poses;
    /// radians, 0 for a rigid shape.
    /// </summary>
    public double PoseReach { get; }

    /// <summary>Every permutation is an automorphism.</summary>
    public bool IsSimplex { get; }

    /// <summary>For a regular polygon, its vertices in cyclic order; null for any other shape.</summary>
    public int[]? CyclicOrder { get; }

    /// <summary>
    /// Residual between the shape and itself under the best orthogonal map that is almost, but not, an automorphism; radians.
    /// </summary>
    public double Gap => _gap.Value;

    private static bool AllAlike(double[] rows, int length)
    {
        for (int k = length; k < rows.Length; k++)
        {
            if (Math.Abs(rows[k] - rows[k % length]) > Alike)
                return false;
        }
        return true;
    }

    private static double RmsChange(ShapePose a, ShapePose b) =>
        PairAngles.LowerBound(a.Angles, b.Angles) * Math.Sqrt(a.Angles.Length / (2.0 * a.Sorted.Length));

    private static ShapePose[] PosesOf(Shape shape, PairClasses classes)
    {
        if (shape.Parameter is not { } p)
            return [new ShapePose(shape, classes, double.NaN)];
        const int Fine = 64;
        ShapePose Pose(double s) => new(shape, classes, Math.Min(p.High, p.Low + s * (p.High - p.Low)));
        double travelled = 0;
        double[] before = Pose(0).ClassAngles;
        for (int k = 1; k <= Fine; k++)
        {
            double[] now = Pose((double)k / Fine).ClassAngles;
            travelled += before.Zip(now, (a, b) => Math.Abs(a - b)).Max();
            before = now;
        }
        int steps = Math.Max(2, (int)Math.Ceiling(travelled / PoseStep));
        return [.. Enumerable.Range(0, steps + 1).Select(k => Pose((double)k / steps))];
    }
}
