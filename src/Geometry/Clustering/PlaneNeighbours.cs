using System.Runtime.CompilerServices;
using Geometry.Grassmannian;
using Geometry.LinearAlgebra;

namespace Geometry.Clustering;

/// <summary>What is done with an ε-neighbour of a plane.</summary>
internal interface INeighbourVisitor
{
    /// <summary>Receives a neighbour's position among the survivors and its squared distance; returns false to stop the walk.</summary>
    bool Visit(int neighbour, double squared);
}

/// <summary>
/// The ε-neighbours of one plane S among the surviving subsets: a workspace for one thread, allocation-free after construction.
/// </summary>
/// <remarks>
/// <para>Any neighbour T is a k-subset of flat(S), and with Gram–Schmidt vectors q_i of T, d(S,T)² = Σ_i ‖(I−P_S)q_i‖²: a sum of k
/// non-negative terms along the prefix of T, so that whole subtrees end when it exceeds ε². For a prefix the workspace holds, for every j
/// of the flat, n_j = ‖x_j − its part in the prefix‖² and h_j = the squared S-residual of that vector; appending j adds h_j/n_j.
/// Rows of inner products (c_j with q, e_j between S-residuals) are made when a prefix is entered, lazily, O(k·|flat|).</para>
/// <para>Memory: O(k·n).</para>
/// </remarks>
internal sealed class PlaneNeighbours
{
    /// <summary>How far wide walks look, in units of ε.</summary>
    internal const double Horizon = 1.25;

    private readonly PlaneProblem _problem;
    private readonly SubsetIndex _index;
    private readonly ushort[] _survivors;
    private readonly int[] _subset, _candidate;
    private readonly double[] _factor, _projections, _basis, _other;
    private readonly double[] _norms, _residuals, _c, _e, _power;
    private readonly double _beyond;
    private double _walkLimit;
    private bool _exact;
    private int _self;

    internal PlaneNeighbours(PlaneProblem problem, SubsetIndex index, ushort[] survivors)
    {
        (_problem, _index, _survivors) = (problem, index, survivors);
        _beyond = problem.EpsilonSquared * ((Horizon * Horizon) - 1);
        int k = problem.K, stride = problem.Stride;
        (_subset, _candidate, Flat) = (new int[k], new int[k], new int[problem.N]);
        (_factor, _projections) = (new double[k * k], new double[k * stride]);
        (_basis, _other) = (new double[k * problem.M], new double[k * problem.M]);
        (_norms, _residuals, _c, _e, _power) = (new double[k * stride], new double[k * stride], new double[k * stride], new double[k * stride], new double[k]);
    }

    /// <summary>flat(S), ascending, in the first <see cref="FlatCount"/> places.</summary>
    internal int[] Flat { get; }

    internal int FlatCount { get; private set; }

    /// <summary>Makes survivor <paramref name="self"/> the plane whose neighbours are asked for, within ε or, when wide, out to the horizon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Load(int self, bool wide)
    {
        int k = _problem.K, stride = _problem.Stride;
        _self = self;
        for (int i = 0; i < k; i++) _subset[i] = _survivors[((long)self * k) + i];
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j <= i; j++) _factor[(i * k) + j] = _problem.Gram[(_subset[i] * stride) + _subset[j]];
        }
        SmallCholesky.Factor(_factor, k);
        FlatCount = PlaneFrame.Flat(_problem, _subset, _factor, _problem.FlatSquared + (wide ? _beyond : 0), _projections, _residuals, Flat);
        _norms.AsSpan(0, FlatCount).Fill(1);
        _basis.AsSpan().Fill(double.NaN);
    }

    /// <summary>Leaves in the loaded flat what a load that is not wide would have put there.</summary>
    internal void Narrow()
    {
        int k = _problem.K, stride = _problem.Stride, count = 0;
        for (int p = 0; p < FlatCount; p++)
        {
            if (_residuals[p] > _problem.FlatSquared) continue;
            Flat[count] = Flat[p];
            _residuals[count] = _residuals[p];
            for (int i = 0; i < k; i++) _projections[(i * stride) + count] = _projections[(i * stride) + p];
            count++;
        }
        FlatCount = count;
    }

    /// <summary>Walks the planes within ε of the loaded one, itself left out, in lexicographic order; when wide, those within about <see cref="Horizon"/>·ε, undecided.</summary>
    internal void Walk<T>(ref T visitor, bool wide) where T : struct, INeighbourVisitor
    {
        (_exact, _walkLimit) = (!wide, _problem.EpsilonSquared + _problem.Doubt + (wide ? _beyond : 0));
        Extend(0, 0, 0, _problem.Subsets - 1, ref visitor);
    }

    /// <summary>Whether the plane being visited, at that squared distance in Gram form, is within ε; near ε the columns decide.</summary>
    internal bool IsWithin(double squared)
    {
        if (squared <= _problem.EpsilonSquared - _problem.Doubt) return true;
        return squared <= _problem.EpsilonSquared + _problem.Doubt && DecideFromColumns();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Extend<T>(int level, int from, double distance, long rank, ref T visitor) where T : struct, INeighbourVisitor
    {
        int k = _problem.K, stride = _problem.Stride, end = FlatCount - k + level + 1;
        for (int p = from; p < end; p++)
        {
            double norm = _norms[(level * stride) + p];
            if (!(norm >= _problem.PivotFloor)) continue;
            double next = distance + (_residuals[(level * stride) + p] / norm);
            if (next > _walkLimit) continue;
            _candidate[level] = Flat[p];
            long nextRank = rank - _problem.RankTerm(Flat[p], level);
            if (level < k - 1)
            {
                Enter(level, p);
                if (!Extend(level + 1, p + 1, next, nextRank, ref visitor)) return false;
                continue;
            }
            int neighbour = _index.IndexOf(nextRank);
            if (neighbour < 0 || neighbour == _self) continue;
            if (_exact && !IsWithin(next)) continue;
            if (!visitor.Visit(neighbour, next)) return false;
        }
        return true;
    }

    /// <summary>Orthogonalises the rest of the flat, from p+1 on, against its member p, given the prefix of the levels before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(int level, int p)
    {
        int k = _problem.K, stride = _problem.Stride, at = p + 1, length = FlatCount - at;
        Span<double> c = _c.AsSpan((level * stride) + at, length), e = _e.AsSpan((level * stride) + at, length);
        ReadOnlySpan<double> gram = _problem.Gram.AsSpan(Flat[p] * stride, stride);
        for (int j = 0; j < length; j++) c[j] = gram[Flat[at + j]];
        c.CopyTo(e);
        for (int i = 0; i < k; i++) Vectors.Axpy(-_projections[(i * stride) + p], _projections.AsSpan((i * stride) + at, length), e);
        for (int i = 0; i < level; i++)
        {
            double ci = _c[(i * stride) + p], ei = _e[(i * stride) + p];
            ReadOnlySpan<double> previous = _c.AsSpan((i * stride) + at, length);
            Vectors.Axpy(-ci, previous, c);
            Vectors.Axpy(-ci, _e.AsSpan((i * stride) + at, length), e);
            Vectors.Axpy((ci * _power[i]) - ei, previous, e);
        }
        double norm = _norms[(level * stride) + p], scale = 1 / Math.Sqrt(norm), power = _residuals[(level * stride) + p] / norm;
        _power[level] = power;
        int now = (level * stride) + at, then = ((level + 1) * stride) + at;
        for (int j = 0; j < length; j++)
        {
            c[j] *= scale;
            e[j] *= scale;
            _norms[then + j] = _norms[now + j] - (c[j] * c[j]);
            _residuals[then + j] = Math.Max(0, _residuals[now + j] - (c[j] * ((2 * e[j]) - (c[j] * power))));
        }
    }

    /// <summary>d(S,T)² ≤ ε² for the candidate, by the residual form on orthonormal bases.</summary>
    private bool DecideFromColumns()
    {
        int m = _problem.M, k = _problem.K;
        if (double.IsNaN(_basis[0])) Orthonormalise(_subset, _basis);
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
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<double> axis = basis.AsSpan(j * m, m);
                    Vectors.Axpy(-Vectors.Dot(axis, row), axis, row);
                }
                Vectors.Scale(1 / Math.Sqrt(Vectors.Dot(row, row)), row);
            }
        }
    }
}
