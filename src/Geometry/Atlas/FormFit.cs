using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Atlas;

/// <summary>A recurring configuration, fitted to the members of its class.</summary>
/// <param name="Shape">The representative: a rigid shape, or a curve of configurations with one parameter.</param>
/// <param name="Symmetric">The representative at its typical parameter, with its group.</param>
/// <param name="Slope">For a curve x(t) = unit(c₀ + t·c₁ + t²·c₂) the coordinates c₁, row-major c×d; null for a rigid form.</param>
/// <param name="Bend">The coordinates c₂.</param>
internal sealed record FittedForm(Shape Shape, SymmetricConfiguration Symmetric, double[]? Slope, double[]? Bend)
{
    private const int Steps = 32,
        Refinements = 30;
    private const double GoldenRatio = 1.618033988749895;
    private double[][]? _steps;

    /// <summary>c₀ of a curve; the representative itself for a rigid form.</summary>
    public double[] Centre { get; init; } = Symmetric.Unit;

    /// <summary>
    /// The RMS difference of angles, radians, for directions in the order of the form's, and the parameter at which it is smallest; NaN for
    /// a rigid form.
    /// </summary>
    /// <param name="angles">The angles of the directions, radians, row-major c×c.</param>
    public (double Residual, double Parameter) Residual(double[] angles)
    {
        if (Shape.Parameter is not { } range)
            return (Difference(angles, (_steps ??= [AnglesAt(double.NaN)])[0]), double.NaN);
        double step = (range.High - range.Low) / Steps;
        _steps ??= [.. Enumerable.Range(0, Steps + 1).Select(k => AnglesAt(Math.Min(range.High, range.Low + (k * step))))];
        int best = 0;
        double least = double.PositiveInfinity;
        for (int k = 0; k <= Steps; k++)
        {
            double difference = Difference(angles, _steps[k]);
            if (difference < least)
                (best, least) = (k, difference);
        }
        // Golden section between the neighbours of the best step.
        double low = Math.Max(range.Low, range.Low + ((best - 1) * step)),
            high = Math.Min(range.High, range.Low + ((best + 1) * step)),
            at = Math.Min(range.High, range.Low + (best * step));
        for (int k = 0; k < Refinements; k++)
        {
            double a = high - ((high - low) / GoldenRatio),
                b = low + ((high - low) / GoldenRatio);
            double left = Difference(angles, AnglesAt(a)),
                right = Difference(angles, AnglesAt(b));
            if (left < right)
                high = b;
            else
                low = a;
            if (Math.Min(left, right) < least)
                (least, at) = (Math.Min(left, right), left < right ? a : b);
        }
        return (least, at);
    }

    private double[] AnglesAt(double parameter)
    {
        double[] angles = new double[Shape.Count * Shape.Count];
        PairAngles.Fill(Shape.Vertices(parameter), Shape.Dim, Shape.Count, angles);
        return angles;
    }

    private double Difference(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return Math.Sqrt(sum / (Shape.Count * (Shape.Count - 1.0)));
    }
}

/// <summary>One member of a class, compared with its form.</summary>
/// <param name="Item">Index of the configuration.</param>
/// <param name="ResidualDegrees">Residual of the best correspondence.</param>
/// <param name="Parameter">Its parameter on the form's curve; NaN for a rigid form.</param>
internal readonly record struct FormMember(int Item, double ResidualDegrees, double Parameter);

/// <summary>
/// Fits a representative to the members of a class. It is symmetric, exact where the symmetries leave no freedom, and a curve where the
/// members drift along one.
/// </summary>
/// <remarks>
/// <para>
/// The directions of all members have the same order. The mean of their Gram matrices gives the mean configuration, and
/// <see cref="SymmetricMean"/> its group. Each member is replaced by the nearest configuration with that group, which removes noise and
/// keeps drift, and is rotated onto the mean. The first principal component of the differences is the drift t. Where the range of t changes
/// the angles by at least the tolerance, the coordinates are fitted by a quadratic in t. Least squares commute with the group, so every
/// configuration of the curve has the symmetries.
/// </para>
/// <para>O(members·c³).</para>
/// </remarks>
internal static class FormFit
{
    /// <summary>The source of a form's coordinates, as <see cref="Shape.Source"/> states it.</summary>
    public const string Source = "found in trained models";

    private const double Degree = Math.PI / 180;

    /// <summary>The largest |t| of a curve, where the members to which it was fitted have |t| ≤ 1.</summary>
    private const double Margin = 1.25;

    /// <summary>Fits a form.</summary>
    /// <param name="name">A provisional name.</param>
    /// <param name="dim">d.</param>
    /// <param name="count">c.</param>
    /// <param name="ordered">Unit directions of the members, all in one order.</param>
    /// <param name="tolerance">Smallest change of the angles that counts as a drift, degrees.</param>
    public static FittedForm Of(string name, int dim, int count, List<double[]> ordered, double tolerance)
    {
        double granted = double.RadiansToDegrees(DecisionConstants.Default.NoiseFloor) / 2;
        SymmetricConfiguration symmetric = SymmetricMean.Of(Mean(ordered, dim, count), dim, count, granted);
        var rigid = new FittedForm(new Shape(name, dim, count, symmetric.Unit, Source), symmetric, null, null);
        if (ordered.Count < 4)
            return rigid;

        double[][] moved = new double[ordered.Count][];
        for (int k = 0; k < moved.Length; k++)
        {
            moved[k] = SymmetricMean.Impose(ordered[k], dim, count, symmetric.PairOrbits);
            if (!Rotate(moved[k], symmetric.Unit, dim, count))
                return rigid;
            for (int i = 0; i < moved[k].Length; i++)
                moved[k][i] -= symmetric.Unit[i];
        }
        double[] scores = PrincipalScores(moved);
        if (AngularRange(symmetric.Unit, moved, scores, dim, count) < tolerance * Degree)
            return rigid;
        return Curve(name, dim, count, symmetric, moved, scores) ?? rigid;
    }

    private static double[] Mean(List<double[]> ordered, int dim, int count)
    {
        double[] gram = new double[count * count];
        foreach (double[] x in ordered)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                    gram[(i * count) + j] += Vectors.Dot(x.AsSpan(i * dim, dim), x.AsSpan(j * dim, dim)) / ordered.Count;
            }
        }
        return SymmetricMean.Coordinates(gram, dim, count);
    }

    /// <summary>Rotates directions onto others in the same order; false where the rotation is not determined.</summary>
    private static bool Rotate(double[] x, double[] onto, int dim, int count)
    {
        double[] m = new double[dim * dim],
            row = new double[dim];
        for (int i = 0; i < count; i++)
        {
            for (int a = 0; a < dim; a++)
                Vectors.Axpy(onto[(i * dim) + a], x.AsSpan(i * dim, dim), m.AsSpan(a * dim, dim));
        }
        if (!Procrustes.Polar(m, dim))
            return false;
        for (int i = 0; i < count; i++)
        {
            x.AsSpan(i * dim, dim).CopyTo(row);
            for (int a = 0; a < dim; a++)
                x[(i * dim) + a] = Vectors.Dot(m.AsSpan(a * dim, dim), row);
        }
        return true;
    }

    /// <summary>
    /// The coordinate of each displacement along the first principal axis through 0, by power iteration that starts at the longest
    /// displacement.
    /// </summary>
    private static double[] PrincipalScores(double[][] moved)
    {
        int longest = 0;
        for (int k = 1; k < moved.Length; k++)
            longest = Vectors.Norm(moved[k]) > Vectors.Norm(moved[longest]) ? k : longest;
        double[] axis = [.. moved[longest]],
            scores = new double[moved.Length];
        double norm = Vectors.Norm(axis);
        if (!(norm > 1e-9))
            return scores;
        for (int step = 0; step < 100; step++)
        {
            for (int i = 0; i < axis.Length; i++)
                axis[i] /= norm;
            for (int k = 0; k < moved.Length; k++)
                scores[k] = Vectors.Dot(axis, moved[k]);
            Array.Clear(axis);
            for (int k = 0; k < moved.Length; k++)
                Vectors.Axpy(scores[k], moved[k], axis);
            norm = Vectors.Norm(axis);
        }
        return scores;
    }

    /// <summary>RMS change of the angles between the two ends of the drift, radians.</summary>
    private static double AngularRange(double[] unit, double[][] moved, double[] scores, int dim, int count)
    {
        int low = Array.IndexOf(scores, scores.Min()),
            high = Array.IndexOf(scores, scores.Max());
        double[] a = Moved(unit, moved[low], dim),
            b = Moved(unit, moved[high], dim);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double difference =
                    PairAngles.Angle(a.AsSpan(i * dim, dim), a.AsSpan(j * dim, dim))
                    - PairAngles.Angle(b.AsSpan(i * dim, dim), b.AsSpan(j * dim, dim));
                sum += difference * difference;
            }
        }
        return Math.Sqrt(2 * sum / (count * (count - 1.0)));
    }

    private static double[] Moved(double[] unit, double[] by, int dim)
    {
        double[] x = new double[unit.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = unit[i] + by[i];
        NormaliseRows(x, dim);
        return x;
    }

    /// <summary>Scales the rows of a row-major matrix with dim columns to unit length.</summary>
    public static void NormaliseRows(Span<double> x, int dim)
    {
        for (int i = 0; i < x.Length; i += dim)
        {
            Span<double> row = x.Slice(i, dim);
            double norm = Vectors.Norm(row);
            for (int k = 0; k < dim; k++)
                row[k] /= norm;
        }
    }

    /// <summary>
    /// Fits displacement ≈ c₀ + t·c₁ + t²·c₂ by least squares, where t runs from −1 to 1 over the members. The curve extends by a quarter
    /// of that on both sides, for members that other sweeps may have. Null where the fit is degenerate.
    /// </summary>
    private static FittedForm? Curve(string name, int dim, int count, SymmetricConfiguration symmetric, double[][] moved, double[] scores)
    {
        double low = scores.Min(),
            high = scores.Max(),
            centre = 0.5 * (low + high),
            half = 0.5 * (high - low);
        double[] powers = new double[5];
        double[][] right = [new double[moved[0].Length], new double[moved[0].Length], new double[moved[0].Length]];
        for (int k = 0; k < moved.Length; k++)
        {
            double t = (scores[k] - centre) / half,
                power = 1;
            for (int p = 0; p < 5; p++, power *= t)
            {
                powers[p] += power;
                if (p < 3)
                    Vectors.Axpy(power, moved[k], right[p]);
            }
        }
        var normal = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(3, 3, (a, b) => powers[a + b]);
        if (!(normal.ConditionNumber() < 1e8))
            return null;
        var inverse = normal.Inverse();
        double[][] c =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(a =>
                {
                    double[] sum = new double[moved[0].Length];
                    for (int b = 0; b < 3; b++)
                        Vectors.Axpy(inverse[a, b], right[b], sum);
                    return sum;
                }),
        ];
        Vectors.Axpy(1, symmetric.Unit, c[0]);
        Shape shape = CurveShape(name, dim, count, c[0], c[1], c[2], Margin);
        double[] typical = shape.Vertices();
        return new FittedForm(shape, symmetric with { Unit = typical }, c[1], c[2]) { Centre = c[0] };
    }

    /// <summary>A form that drifts: x(t) = unit(c₀ + t·c₁ + t²·c₂).</summary>
    public static Shape CurveShape(
        string name,
        int dim,
        int count,
        double[] centre,
        double[] slope,
        double[] bend,
        double range,
        ShapeSignificance? significance = null
    ) =>
        new(
            name,
            dim,
            count,
            new ShapeParameter("drift", -range, range, 0),
            (t, x) =>
            {
                for (int i = 0; i < count * dim; i++)
                    x[i] = centre[i] + (t * (slope[i] + (t * bend[i])));
                NormaliseRows(x[..(count * dim)], dim);
            },
            Source
        )
        {
            Significance = significance,
        };
}
