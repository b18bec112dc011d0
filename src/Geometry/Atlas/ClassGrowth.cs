using Geometry.Shapes;
using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>
/// Grows one class out of the landmarks of a cluster that have no class yet: a form is fitted, the landmarks within its tolerance are
/// taken, and both are repeated until nothing changes.
/// </summary>
/// <remarks>
/// The class starts at the landmark with the most copies, the seed. One comparison per landmark puts its directions in the order of the
/// seed's. From then on the residual of a member needs no search, because the directions of the form have that order too. It is the
/// residual of that correspondence: an upper bound of the smallest residual, and equal to it while members are nearer to the form than the
/// form is to itself under other permutations.
/// </remarks>
internal sealed class ClassGrowth
{
    private const int MostRounds = 24;

    /// <summary>The copies of a landmark agree within a quarter of the tolerance, so this many of them suffice for the mean.</summary>
    private const int MostCopies = 32;

    /// <summary>A landmark farther from the seed than this many tolerances is never taken, however the form drifts.</summary>
    private const double Reach = 4;

    private readonly LandmarkCover _cover;
    private readonly double _tolerance;
    private readonly int _seed;
    private readonly Dictionary<int, int[]?> _toSeed = [];
    private readonly CongruenceSearch _search;

    /// <param name="cover">The configurations.</param>
    /// <param name="open">The landmarks without a class; at least one.</param>
    /// <param name="tolerance">Degrees.</param>
    public ClassGrowth(LandmarkCover cover, IReadOnlyCollection<int> open, double tolerance)
    {
        (_cover, _tolerance, _search) = (cover, tolerance, new CongruenceSearch(tolerance));
        _seed = open.MaxBy(l => (cover.Copies[l].Count, -l));
        Landmarks = [_seed];
        FittedForm form = Fit();
        for (int round = 0; round < MostRounds; round++)
        {
            Landmark[] ends = Ends(form);
            List<int> within = [_seed, .. open.Where(l => l != _seed && IsWithin(form, ends, l))];
            if (round > 0 && within.SequenceEqual(Landmarks))
                break;
            Landmarks = within;
            form = Fit();
        }
        (FormMember Member, double[] Angles)[] members =
        [
            .. Landmarks
                .SelectMany(l => _cover.Copies[l].Select(i => Measured(form, i, ToSeed(l)!)))
                .Where(m => m.Member.ResidualDegrees <= tolerance)
                .OrderBy(m => m.Member.Item),
        ];
        var angles = new OrbitAngles(form.Symmetric.PairOrbits, cover.Count);
        foreach ((FormMember _, double[] own) in members)
            angles.Add(own);
        Class = new CongruenceClass(form, [.. members.Select(m => m.Member)], angles.Of());
    }

    /// <summary>The class.</summary>
    public CongruenceClass Class { get; }

    /// <summary>The landmarks of the class, the seed included.</summary>
    public List<int> Landmarks { get; private set; }

    /// <summary>
    /// Whether a landmark is within the tolerance of the form, in the order of the seed or in the order that suits an end of the drift. Far
    /// along a drift, the best correspondence with the seed may no longer be the best one with the form.
    /// </summary>
    private bool IsWithin(FittedForm form, Landmark[] ends, int landmark)
    {
        int item = _cover.Centres[landmark];
        if (ToSeed(landmark) is { } order && Member(form, item, order).ResidualDegrees <= _tolerance)
            return true;
        int[] other = new int[_cover.Count];
        foreach (Landmark end in ends)
        {
            if (!(_search.Residual(_cover.Items[item], _cover.Print(landmark), end, _tolerance, other) <= _tolerance))
                continue;
            _toSeed[landmark] = other;
            return true;
        }
        return false;
    }

    private Landmark[] Ends(FittedForm form) =>
        form.Shape.Parameter is not { } range
            ? []
            :
            [
                .. ((double[])[range.Low, range.High]).Select(t =>
                {
                    double[] unit = form.Shape.Vertices(t);
                    return new Landmark(
                        new Shape("end", _cover.Dim, _cover.Count, unit, "an end of a drift"),
                        new AngleFingerprint(unit, _cover.Dim, _cover.Count)
                    );
                }),
            ];

    private FittedForm Fit()
    {
        List<double[]> members =
        [
            .. Landmarks.SelectMany(l => _cover.Copies[l].Take(MostCopies).Select(i => _cover.Placed(i, ToSeed(l)!))),
        ];
        return FormFit.Of("form", _cover.Dim, _cover.Count, members, _tolerance);
    }

    /// <summary>
    /// For each direction of a landmark, the direction of the seed that it corresponds to; null where the landmark is too far away.
    /// </summary>
    private int[]? ToSeed(int landmark)
    {
        if (_toSeed.TryGetValue(landmark, out int[]? order))
            return order;
        order = new int[_cover.Count];
        if (landmark == _seed)
        {
            for (int v = 0; v < order.Length; v++)
                order[v] = v;
        }
        else if (!(_cover.Residual(landmark, _seed, Reach * _tolerance, order) <= Reach * _tolerance))
        {
            order = null;
        }
        _toSeed.Add(landmark, order);
        return order;
    }

    private FormMember Member(FittedForm form, int item, int[] order) => Measured(form, item, order).Member;

    private (FormMember Member, double[] Angles) Measured(FittedForm form, int item, int[] order)
    {
        double[] angles = new double[_cover.Count * _cover.Count];
        PairAngles.Fill(_cover.Placed(item, order), _cover.Dim, _cover.Count, angles);
        (double residual, double parameter) = form.Residual(angles);
        return (new FormMember(item, double.RadiansToDegrees(residual), parameter), angles);
    }
}
