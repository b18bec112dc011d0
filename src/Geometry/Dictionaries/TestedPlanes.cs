using Geometry.Clustering;
using Geometry.Numerics;
using MathNet.Numerics;

namespace Geometry.Dictionaries;

/// <summary>A plane with its significance.</summary>
/// <param name="Plane">The plane.</param>
/// <param name="LogP">ln p.</param>
/// <param name="LogQ">ln q.</param>
/// <param name="Inside">Indices, among the planes found, of the smaller planes that it contains.</param>
internal sealed record TestedPlane(FittedPlane Plane, double LogP, double LogQ, int[] Inside);

/// <summary>Tests planes against the null model, and planes that share directions against each other.</summary>
/// <remarks>
/// <para>
/// A circle of features makes every 3-plane through it and one more feature look crowded, and features spread over a 3-plane make some
/// 2-plane and some line in it look crowded. So planes are taken in the order of their significance, and each is tested given the accepted
/// planes with which it is nested. A plane that contains a smaller one is accepted if its further members are improbable
/// (<see cref="PlaneEvidence"/>). A plane inside a larger one is accepted if it holds more of the larger one's members than an even
/// distribution over it would give (<see cref="CrowdInside"/>). Where neither of two is significant given the other, the smaller one is
/// accepted if its directions lie as near to it as to the larger one. The reported p is the largest of these. Two planes that share a
/// feature span a larger one, which is accepted only if further members are improbable given both.
/// </para>
/// <para>
/// Two planes are nested where the number of the smaller one's members in the larger one exceeds the smaller dimension. The tries of
/// dimension k are all C(n, k) subsets, because the search misses none that holds a further direction. The rate applies to each dimension
/// by itself.
/// </para>
/// </remarks>
internal sealed class TestedPlanes
{
    /// <summary>
    /// The factor by which directions may lie farther from a smaller plane than from a larger one, if the smaller one is to explain them.
    /// </summary>
    private const double SameDistance = 1.1;

    private readonly UnitDirections _directions;
    private readonly PlaneEvidence _evidence;
    private readonly List<FittedPlane> _planes;
    private readonly double _rate;
    private readonly double[] _tries,
        _logP;
    private readonly PlaneTail[] _tails;
    private readonly Dictionary<int, List<int>> _holding = [];

    /// <summary>Computes p of each plane by itself.</summary>
    internal TestedPlanes(
        UnitDirections directions,
        NeighbourGraph graph,
        Populations chance,
        List<FittedPlane> planes,
        PlaneSearchOptions options,
        int threads,
        CancellationToken cancellation
    )
    {
        (_directions, _planes, _rate) = (directions, planes, options.FalseDiscoveryRate);
        _evidence = new PlaneEvidence(directions, graph, chance);
        int most = planes.Select(p => p.Dim).DefaultIfEmpty(0).Max();
        _tries = [.. Enumerable.Range(0, most + 1).Select(k => SpecialFunctions.BinomialLn(directions.Count, k))];
        _logP = new double[planes.Count];
        _tails = PlaneTail.Of(
            chance,
            directions.Count,
            planes,
            PlaneShares.Largest(directions, graph, planes, PlaneTail.Rank, threads, cancellation),
            threads
        );
        int done = 0;
        Workers.For(
            planes.Count,
            1,
            threads,
            static () => 0,
            (i, _) =>
            {
                cancellation.ThrowIfCancellationRequested();
                _logP[i] = _evidence.LogP(planes[i], [], _tails[i]);
                options.Progress?.Invoke("significance", (double)Interlocked.Increment(ref done) / planes.Count);
            }
        );
    }

    /// <summary>The planes with q ≤ the rate, sorted by q, then by p.</summary>
    internal List<TestedPlane> Significant(CancellationToken cancellation)
    {
        double[] alone = Rates(_logP);
        int[] order = [.. Enumerable.Range(0, _planes.Count).Where(i => alone[i] <= Elementary.Log(_rate))];
        // The planes come in a fixed order, which decides ties.
        foreach (int i in order.OrderBy(i => _logP[i] + _tries[_planes[i].Dim]))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] nested = Nested(i);
            var displaced = new List<int>();
            if (!nested.All(j => Stands(i, j, displaced)))
                continue;
            foreach (int j in displaced)
                Drop(j);
            foreach (int member in _planes[i].Members)
            {
                if (!_holding.TryGetValue(member, out List<int>? list))
                    _holding[member] = list = [];
                list.Add(i);
            }
        }
        // The span of two smaller planes with a feature in common is no plane by itself.
        foreach (int i in Standing())
        {
            if (!IsSignificant(i, GivenTwo(i)))
                Drop(i);
        }
        int[] kept = Standing();
        double[] given = new double[_planes.Count];
        foreach (int i in kept)
            given[i] = Nested(i).Select(j => Given(i, j)).Append(_logP[i]).Max();
        double[] rates = Rates(given);
        int[] found = [.. kept.Where(i => rates[i] <= Elementary.Log(_rate)).OrderBy(i => rates[i]).ThenBy(i => given[i])];
        int[] place = new int[_planes.Count];
        Array.Fill(place, -1);
        for (int at = 0; at < found.Length; at++)
            place[found[at]] = at;
        return
        [
            .. found.Select(i => new TestedPlane(
                _planes[i],
                given[i],
                rates[i],
                [.. Nested(i).Where(j => place[j] >= 0 && _planes[j].Dim < _planes[i].Dim).Select(j => place[j]).Order()]
            )),
        ];
    }

    /// <summary>
    /// Whether a plane is accepted given another one with which it is nested. Where the other is no longer accepted then, it is added to
    /// <paramref name="displaced"/>.
    /// </summary>
    private bool Stands(int i, int other, List<int> displaced)
    {
        bool stands = IsSignificant(i, Given(i, other)),
            otherStands = IsSignificant(other, Given(other, i));
        if (!stands && !otherStands)
        {
            // Each explains the other: the smaller plane is real where its directions lie as near to it as to the larger one.
            (FittedPlane smaller, FittedPlane larger) =
                _planes[i].Dim < _planes[other].Dim ? (_planes[i], _planes[other]) : (_planes[other], _planes[i]);
            stands = smaller.Noise <= SameDistance * larger.Noise == (_planes[i].Dim < _planes[other].Dim);
        }
        if (stands && !otherStands)
            displaced.Add(other);
        return stands;
    }

    private int[] Standing() => [.. _holding.Values.SelectMany(x => x).Distinct().Order()];

    /// <summary>
    /// The largest ln p of a plane given any two smaller ones in it that share enough members for their span to be no larger than the
    /// plane; ln p alone where there are no such planes.
    /// </summary>
    private double GivenTwo(int i)
    {
        int[] smaller = [.. Nested(i).Where(j => _planes[j].Dim < _planes[i].Dim)];
        double most = _logP[i];
        for (int a = 0; a < smaller.Length; a++)
        {
            for (int b = 0; b < a; b++)
            {
                (FittedPlane one, FittedPlane two) = (_planes[smaller[a]], _planes[smaller[b]]);
                int shared = one.Members.Intersect(two.Members).Count();
                if (shared > 0 && one.Dim + two.Dim - shared <= _planes[i].Dim)
                    most = Math.Max(most, _evidence.LogP(_planes[i], [.. one.Members.Union(two.Members).Order()], _tails[i]));
            }
        }
        return most;
    }

    private bool IsSignificant(int i, double logP) => logP + _tries[_planes[i].Dim] <= Elementary.Log(_rate);

    private void Drop(int plane)
    {
        foreach (int member in _planes[plane].Members)
            _holding[member].Remove(plane);
    }

    /// <summary>ln q of the planes, with the tries of their dimension.</summary>
    private double[] Rates(double[] logP)
    {
        double[] rates = new double[logP.Length];
        for (int k = 1; k < _tries.Length; k++)
        {
            int[] family = [.. Enumerable.Range(0, _planes.Count).Where(i => _planes[i].Dim == k)];
            double[] q = BenjaminiHochberg.LogQ([.. family.Select(i => logP[i])], _tries[k]);
            for (int at = 0; at < family.Length; at++)
                rates[family[at]] = q[at];
        }
        return rates;
    }

    /// <summary>The accepted planes of other dimensions with which a plane is nested.</summary>
    private int[] Nested(int i)
    {
        var shared = new Dictionary<int, int>();
        foreach (int member in _planes[i].Members)
        {
            foreach (int j in _holding.GetValueOrDefault(member) ?? [])
            {
                if (_planes[j].Dim != _planes[i].Dim)
                    shared[j] = shared.GetValueOrDefault(j) + 1;
            }
        }
        return [.. shared.Where(x => x.Value > Math.Min(_planes[i].Dim, _planes[x.Key].Dim)).Select(x => x.Key).Order()];
    }

    /// <summary>ln p of a plane given another one with which it is nested.</summary>
    private double Given(int i, int other) =>
        Math.Min(
            0,
            _planes[other].Dim < _planes[i].Dim
                ? _evidence.LogP(_planes[i], _planes[other].Members, _tails[i])
                : CrowdInside.LogP(_directions, _planes[i], _planes[other]) - _tries[_planes[i].Dim]
        );
}
