using System.Numerics;

namespace Geometry.Shapes.Matching;

/// <summary>
/// What the matcher precomputes about a shape, once: pair classes, automorphisms, poses along a family, the ambiguity gap.
/// </summary>
internal sealed class ShapeGeometry
{
    // Neighbouring poses of a family differ by at most this in any pair angle; half of it is well inside the search's tolerances.
    private const double PoseStep = 8 * Math.PI / 180;

    // Shapes with at most this many vertices are searched completely within any budget.
    private const int MostUnguided = 12;

    // Largest difference, by rounding alone, between angles at vertices of one orbit, radians.
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
        CyclicOrder = Dim == 2 && shape.Parameter is null ? DirectMatch.CyclicOrder(typical, Count) : null;
        IsGuided = PairStarts.Length > 2 * Count || (Count > MostUnguided && !AllAlike(Poses[0].SortedRows, Count - 1));
        _gap = new Lazy<double>(() => shape.Significance?.Gap ?? AmbiguityGap.Of(this));
    }

    public Shape Shape { get; }

    public int Dim { get; }

    public int Count { get; }

    public PairClasses Classes { get; }

    public BigInteger AutomorphismCount { get; }

    /// <summary>
    /// Ordered pairs of vertices, one from each orbit of the automorphism group: the images of the first two base points to try.
    /// </summary>
    public (int First, int Second)[] PairStarts { get; }

    /// <summary>
    /// Whether a search should try likely images of the base points first (<see cref="RowGuide"/>): where there are many starts, or many
    /// vertices whose sorted angles differ.
    /// </summary>
    public bool IsGuided { get; }

    /// <summary>Members along the family, ascending parameter; one for a rigid shape.</summary>
    public ShapePose[] Poses { get; }

    /// <summary>
    /// Every member is within this distance of the nearest pose: 0.6 (half, with a margin for curvature) of the largest RMS step between
    /// poses; radians, 0 for a rigid shape.
    /// </summary>
    public double PoseReach { get; }

    /// <summary>Whether every permutation is an automorphism.</summary>
    public bool IsSimplex { get; }

    /// <summary>For a regular polygon, its vertices in cyclic order; null for any other shape.</summary>
    public int[]? CyclicOrder { get; }

    /// <summary>
    /// Residual between the shape and itself under the best orthogonal map that is almost, but not, an automorphism; radians.
    /// </summary>
    public double Gap => _gap.Value;

    /// <summary>
    /// A residual, radians, ≥ 0, that no correspondence with any member of the family goes below: the distance of the sorted angles from
    /// those of the nearest pose, less <see cref="PoseReach"/>.
    /// </summary>
    /// <param name="sorted">The angles of all pairs of the data, radians, ascending.</param>
    public double LowerBound(ReadOnlySpan<double> sorted)
    {
        double least = double.PositiveInfinity;
        foreach (ShapePose pose in Poses)
            least = Math.Min(least, PairAngles.LowerBound(sorted, pose.Sorted));
        return Math.Max(0, least - PoseReach);
    }

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

/// <summary>One member of a shape's family, with everything that a search needs; a rigid shape has one pose.</summary>
internal sealed class ShapePose
{
    private readonly Lazy<double[]> _sortedRows;

    public ShapePose(Shape shape, PairClasses classes, double parameter)
    {
        Parameter = parameter;
        int c = shape.Count;
        Count = c;
        _sortedRows = new Lazy<double[]>(Rows);
        Vertices = shape.Vertices(parameter);
        ClassAngles = new double[classes.Count];
        classes.Angles(parameter, new double[Vertices.Length], ClassAngles);
        Angles = [.. classes.ClassOf.Select(k => k < 0 ? 0 : ClassAngles[k])];
        Sorted = new double[c * (c - 1) / 2];
        PairAngles.Sorted(Angles, c, Sorted);
    }

    public double Parameter { get; }

    public int Count { get; }

    /// <summary>Unit vertices, row-major count×dim.</summary>
    public double[] Vertices { get; }

    /// <summary>Pair angles, radians, row-major count×count.</summary>
    public double[] Angles { get; }

    public double[] ClassAngles { get; }

    /// <summary>Pair angles ascending, count(count−1)/2 of them.</summary>
    public double[] Sorted { get; }

    /// <summary>For each vertex, its angles to the others, ascending; row-major count×(count−1).</summary>
    public double[] SortedRows => _sortedRows.Value;

    /// <summary>The angles from one vector to the others, ascending.</summary>
    /// <param name="angles">Row-major count×count.</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="i">Index of the vector.</param>
    /// <param name="row">Receives count − 1 angles.</param>
    public static void SortedRow(ReadOnlySpan<double> angles, int count, int i, Span<double> row)
    {
        angles.Slice(i * count, i).CopyTo(row);
        angles.Slice((i * count) + i + 1, count - i - 1).CopyTo(row[i..]);
        row[..(count - 1)].Sort();
    }

    private double[] Rows()
    {
        double[] rows = new double[Count * (Count - 1)];
        for (int i = 0; i < Count; i++)
            SortedRow(Angles, Count, i, rows.AsSpan(i * (Count - 1), Count - 1));
        return rows;
    }
}
