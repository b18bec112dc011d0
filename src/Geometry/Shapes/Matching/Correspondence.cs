namespace Geometry.Shapes.Matching;

/// <summary>
/// The state of a match on one thread: the data (unit vectors, their angles), one trial correspondence with a shape and the best one so
/// far. Buffers are kept between matches and grow to the largest size seen.
/// </summary>
/// <remarks>
/// Layouts: vectors row-major count×dim, angles row-major count×count. A correspondence a sends data vector i to vertex <c>a[i]</c>. One
/// instance serves one thread.
/// </remarks>
internal sealed partial class Correspondence
{
    private readonly LinearAssignment _assignment = new();
    private double[] _dots = [],
        _byAxis = [];
    private bool _anglesReady,
        _sortedReady,
        _rowsReady;
    private int[] _taken = [];
    private double[] _classSums = [];
    private double[] _scratch = [];
    private LineSystem? _lines;
    private RowBound? _rows;

    public ShapeGeometry Shape { get; private set; } = null!;

    public int Dim { get; private set; }

    public int Count { get; private set; }

    public double[] Unit { get; private set; } = [];

    public double[] Angles { get; private set; } = [];

    public double[] Sorted { get; private set; } = [];

    /// <summary>Scratch, count·dim entries, for the choice of base points and the fit of the parameter.</summary>
    public double[] Rest { get; private set; } = [];

    /// <summary>Vertices of the member of the shape's family that is being tried, row-major count×dim.</summary>
    public double[] Member { get; private set; } = [];

    public double[] Rotated { get; private set; } = [];

    public double[] Rotation { get; private set; } = [];

    public double[] ClassAngles { get; private set; } = [];

    public double Parameter { get; private set; }

    public int[] Trial { get; private set; } = [];

    public int[] Best { get; private set; } = [];

    /// <summary>Residual of <see cref="Best"/>, radians; +∞ before there is one.</summary>
    public double BestResidual { get; private set; }

    public double BestParameter { get; private set; }

    /// <summary>Takes the data, which have unit length or are scaled to it in <see cref="Unit"/> afterwards.</summary>
    public void Load(ReadOnlySpan<double> vectors, int dim, int count)
    {
        (Dim, Count) = (dim, count);
        if (Unit.Length < count * dim)
        {
            (Unit, Rest, Member, Rotated) = (
                new double[count * dim],
                new double[count * dim],
                new double[count * dim],
                new double[count * dim]
            );
        }
        if (Trial.Length < count)
            (Trial, Best, _taken) = (new int[count], new int[count], new int[count]);
        if (Rotation.Length < dim * dim)
            Rotation = new double[dim * dim];
        vectors.CopyTo(Unit);
        (_anglesReady, _sortedReady, _rowsReady) = (false, false, false);
    }

    /// <summary>Number of unordered pairs.</summary>
    public int Pairs => Count * (Count - 1) / 2;

    /// <summary>Fills <see cref="Angles"/>, once per load.</summary>
    public void ComputeAngles()
    {
        if (_anglesReady)
            return;
        _anglesReady = true;
        if (Angles.Length < Count * Count)
            Angles = new double[Count * Count];
        PairAngles.Fill(Unit, Dim, Count, Angles);
    }

    /// <summary>Fills <see cref="Sorted"/> (and <see cref="Angles"/>), once per load.</summary>
    public void SortAngles()
    {
        ComputeAngles();
        if (_sortedReady)
            return;
        _sortedReady = true;
        if (Sorted.Length < Pairs)
            Sorted = new double[Pairs];
        PairAngles.Sorted(Angles, Count, Sorted);
    }

    /// <summary>The lower bound by the angles at each direction, for the data that are loaded.</summary>
    public RowBound Rows
    {
        get
        {
            _rows ??= new RowBound();
            if (_rowsReady)
                return _rows;
            _rowsReady = true;
            ComputeAngles();
            _rows.Load(Angles.AsSpan(0, Count * Count), Count);
            return _rows;
        }
    }

    /// <summary>The lines of the data, for shapes that consist of opposite pairs; made on first use.</summary>
    public LineSystem Lines => _lines ??= new LineSystem();

    /// <summary>Scratch, count entries.</summary>
    public Span<int> Holders => _taken.AsSpan(0, Count);

    /// <summary>Scratch of the given size, which keeps its contents until the next call.</summary>
    public Span<double> Scratch(int size)
    {
        if (_scratch.Length < size)
            _scratch = new double[size];
        return _scratch.AsSpan(0, size);
    }

    public void Begin(ShapeGeometry shape)
    {
        Shape = shape;
        BestResidual = double.PositiveInfinity;
        BestParameter = double.NaN;
        if (ClassAngles.Length < shape.Classes.Count)
            (ClassAngles, _classSums) = (new double[shape.Classes.Count], new double[shape.Classes.Count]);
    }

    public void UsePose(ShapePose pose)
    {
        Parameter = pose.Parameter;
        pose.Vertices.CopyTo(Member.AsSpan());
        pose.ClassAngles.CopyTo(ClassAngles.AsSpan());
    }

    public void UseParameter(double parameter)
    {
        Parameter = parameter;
        Shape.Classes.Angles(parameter, Member.AsSpan(0, Count * Dim), ClassAngles);
    }

    /// <summary>Fits the family's parameter to the trial; nothing to do for a rigid shape.</summary>
    /// <param name="polish">Whether to fit to machine precision, and not only by a parabola between the poses.</param>
    /// <param name="needed">By how much the sum of the squared differences of the angles has to fall for a polished fit to be worth its
    /// cost.</param>
    public void FitParameter(bool polish, double needed = 0)
    {
        if (Shape.Shape.Parameter is null)
            return;
        ReadOnlySpan<int> classOf = Shape.Classes.ClassOf,
            sizes = Shape.Classes.Sizes;
        Span<double> means = _classSums.AsSpan(0, sizes.Length);
        means.Clear();
        for (int i = 0; i < Count; i++)
        {
            for (int j = i + 1; j < Count; j++)
                means[classOf[Trial[i] * Count + Trial[j]]] += Angles[i * Count + j];
        }
        for (int k = 0; k < means.Length; k++)
            means[k] /= sizes[k];
        ShapeParameter range = Shape.Shape.Parameter;
        UseParameter(Math.Clamp(FamilyFit.Coarse(Shape, means), range.Low, range.High));
        if (polish)
            Parameter = FamilyFit.Polish(
                Shape,
                means,
                Parameter,
                Member.AsSpan(0, Count * Dim),
                ClassAngles.AsSpan(0, sizes.Length),
                Rest.AsSpan(0, Count * Dim),
                needed
            );
    }

    /// <summary>RMS over pairs of the difference between the data's angles and the member's under the trial, radians.</summary>
    public double Residual()
    {
        int c = Count;
        ReadOnlySpan<int> classOf = Shape.Classes.ClassOf;
        double sum = 0;
        for (int i = 0; i < c; i++)
        {
            ReadOnlySpan<int> row = classOf.Slice(Trial[i] * c, c);
            for (int j = i + 1; j < c; j++)
            {
                double difference = Angles[i * c + j] - ClassAngles[row[Trial[j]]];
                sum += difference * difference;
            }
        }
        return Math.Sqrt(sum / (c * (c - 1) / 2));
    }

    public bool TrialIsBest() => BestResidual < double.PositiveInfinity && Trial.AsSpan(0, Count).SequenceEqual(Best.AsSpan(0, Count));

    public void Keep(double residual)
    {
        BestResidual = residual;
        BestParameter = Parameter;
        Array.Copy(Trial, Best, Count);
    }

    public void RestoreBest()
    {
        Array.Copy(Best, Trial, Count);
        if (Shape.Shape.Parameter is null)
            UsePose(Shape.Poses[0]);
        else
            UseParameter(BestParameter);
    }
}
