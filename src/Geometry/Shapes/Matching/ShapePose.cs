namespace Geometry.Shapes.Matching;

/// <summary>One member of a shape's family with what a search against it needs; a rigid shape has one pose.</summary>
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
        Separation = ClassAngles.Min();
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

    /// <summary>For each vertex its angles to the others, ascending; row-major count×(count−1).</summary>
    public double[] SortedRows => _sortedRows.Value;

    /// <summary>Smallest angle between two vertices, radians.</summary>
    public double Separation { get; }

    /// <summary>The angles at one vector to the others, ascending.</summary>
    /// <param name="angles">Row-major count×count.</param>
    /// <param name="count">Number of vectors.</param>
    /// <param name="i">The vector.</param>
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
