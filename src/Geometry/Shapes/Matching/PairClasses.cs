using System.Runtime.InteropServices;
using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>
/// The pairs of vertices, grouped by angle: two pairs belong to one class when their angles agree in every member of the family. A shape
/// has few classes (the square antiprism four, the 600-cell eight), so angles are computed per class.
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
        int c = shape.Count,
            d = shape.Dim;
        double[][] members = [.. Probes(shape.Parameter).Select(shape.Vertices)];
        ClassOf = new int[c * c];
        // The angle of each class, one list per member. A configuration without symmetries has as many classes as pairs.
        List<double>[] values = [.. members.Select(_ => new List<double>())];
        List<int> first = [],
            second = [],
            sizes = [];
        double[] angles = new double[members.Length];
        for (int i = 0; i < c; i++)
        {
            ClassOf[i * c + i] = -1;
            for (int j = i + 1; j < c; j++)
            {
                for (int k = 0; k < members.Length; k++)
                    angles[k] = PairAngles.Angle(members[k].AsSpan(i * d, d), members[k].AsSpan(j * d, d));
                int known = Find(values, angles);
                if (known < 0)
                {
                    known = first.Count;
                    for (int k = 0; k < members.Length; k++)
                        values[k].Add(angles[k]);
                    first.Add(i);
                    second.Add(j);
                    sizes.Add(0);
                }
                sizes[known]++;
                ClassOf[i * c + j] = ClassOf[j * c + i] = known;
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
    /// <param name="angles">Destination, one entry per class.</param>
    public void Angles(double parameter, Span<double> vertices, Span<double> angles)
    {
        int d = _shape.Dim;
        _shape.CopyVertices(parameter, vertices);
        for (int k = 0; k < _first.Length; k++)
            angles[k] = PairAngles.Angle(vertices.Slice(_first[k] * d, d), vertices.Slice(_second[k] * d, d));
    }

    /// <summary>The cosine of each class, which is faster to compute than its angle; otherwise as <see cref="Angles"/>.</summary>
    public void Cosines(double parameter, Span<double> vertices, Span<double> cosines)
    {
        int d = _shape.Dim;
        _shape.CopyVertices(parameter, vertices);
        for (int k = 0; k < _first.Length; k++)
            cosines[k] = Vectors.Dot(vertices.Slice(_first[k] * d, d), vertices.Slice(_second[k] * d, d));
    }

    /// <summary>The first class whose angles agree in every member; −1 for none.</summary>
    private static int Find(List<double>[] values, double[] angles)
    {
        ReadOnlySpan<double> first = CollectionsMarshal.AsSpan(values[0]);
        for (int known = 0; known < first.Length; known++)
        {
            bool same = Math.Abs(first[known] - angles[0]) < Same;
            for (int k = 1; same && k < angles.Length; k++)
                same = Math.Abs(values[k][known] - angles[k]) < Same;
            if (same)
                return known;
        }
        return -1;
    }

    // Three parameters in general position, at which any two classes of a smooth family have different angles.
    private static double[] Probes(ShapeParameter? p)
    {
        if (p is null)
            return [double.NaN];
        double At(double share) => p.Low + share * (p.High - p.Low);
        return [At(.2371), At(.5113), At(.8297)];
    }
}
