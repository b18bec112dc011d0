namespace Geometry.Shapes.Matching;

/// <summary>
/// The pairs of vertices, grouped by angle: two pairs are of one class when their angles agree in every member of the family.
/// A shape has few classes (the square antiprism four, the 600-cell eight), and everything about angles is done per class.
/// </summary>
internal sealed class PairClasses
{
    private const double Same = 1e-7;
    private readonly Shape _shape;
    private readonly int[] _first;
    private readonly int[] _second;

    public PairClasses(Shape shape)
    {
        _shape = shape;
        int c = shape.Count, d = shape.Dim;
        double[][] members = [.. Probes(shape.Parameter).Select(shape.Vertices)];
        ClassOf = new int[c * c];
        List<double[]> values = [];
        List<int> first = [], second = [], sizes = [];
        for (int i = 0; i < c; i++)
        {
            ClassOf[i * c + i] = -1;
            for (int j = i + 1; j < c; j++)
            {
                double[] angles = [.. members.Select(v => PairAngles.Angle(v.AsSpan(i * d, d), v.AsSpan(j * d, d)))];
                int k = values.FindIndex(known => known.Zip(angles, (a, b) => Math.Abs(a - b)).Max() < Same);
                if (k < 0)
                {
                    k = values.Count;
                    values.Add(angles);
                    first.Add(i);
                    second.Add(j);
                    sizes.Add(0);
                }
                sizes[k]++;
                ClassOf[i * c + j] = ClassOf[j * c + i] = k;
            }
        }
        (_first, _second, Sizes) = ([.. first], [.. second], [.. sizes]);
    }

    /// <summary>Class of the pair (i, j), row-major count×count, −1 on the diagonal.</summary>
    public int[] ClassOf { get; }

    /// <summary>Number of unordered pairs in each class.</summary>
    public int[] Sizes { get; }

    public int Count => Sizes.Length;

    /// <summary>The angle of each class at a parameter, radians.</summary>
    /// <param name="parameter">In the shape's range.</param>
    /// <param name="vertices">Scratch, count·dim entries; holds the vertices of that member afterwards.</param>
    /// <param name="angles">Destination, one entry a class.</param>
    public void Angles(double parameter, Span<double> vertices, Span<double> angles)
    {
        int d = _shape.Dim;
        _shape.CopyVertices(parameter, vertices);
        for (int k = 0; k < _first.Length; k++)
            angles[k] = PairAngles.Angle(vertices.Slice(_first[k] * d, d), vertices.Slice(_second[k] * d, d));
    }

    // Three parameters in general position tell any two classes of a smooth family apart.
    private static double[] Probes(ShapeParameter? p)
    {
        if (p is null) return [double.NaN];
        double At(double share) => p.Low + share * (p.High - p.Low);
        return [At(.2371), At(.5113), At(.8297)];
    }
}
