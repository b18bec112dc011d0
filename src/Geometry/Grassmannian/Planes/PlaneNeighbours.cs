using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian.Planes;

/// <summary>What a walk does with each ε-neighbour of a plane.</summary>
internal interface INeighbourVisitor
{
    /// <summary>Receives the index of a neighbour among the survivors and its squared distance; returns false to stop the walk.</summary>
    bool Visit(int neighbour, double squared);
}

/// <summary>
/// Walks the ε-neighbours of one plane S among the surviving subsets: a workspace for one thread, allocation-free after construction.
/// </summary>
/// <remarks>
/// <para>Any neighbour T is a k-subset of flat(S), and with Gram–Schmidt vectors q_i of T, d(S,T)² = Σ_i ‖(I−P_S)q_i‖²: a sum of k
/// non-negative terms along the prefix of T, so that a whole subtree ends when the sum exceeds ε². For a prefix the workspace holds, for
/// every j of the flat, n_j = ‖x_j − its part in the prefix‖² and h_j = the squared S-residual of that vector; appending j adds h_j/n_j.
/// Rows of inner products (c_j with q, e_j between S-residuals) are computed when a prefix is entered, O(k·|flat|).</para>
/// <para>Memory: O(k·n).</para>
/// </remarks>
internal sealed class PlaneNeighbours
{
    /// <summary>
    /// A flat is small when it holds at most this many features more than a subset: all its subsets are then visited quickly.
    /// </summary>
    internal const int SmallFlat = 5;

    /// <summary>
    /// How far wide walks look, in units of ε: out to Far where the flat stays small even so, which lets one walk settle all votes for a
    /// noisy plane, and out to Near elsewhere.
    /// </summary>
    private const double Near = 1.25,
        Far = 3;

    private readonly PlaneProblem _problem;
    private readonly SubsetIndex _index;
    private readonly ushort[] _survivors;
    private readonly int[] _subset,
        _candidate;
    private readonly double[] _factor,
        _projections,
        _basis,
        _other;
    private readonly double[] _norms,
        _residuals,
        _c,
        _e,
        _power;
    private double _walkLimit;
    private bool _exact;
    private int _self;

    internal PlaneNeighbours(PlaneProblem problem, SubsetIndex index, ushort[] survivors)
    {
        (_problem, _index, _survivors) = (problem, index, survivors);
        int k = problem.K,
            stride = problem.Stride;
        (_subset, _candidate, Flat) = (new int[k], new int[k], new int[stride]);
        (_factor, _projections) = (new double[k * k], new double[k * stride]);
        (_basis, _other) = (new double[k * problem.M], new double[k * problem.M]);
        (_norms, _residuals, _c, _e, _power) = (
            new double[k * stride],
            new double[k * stride],
            new double[k * stride],
            new double[k * stride],
            new double[k]
        );
    }

    /// <summary>flat(S), ascending, in the first <see cref="FlatCount"/> places.</summary>
    internal int[] Flat { get; }

    internal int FlatCount { get; private set; }

    /// <summary>How far a walk of the loaded plane looks, in units of ε: 1 unless it was loaded wide.</summary>
    internal double Horizon { get; private set; }

    private double Beyond => _problem.EpsilonSquared * ((Horizon * Horizon) - 1);

    /// <summary>
    /// Makes survivor <paramref name="self"/> the plane whose neighbours are asked for, within ε or, when wide, out to the horizon.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Load(int self, bool wide)
    {
        int k = _problem.K,
            stride = _problem.Stride;
        _self = self;
        for (int i = 0; i < k; i++)
            _subset[i] = _survivors[((long)self * k) + i];
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j <= i; j++)
                _factor[(i * k) + j] = _problem.Gram[(_subset[i] * stride) + _subset[j]];
        }
        SmallCholesky.Factor(_factor, k);
        Horizon = wide ? Far : 1;
        FlatCount = FlatCoordinates.Flat(_problem, _subset, _factor, _problem.FlatSquared + Beyond, _projections, _residuals, Flat);
        if (wide && FlatCount > k + SmallFlat)
            Narrow(Near);
        _norms.AsSpan(0, FlatCount).Fill(1);
        _basis[0] = double.NaN;
    }

    /// <summary>Draws the horizon in (to 1 for walks that are not wide), and takes out of the flat what lies beyond it.</summary>
    internal void Narrow(double horizon)
    {
        Horizon = horizon;
        double limit = _problem.FlatSquared + Beyond;
        int k = _problem.K,
            stride = _problem.Stride,
            count = 0;
        for (int p = 0; p < FlatCount; p++)
        {
            if (!(_residuals[p] <= limit))
                continue;
            (Flat[count], _residuals[count]) = (Flat[p], _residuals[p]);
            for (int i = 0; i < k; i++)
                _projections[(i * stride) + count] = _projections[(i * stride) + p];
            count++;
        }
        FlatCount = count;
    }

    /// <summary>
    /// Walks the planes within ε of the loaded one, itself excepted, in lexicographic order; a wide walk visits those within about
    /// <see cref="Horizon"/>·ε and does not decide which are within ε.
    /// </summary>
    internal void Walk<T>(ref T visitor, bool wide)
        where T : struct, INeighbourVisitor
    {
        (_exact, _walkLimit) = (!wide, _problem.EpsilonSquared + _problem.Doubt + (wide ? Beyond : 0));
        Extend(0, 0, 0, _problem.Subsets - 1, ref visitor);
    }

    /// <summary>
    /// Whether the plane being visited, whose squared distance in Gram form is given, is within ε; near ε the columns decide.
    /// </summary>
    internal bool IsWithin(double squared)
    {
        if (squared <= _problem.EpsilonSquared - _problem.Doubt)
            return true;
        return squared <= _problem.EpsilonSquared + _problem.Doubt && DecideFromColumns();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Extend<T>(int level, int from, double distance, long rank, ref T visitor)
        where T : struct, INeighbourVisitor
    {
        int k = _problem.K,
            stride = _problem.Stride,
            end = FlatCount - k + level + 1;
        for (int p = from; p < end; p++)
        {
            double norm = _norms[(level * stride) + p];
            if (!(norm >= _problem.PivotFloor))
                continue;
            double next = distance + (_residuals[(level * stride) + p] / norm);
            if (next > _walkLimit)
                continue;
            _candidate[level] = Flat[p];
            long nextRank = rank - _problem.RankTerm(Flat[p], level);
            if (level < k - 1)
            {
                Enter(level, p);
                if (!Extend(level + 1, p + 1, next, nextRank, ref visitor))
                    return false;
                continue;
            }
            int neighbour = _index.IndexOf(nextRank);
            if (neighbour < 0 || neighbour == _self)
                continue;
            if (_exact && !IsWithin(next))
                continue;
            if (!visitor.Visit(neighbour, next))
                return false;
        }
        return true;
    }

    /// <summary>Orthogonalises the rest of the flat, from p+1 on, against its member p, given the prefix of the previous levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(int level, int p)
    {
        int k = _problem.K,
            stride = _problem.Stride,
            now = level * stride,
            then = now + stride;
        ref double gram = ref _problem.Gram[Flat[p] * stride];
        ref double y = ref MemoryMarshal.GetArrayDataReference(_projections),
            c = ref MemoryMarshal.GetArrayDataReference(_c),
            e = ref MemoryMarshal.GetArrayDataReference(_e);
        ref double norms = ref MemoryMarshal.GetArrayDataReference(_norms),
            residuals = ref MemoryMarshal.GetArrayDataReference(_residuals);
        double norm = _norms[now + p],
            power = _residuals[now + p] / norm;
        _power[level] = power;
        Vector512<double> scale = Vector512.Create(1 / Math.Sqrt(norm)),
            powers = Vector512.Create(power);
        // Whole vectors are computed: the lanes before p + 1 and behind the flat receive numbers that are never read.
        for (int j = (p + 1) & ~7; j < FlatCount; j += 8)
        {
            Vector512<double> cj = Gather(ref gram, Flat.AsSpan(j, 8)),
                ej = cj;
            for (int i = 0; i < k; i++)
                ej = Less(ej, _projections[(i * stride) + p], ref y, (i * stride) + j);
            for (int i = 0; i < level; i++)
            {
                double ci = _c[(i * stride) + p];
                ej = Less(Less(ej, ci, ref e, (i * stride) + j), _e[(i * stride) + p] - (ci * _power[i]), ref c, (i * stride) + j);
                cj = Less(cj, ci, ref c, (i * stride) + j);
            }
            cj *= scale;
            ej *= scale;
            cj.StoreUnsafe(ref c, (nuint)(now + j));
            ej.StoreUnsafe(ref e, (nuint)(now + j));
            Less(Vector512.LoadUnsafe(ref norms, (nuint)(now + j)), cj, cj).StoreUnsafe(ref norms, (nuint)(then + j));
            Vector512<double> rest = Less(Vector512.LoadUnsafe(ref residuals, (nuint)(now + j)), cj, Less(ej + ej, cj, powers));
            Vector512.Max(Vector512<double>.Zero, rest).StoreUnsafe(ref residuals, (nuint)(then + j));
        }
    }

    /// <summary>a − s·b for eight entries b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Less(Vector512<double> a, double s, ref double b, int at) =>
        Less(a, Vector512.Create(s), Vector512.LoadUnsafe(ref b, (nuint)at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Less(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.FusedMultiplyAdd(-b, c, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Gather(ref double row, ReadOnlySpan<int> at) =>
        Vector512.Create(
            Unsafe.Add(ref row, at[0]),
            Unsafe.Add(ref row, at[1]),
            Unsafe.Add(ref row, at[2]),
            Unsafe.Add(ref row, at[3]),
            Unsafe.Add(ref row, at[4]),
            Unsafe.Add(ref row, at[5]),
            Unsafe.Add(ref row, at[6]),
            Unsafe.Add(ref row, at[7])
        );

    /// <summary>d(S,T)² ≤ ε² for the candidate, by the residual form on orthonormal bases.</summary>
    private bool DecideFromColumns()
    {
        int m = _problem.M,
            k = _problem.K;
        if (double.IsNaN(_basis[0]))
            Orthonormalise(_subset, _basis);
        Orthonormalise(_candidate, _other);
        double d = ChordalDistance.FromBases(_basis, _other, m, k);
        return d * d <= _problem.EpsilonSquared;
    }

    private void Orthonormalise(int[] subset, double[] basis)
    {
        int m = _problem.M;
        for (int i = 0; i < subset.Length; i++)
        {
            Span<double> row = basis.AsSpan(i * m, m);
            _problem.Columns.AsSpan(subset[i] * m, m).CopyTo(row);
            for (int pass = 0; pass < 2; pass++)
            {
                Vectors.Orthogonalise(row, basis, i);
                Vectors.Scale(1 / Math.Sqrt(Vectors.Dot(row, row)), row);
            }
        }
    }
}
