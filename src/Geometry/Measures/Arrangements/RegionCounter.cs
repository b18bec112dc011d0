using System.Numerics;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Arrangements;

/// <summary>The number of regions into which hyperplanes divide their space.</summary>
/// <param name="Regions">Regions, (−1)^m χ(−1) with the characteristic polynomial χ of the arrangement.</param>
/// <param name="Bounded">Regions that are bounded in the space that the normals span, |χ(1)|.</param>
public readonly record struct RegionCount(BigInteger Regions, BigInteger Bounded)
{
    /// <summary>
    /// The count without any hyperplane: the whole space, which counts as bounded because the span of no normals is a point.
    /// </summary>
    public static RegionCount Whole => new(1, 1);

    /// <summary>
    /// The counts in general position: Σ_{i≤m} C(n,i) regions, C(n−1,m) of them bounded. No arrangement of n hyperplanes in R^m has more.
    /// </summary>
    /// <param name="hyperplanes">n ≥ 0.</param>
    /// <param name="dimension">m ≥ 0.</param>
    public static RegionCount Generic(int hyperplanes, int dimension)
    {
        BigInteger term = 1,
            sum = 1;
        for (int i = 1; i <= Math.Min(hyperplanes, dimension); i++)
        {
            term = term * (hyperplanes - i + 1) / i;
            sum += term;
        }
        BigInteger bounded =
            hyperplanes > dimension ? 1
            : hyperplanes == 0 && dimension == 0 ? 1
            : 0;
        for (int i = 1; i <= dimension && !bounded.IsZero; i++)
            bounded = bounded * (hyperplanes - i) / i;
        return new RegionCount(sum, bounded);
    }

    /// <summary>Regions of n hyperplanes through one point in general position, 2·Σ_{i&lt;m} C(n−1,i).</summary>
    /// <param name="hyperplanes">n ≥ 0.</param>
    /// <param name="dimension">m ≥ 1.</param>
    public static BigInteger GenericCentral(int hyperplanes, int dimension) =>
        hyperplanes == 0 ? 1 : 2 * Generic(hyperplanes - 1, dimension - 1).Regions;
}

/// <summary>Counts the regions of an arrangement by deletion and restriction.</summary>
/// <remarks>
/// <para>
/// χ(A) = χ(A∖H) − χ(A^H), where A^H are the traces of the other hyperplanes on H. Applied to the hyperplanes H_i in turn, it gives χ(A, t)
/// = t^m − Σ_i χ({H_j ∩ H_i : j &lt; i}, t), where traces that coincide are taken once and parallel hyperplanes have none. So χ = Σ_k
/// (−1)^k a_k t^{m−k}, where a_k is the number of nodes of the recursion at depth k; there are Σ a_k regions, and |Σ (−1)^k a_k| bounded
/// ones. Source: R. P. Stanley, An Introduction to Hyperplane Arrangements, IAS/Park City 13 (2007), lecture 2; T. Zaslavsky, Mem. AMS 154
/// (1975).
/// </para>
/// <para>
/// The trace of x·h + c = 0 on the hyperplane with unit normal y and offset d has the normal x − (x·y)y and the offset c − (x·y)d, both
/// divided by the length s of that normal. Where s is below the tolerance, the hyperplanes are parallel. Errors grow by 1/s, and so do the
/// tolerances. The result does not depend on the order of the hyperplanes, unless a coincidence is near the limit of the tolerance.
/// </para>
/// <para>
/// Work: one node for each of at most Σ_{i&lt;m} C(n,i) intersections, each with n·m operations to form its traces and n²·m to compare
/// them, or n·log n on lines. 3 ms for n = 20 in R^5. Memory: n·m numbers per depth.
/// </para>
/// </remarks>
internal sealed class RegionCounter
{
    private readonly int _m;
    private readonly long[] _nodes;
    private readonly Level[] _levels;
    private readonly double[] _points,
        _errors;
    private readonly CancellationToken _cancellation;

    private RegionCounter(Hyperplanes arrangement, CancellationToken cancellation)
    {
        _m = arrangement.Dimension;
        _nodes = new long[_m + 1];
        _levels = [.. Enumerable.Range(0, _m).Select(_ => new Level(arrangement.Count, _m))];
        (_points, _errors) = (new double[arrangement.Count], new double[arrangement.Count]);
        _cancellation = cancellation;
    }

    /// <summary>Counts the regions of an arrangement whose normals span its space.</summary>
    /// <param name="arrangement">The hyperplanes; the work is proportional to the number of regions in general position,
    /// <see cref="RegionCount.Generic"/>.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static RegionCount Of(Hyperplanes arrangement, CancellationToken cancellation = default)
    {
        if (arrangement.Dimension == 0 || arrangement.Count == 0)
            return RegionCount.Whole;
        var counter = new RegionCounter(arrangement, cancellation);
        counter.Run(arrangement);
        long regions = 0,
            signed = 0;
        for (int k = 0; k < counter._nodes.Length; k++)
        {
            regions += counter._nodes[k];
            signed += k % 2 == 0 ? counter._nodes[k] : -counter._nodes[k];
        }
        return new RegionCount(regions, Math.Abs(signed));
    }

    private void Run(Hyperplanes arrangement)
    {
        _nodes[0] = 1;
        Level top = _levels[0];
        top.Count = 0;
        for (int i = 0; i < arrangement.Count; i++)
        {
            arrangement.Normal(i).CopyTo(top.Next);
            top.Add(arrangement.Offsets[i], arrangement.Tolerance);
        }
        if (_m == 1)
            _nodes[1] = DistinctPoints(top);
        else
            Descend(0);
    }

    private void Descend(int depth)
    {
        Level level = _levels[depth],
            below = _levels[depth + 1];
        _nodes[depth + 1] += level.Count;
        bool lines = depth + 2 == _m;
        for (int i = 1; i < level.Count; i++)
        {
            below.Count = 0;
            Restrict(level, i, below, merge: !lines);
            if (lines)
                _nodes[_m] += DistinctPoints(below);
            else if (below.Count > 0)
                Descend(depth + 1);
        }
        if (depth <= 1)
            _cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The traces of hyperplanes 0 … i−1 on hyperplane i.</summary>
    private static void Restrict(Level level, int i, Level below, bool merge)
    {
        ReadOnlySpan<double> y = level.Normal(i);
        double d = level.Offsets[i],
            error = level.Errors[i];
        for (int j = 0; j < i; j++)
        {
            ReadOnlySpan<double> x = level.Normal(j);
            double cosine = Vectors.Dot(x, y),
                own = level.Errors[j] + (Math.Abs(cosine) * error);
            Span<double> trace = below.Next;
            x.CopyTo(trace);
            Vectors.Axpy(-cosine, y, trace);
            double length = Vectors.Norm(trace);
            if (length <= own)
                continue;
            Vectors.Scale(1 / length, trace);
            if (merge)
                below.Add((level.Offsets[j] - (cosine * d)) / length, own / length);
            else
                below.Append((level.Offsets[j] - (cosine * d)) / length, own / length);
        }
    }

    /// <summary>The number of different points that the hyperplanes of a line are.</summary>
    private int DistinctPoints(Level level)
    {
        if (level.Count == 0)
            return 0;
        ReadOnlySpan<double> line = level.Normal(0);
        for (int j = 0; j < level.Count; j++)
        {
            // The normals of a line are equal up to their signs.
            _points[j] = Vectors.Dot(level.Normal(j), line) < 0 ? -level.Offsets[j] : level.Offsets[j];
            _errors[j] = level.Errors[j];
        }
        Array.Sort(_points, _errors, 0, level.Count);
        int distinct = 1;
        for (int j = 1; j < level.Count; j++)
        {
            double allowed = (_errors[j] + _errors[j - 1]) * (1 + Math.Abs(_points[j]));
            if (_points[j] - _points[j - 1] > allowed)
                distinct++;
        }
        return distinct;
    }

    /// <summary>Distinct hyperplanes of one flat.</summary>
    private sealed class Level(int capacity, int m)
    {
        private readonly double[] _normals = new double[capacity * m];

        public int Count { get; set; }

        public double[] Offsets { get; } = new double[capacity];

        public double[] Errors { get; } = new double[capacity];

        /// <summary>The place of the next normal, which is written before it is added.</summary>
        public Span<double> Next => _normals.AsSpan(Count * m, m);

        public ReadOnlySpan<double> Normal(int i) => _normals.AsSpan(i * m, m);

        /// <summary>Keeps the hyperplane whose normal is at <see cref="Next"/>.</summary>
        public void Append(double offset, double error)
        {
            Offsets[Count] = offset;
            Errors[Count++] = error;
        }

        /// <summary>Keeps the hyperplane whose normal is at <see cref="Next"/>, unless it coincides with another.</summary>
        public void Add(double offset, double error)
        {
            Span<double> next = Next;
            for (int j = 0; j < Count; j++)
            {
                ReadOnlySpan<double> other = Normal(j);
                double cosine = Vectors.Dot(next, other);
                // 1 − |cos| = ½‖x ∓ y‖², first as a filter and then without cancellation.
                double allowed = error + Errors[j];
                if (1 - Math.Abs(cosine) > (0.5 * allowed * allowed) + 1e-9)
                    continue;
                double sign = Math.Sign(cosine),
                    squares = 0;
                for (int k = 0; k < m; k++)
                    squares += (next[k] - (sign * other[k])) * (next[k] - (sign * other[k]));
                if (squares <= allowed * allowed && Math.Abs(offset - (sign * Offsets[j])) <= allowed * (1 + Math.Abs(offset)))
                    return;
            }
            Append(offset, error);
        }
    }
}
