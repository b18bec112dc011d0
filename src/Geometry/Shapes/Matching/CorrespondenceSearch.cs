using Geometry.Decisions;

namespace Geometry.Shapes.Matching;

/// <summary>
/// The search for the best correspondence between data and a shape: images of a few base points are tried, each gives an orthogonal map,
/// and each map gives a correspondence.
/// </summary>
/// <remarks>
/// <para>
/// The base points are dim well-spread data vectors. The images of the first two are tried once per orbit of the automorphism group on
/// ordered pairs, and the image of each other one wherever its angles to those before agree within a tolerance, which widens in three
/// stages (8°, 16°, 30°). Each consistent image of all base points gives an orthogonal map (Procrustes), and the map gives a one-to-one
/// assignment (nearest vertices, or minimum cost where those collide). Map, assignment and the family's parameter are then fitted in turn
/// until the assignment no longer changes.
/// </para>
/// <para>
/// The search ends early when a correspondence is beyond doubt. Its residual must be below 1° or below half the shape's
/// <see cref="AmbiguityGap"/>: residuals are Euclidean distances between angle vectors, so by the triangle inequality every near-symmetry
/// of the shape does worse. And no exchange of two vertices may do better, which is certain when every vector is nearer to its vertex than
/// a quarter of the smallest separation, and is tried otherwise. Without such a correspondence the search goes on within its budget, from
/// up to three sets of base points while nothing plausible (below 12°) is found, and exchanges of two vertices are tried at the end.
/// </para>
/// </remarks>
internal sealed class CorrespondenceSearch
{
    private const double Degree = Math.PI / 180;
    private const int MaxRounds = 12;

    // A correspondence that is worse than the best one by more than this, in radians, is given up: Hopeless in the first round, Worse in
    // later rounds, Close before its parameter is polished. Of some thousand correspondences that became the best, none was worse by more
    // than 4.5°, 1.7° and 0.3° there.
    private const double Hopeless = 5 * Degree,
        Worse = 2 * Degree,
        Close = 0.5 * Degree;

    private int[] _base = [];
    private int[] _image = [];
    private int[] _previous = [];
    private DecisionConstants _constants = DecisionConstants.Default;
    private double _tolerance,
        _skipBelow,
        _ignoreBelow,
        _settleBelow;
    private SearchBudget _budget;
    private int _leaves,
        _nodes;
    private bool _settled;
    private readonly RowGuide _guide = new();
    private bool _isGuided;

    public Correspondence State { get; } = new();

    /// <summary>Number of orthogonal maps that a full search may try.</summary>
    public static int FullBudget(int count, DecisionConstants constants) =>
        Math.Max(constants.Limits.LeastCorrespondences, constants.Limits.Correspondences / (count * count));

    /// <summary>Searches; the result is in <see cref="State"/>.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="budget">Number of orthogonal maps that may be tried.</param>
    /// <param name="constants">The numbers that decide when to stop.</param>
    /// <param name="ignoreBelow">Radians; correspondences with a smaller residual do not count. From 0 on the search looks for
    /// near-symmetries and uses its whole budget.</param>
    /// <param name="settleBelow">Radians; a correspondence with a smaller residual ends the search. NaN: only one that is beyond doubt
    /// does.</param>
    /// <param name="guess">A correspondence to begin with, and the pose that it belongs to; null for none.</param>
    public void Run(
        ShapeGeometry shape,
        SearchBudget budget,
        DecisionConstants constants,
        double ignoreBelow = -1,
        double settleBelow = double.NaN,
        RowBound? guess = null
    )
    {
        Correspondence s = State;
        s.Begin(shape);
        _constants = constants;
        _isGuided = shape.IsGuided;
        (_budget, _leaves, _nodes, _settled, _ignoreBelow, _settleBelow) = (budget, 0, 0, false, ignoreBelow, settleBelow);
        if (_base.Length < s.Dim)
            (_base, _image) = (new int[s.Dim], new int[s.Dim]);
        if (_previous.Length < s.Count)
            _previous = new int[s.Count];
        if (guess is not null)
            Follow(guess);
        Span<int> order = stackalloc int[shape.Poses.Length];
        OrderPoses(order);
        double taken = double.PositiveInfinity;
        for (int attempt = 0; attempt < constants.Limits.Bases && !_settled; attempt++)
        {
            int first = NextOutlying(ref taken);
            if (first < 0 || BasePoints.Choose(s.Unit, s.Dim, s.Count, first, s.Rest, _base) < 1e-6)
                break;
            (_leaves, _nodes) = (0, 0);
            FromBasePoints(shape, order);
            if (s.BestResidual < Plausible || budget.Most < FullBudget(s.Count, constants))
                break;
        }
        if (ignoreBelow < 0 && !_settled)
            Exchanges.Improve(s);
    }

    private double Plausible => _constants.PlausibleDegrees * Degree;

    /// <summary>
    /// Starts from a correspondence, and fits rotation and assignment in turn until the assignment no longer changes. The result is in
    /// <see cref="State"/>.
    /// </summary>
    /// <param name="shape">A rigid shape.</param>
    /// <param name="guess">The vertex of each direction.</param>
    /// <returns>The residual, radians; +∞ where the guess does not determine a rotation.</returns>
    public double Try(ShapeGeometry shape, ReadOnlySpan<int> guess)
    {
        Correspondence s = State;
        s.ComputeAngles();
        s.Begin(shape);
        if (_previous.Length < s.Count)
            _previous = new int[s.Count];
        s.UsePose(shape.Poses[0]);
        guess.CopyTo(s.Trial);
        for (int round = 0; round < MaxRounds; round++)
        {
            Array.Copy(s.Trial, _previous, s.Count);
            if (!s.Align() || !s.AssignNearest(s.Count))
                return s.BestResidual;
            if (s.Trial.AsSpan(0, s.Count).SequenceEqual(_previous.AsSpan(0, s.Count)))
                break;
        }
        s.Keep(s.Residual());
        return s.BestResidual;
    }

    private bool Done =>
        _settled
        || _leaves >= _budget.Most
        || (_leaves >= _budget.Enough && _budget.IsDecided(State.BestResidual))
        || _nodes >= _constants.Limits.Nodes;

    private void FromBasePoints(ShapeGeometry shape, ReadOnlySpan<int> poses)
    {
        _skipBelow = -1;
        double first = _constants.Limits.FirstTolerance * Degree,
            last = _constants.Limits.LastTolerance * Degree;
        foreach (double tolerance in (ReadOnlySpan<double>)[first, 2 * first, last])
        {
            _tolerance = tolerance;
            foreach (int pose in poses)
                Start(shape, shape.Poses[pose]);
            if (Done)
                break;
            _skipBelow = tolerance;
        }
    }

    // The vector with the largest sum of squared angles to the others that is below the sum taken before. The choice does not depend on the
    // order of the vectors.
    private int NextOutlying(ref double taken)
    {
        Correspondence s = State;
        int best = -1;
        double largest = -1;
        for (int i = 0; i < s.Count; i++)
        {
            double sum = 0;
            for (int j = 0; j < s.Count; j++)
                sum += s.Angles[i * s.Count + j] * s.Angles[i * s.Count + j];
            if (sum > largest + 1e-9 && sum < taken - 1e-9)
                (best, largest) = (i, sum);
        }
        taken = largest;
        return best;
    }

    // Poses in the order of their lower bounds, by insertion sort.
    private void OrderPoses(Span<int> order)
    {
        ShapePose[] poses = State.Shape.Poses;
        Span<double> bounds = stackalloc double[poses.Length];
        for (int k = 0; k < poses.Length; k++)
        {
            double bound = PairAngles.LowerBound(State.Sorted, poses[k].Sorted);
            int at = k;
            for (; at > 0 && bounds[at - 1] > bound; at--)
                (bounds[at], order[at]) = (bounds[at - 1], order[at - 1]);
            (bounds[at], order[at]) = (bound, k);
        }
    }

    private void Start(ShapeGeometry shape, ShapePose pose)
    {
        double angle = State.Angles[_base[0] * State.Count + _base[1]];
        if (_isGuided)
            _guide.Rank(State.Angles, _base.AsSpan(0, State.Dim), pose, shape.PairStarts);
        for (int start = 0; start < shape.PairStarts.Length; start++)
        {
            if (Done)
                return;
            (int first, int second) = shape.PairStarts[_isGuided ? _guide.Starts(shape.PairStarts.Length)[start] : start];
            double deviation = Math.Abs(pose.Angles[first * State.Count + second] - angle);
            if (deviation > _tolerance)
                continue;
            (_image[0], _image[1]) = (first, second);
            Extend(pose, 2, deviation);
        }
    }

    private void Extend(ShapePose pose, int level, double worst)
    {
        int c = State.Count;
        if (level == State.Dim)
        {
            if (worst > _skipBelow)
                Leaf(pose);
            return;
        }
        for (int rank = 0; rank < c && !Done; rank++)
        {
            int v = _isGuided ? _guide.Vertices(level)[rank] : rank;
            _nodes++;
            double deviation = worst;
            bool fits = true;
            for (int k = 0; k < level && fits; k++)
            {
                deviation = Math.Max(deviation, Math.Abs(pose.Angles[_image[k] * c + v] - State.Angles[_base[k] * c + _base[level]]));
                fits = _image[k] != v && deviation <= _tolerance;
            }
            if (!fits)
                continue;
            _image[level] = v;
            Extend(pose, level + 1, deviation);
        }
    }

    private void Leaf(ShapePose pose)
    {
        Correspondence s = State;
        _leaves++;
        s.UsePose(pose);
        if (s.AlignBase(_base.AsSpan(0, s.Dim), _image.AsSpan(0, s.Dim)))
            Descend();
    }

    private void Follow(RowBound guess)
    {
        Correspondence s = State;
        s.UsePose(guess.Pose);
        guess.Partner.CopyTo(s.Trial);
        if (s.Align())
            Descend();
    }

    /// <summary>
    /// Fits assignment, parameter and rotation in turn until the assignment no longer changes, and keeps it where it is the best so far.
    /// </summary>
    private void Descend()
    {
        Correspondence s = State;
        for (int round = 0; round < MaxRounds; round++)
        {
            if (!s.AssignNearest(round == 0 && s.Count > 16 ? s.Count / 4 : s.Count))
                return;
            if (s.TrialIsBest() || s.Residual() > s.BestResidual + (round == 0 ? Hopeless : Worse))
                return;
            if (round > 0 && s.Trial.AsSpan(0, s.Count).SequenceEqual(_previous.AsSpan(0, s.Count)))
                break;
            Array.Copy(s.Trial, _previous, s.Count);
            s.FitParameter(polish: false);
            if (!s.Align())
                return;
        }
        double residual = s.Residual();
        if (s.Shape.Shape.Parameter is not null && residual < s.BestResidual + Close)
        {
            s.FitParameter(polish: true, needed: s.Pairs * (residual - s.BestResidual) * (residual + s.BestResidual));
            residual = s.Residual();
        }
        if (residual >= s.BestResidual || residual < _ignoreBelow)
            return;
        s.Keep(residual);
        if (_ignoreBelow >= 0 || (residual >= _constants.Limits.NegligibleDegrees * Degree && residual >= Doubtful(s)))
            return;
        if (s.Displacement() >= 2 * Elementary.Sin(SmallestAngle(s) / 8))
            Exchanges.Improve(s);
        _settled = true;
    }

    private double Doubtful(Correspondence s) => double.IsNaN(_settleBelow) ? Math.Min(s.Shape.Gap / 2, Plausible) : _settleBelow;

    // Smallest angle between two vertices of the member, radians. A quarter of it is the chord 2 sin(angle/8).
    private static double SmallestAngle(Correspondence s)
    {
        double smallest = Math.PI;
        for (int k = 0; k < s.Shape.Classes.Count; k++)
            smallest = Math.Min(smallest, s.ClassAngles[k]);
        return smallest;
    }
}

/// <summary>How many orthogonal maps a search may try.</summary>
/// <param name="Most">The number while it is open whether there is an acceptable correspondence.</param>
/// <param name="Enough">The number once that is decided.</param>
/// <param name="Acceptable">A residual that is acceptable, radians.</param>
/// <param name="Hopeless">A best residual above this, after that number of maps, leaves no hope of an acceptable one, radians.</param>
internal readonly record struct SearchBudget(int Most, int Enough, double Acceptable, double Hopeless)
{
    /// <summary>A fixed number of maps, whatever is found.</summary>
    public static implicit operator SearchBudget(int most) => new(most, most, 0, 0);

    /// <summary>Whether the best residual so far decides if there is an acceptable correspondence.</summary>
    public bool IsDecided(double best) => best <= Acceptable || best > Hopeless;
}
