namespace Geometry.Shapes.Matching;

/// <summary>One member of a shape's family with what a search against it needs; a rigid shape has one pose.</summary>
internal sealed class ShapePose
{
    public ShapePose(Shape shape, PairClasses classes, double parameter)
    {
        Parameter = parameter;
        int c = shape.Count;
        Vertices = shape.Vertices(parameter);
        ClassAngles = new double[classes.Count];
        classes.Angles(parameter, new double[Vertices.Length], ClassAngles);
        Angles = [.. classes.ClassOf.Select(k => k < 0 ? 0 : ClassAngles[k])];
        Sorted = new double[c * (c - 1) / 2];
        PairAngles.Sorted(Angles, c, Sorted);
        Separation = ClassAngles.Min();
    }

    public double Parameter { get; }

    /// <summary>Unit vertices, row-major count×dim.</summary>
    public double[] Vertices { get; }

    /// <summary>Pair angles, radians, row-major count×count.</summary>
    public double[] Angles { get; }

    public double[] ClassAngles { get; }

    /// <summary>Pair angles ascending, count(count−1)/2 of them.</summary>
    public double[] Sorted { get; }

    /// <summary>Smallest angle between two vertices, radians.</summary>
    public double Separation { get; }
}
