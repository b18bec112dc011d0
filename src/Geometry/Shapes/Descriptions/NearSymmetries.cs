using System.Numerics;
using System.Runtime.InteropServices;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Descriptions;

/// <summary>The permutations of noisy directions that keep every angle within the noise.</summary>
/// <remarks>
/// <para>
/// A permutation counts under two conditions. No pair's angle changes by more than 2σ·z, where 2σ is the standard deviation of the
/// difference of two angles and z the two-sided normal quantile at 0.1 % over all pairs. And the mean square change is at most 4σ²·χ²_ν/ν
/// at 0.1 %, where ν = c(d−1) − d(d−1)/2 is the number of free coordinates up to rotation.
/// </para>
/// <para>
/// Orbit–stabiliser theorem along base points f_1 … f_d, which are independent directions: |Aut| = Π_i |orbit of f_i under the stabiliser
/// of f_1 … f_{i−1}|, because only the identity fixes all of them. Images of the base points are found by backtracking among directions
/// with the same <see cref="VertexMoments"/>, and the other directions follow from their angles to the base points. Orbits are closed under
/// the permutations found so far, which leaves few images to search. What is found generates a group; it is the whole symmetry group where
/// noise is small beside the distances of directions. (<see cref="Matching.Automorphisms"/> does the same for shapes without noise.)
/// </para>
/// <para>
/// A partial image is dropped as soon as one of its angles changes by more than that, or all of them together by more than χ² at 0.01 %.
/// Complexity: O(c²·d) before the search, and at most max(2·10⁵, 40 c²) comparisons in the search, after which the group is reported as
/// unknown: below a millisecond for 40 directions, about ten milliseconds for 250. Memory O(c²).
/// </para>
/// </remarks>
internal sealed class NearSymmetries
{
    /// <summary>Up to this number of directions all are tried, which is faster than computing their moments.</summary>
    private const int Few = 16;

    private readonly int _count;
    private readonly double[] _angles;
    private readonly double _tolerance;
    private readonly double _mostSquares;
    private readonly double[] _mostOfBase;
    private readonly int[]?[] _candidates;
    private readonly double[]?[] _changes;
    private readonly int[] _base;
    private readonly double[] _toBase,
        _toImage;
    private readonly VertexMoments? _moments;
    private readonly List<int[]> _generators = [];
    private long _left;

    /// <param name="x">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">d ≥ 1.</param>
    /// <param name="count">c ≥ 1.</param>
    /// <param name="angles">Their angles, radians, row-major count×count; the array must not change while the instance is in use.</param>
    /// <param name="cosines">The cosines of those.</param>
    /// <param name="sigma">σ, radians per coordinate, &gt; 0.</param>
    /// <param name="constants">The numbers that decide.</param>
    public NearSymmetries(
        ReadOnlySpan<double> x,
        int dim,
        int count,
        double[] angles,
        ReadOnlySpan<double> cosines,
        double sigma,
        DecisionConstants constants
    )
    {
        double risk = constants.DescriptionRisk;
        (_count, _angles) = (count, angles);
        double pairs = Math.Max(1, 0.5 * count * (count - 1.0)),
            freedom = Math.Max(1, (count * (dim - 1.0)) - (0.5 * dim * (dim - 1.0)));
        _tolerance = -2 * sigma * Quantiles.Normal(risk / (2 * pairs));
        _mostSquares = 4 * sigma * sigma * pairs * Quantiles.ChiSquare(freedom, 1 - risk) / freedom;
        _base = ChooseBase(x, dim, count, angles);
        _left = Math.Max(constants.Limits.LeastSymmetryComparisons, constants.Limits.SymmetryComparisons * count * count);
        _mostOfBase = new double[_base.Length];
        _candidates = new int[_base.Length][];
        _changes = new double[_base.Length][];
        _toBase = new double[count * _base.Length];
        _toImage = new double[count * _base.Length];
        AnglesTo(_base, _toBase);
        for (int level = 1; level < _base.Length; level++)
        {
            double among = 0.5 * level * (level + 1.0),
                free = Math.Min(among, level * (dim - 1.0));
            _mostOfBase[level] = 4 * sigma * sigma * among * Quantiles.ChiSquare(free, 1 - (risk / 10)) / free;
        }
        _moments = count > Few ? new VertexMoments(x, dim, count, cosines, sigma, constants.MomentDeviations) : null;
    }

    /// <summary>Permutations v ↦ g[v] that generate the group; complete after <see cref="Group"/>.</summary>
    public IReadOnlyList<int[]> Generators => _generators;

    /// <summary>|Aut| and its number of orbits; null where the search was given up.</summary>
    public (BigInteger Order, int Orbits)? Group()
    {
        BigInteger order = BigInteger.One;
        int[] image = new int[_base.Length];
        for (int level = _base.Length - 1; level >= 0; level--)
        {
            // The permutations found so far, those found at this level included, fix f_1 … f_{level−1}.
            bool[] orbit = Orbit(_base[level]);
            _base.AsSpan(0, level).CopyTo(image);
            double[] changes = Changes(image, level, 0);
            foreach (int v in Candidates(level))
            {
                if (orbit[v])
                    continue;
                _left -= level + 1;
                if (changes[v] > _mostOfBase[level])
                    continue;
                image[level] = v;
                int[]? found = Extend(image, level + 1, changes[v]);
                if (_left < 0)
                    return null;
                if (found is null)
                    continue;
                _generators.Add(found);
                orbit = Orbit(_base[level]);
            }
            order *= orbit.Count(static inside => inside);
        }
        bool[] seen = new bool[_count];
        int orbits = 0;
        for (int v = 0; v < _count; v++)
        {
            if (seen[v])
                continue;
            orbits++;
            bool[] orbit = Orbit(v);
            for (int w = 0; w < _count; w++)
                seen[w] |= orbit[w];
        }
        return (order, orbits);
    }

    /// <summary>
    /// Chooses the base points: direction 0, and then each time, among the directions at least half as far from the span of those before as
    /// the farthest (pivoted Gram–Schmidt), the one nearest to any base point. Near neighbours determine an image early, whereas orthogonal
    /// base points have many images that look right: E8 has several kinds of orthogonal bases.
    /// </summary>
    private static int[] ChooseBase(ReadOnlySpan<double> x, int dim, int count, double[] angles)
    {
        double[] rest = x.ToArray(),
            nearest = new double[count],
            norms = new double[count];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        var basePoints = new List<int>();
        for (int next = 0; basePoints.Count < Math.Min(dim, count); )
        {
            double[] axis = rest[(next * dim)..((next + 1) * dim)];
            double norm = Vectors.Norm(axis),
                most = 0,
                least = double.PositiveInfinity;
            if (!(norm > 1e-6))
                break;
            basePoints.Add(next);
            for (int k = 0; k < dim; k++)
                axis[k] /= norm;
            for (int i = 0; i < count; i++)
            {
                Span<double> row = rest.AsSpan(i * dim, dim);
                Vectors.Axpy(-Vectors.Dot(row, axis), axis, row);
                norms[i] = Vectors.Norm(row);
                most = Math.Max(most, norms[i]);
                nearest[i] = Math.Min(nearest[i], angles[(i * count) + basePoints[^1]]);
            }
            for (int i = 0; i < count; i++)
            {
                // By a margin, so that rounding does not choose among equals.
                if (norms[i] >= most / 2 && nearest[i] < least - 1e-9)
                    (least, next) = (nearest[i], i);
            }
        }
        return [.. basePoints];
    }

    private bool[] Orbit(int start)
    {
        bool[] inside = new bool[_count];
        var open = new Stack<int>([start]);
        inside[start] = true;
        while (open.TryPop(out int v))
        {
            foreach (int[] generator in _generators)
            {
                if (inside[generator[v]])
                    continue;
                inside[generator[v]] = true;
                open.Push(generator[v]);
            }
        }
        return inside;
    }

    private bool Close(int a, int b, int c, int d) => Math.Abs(_angles[(a * _count) + b] - _angles[(c * _count) + d]) <= _tolerance;

    /// <summary>
    /// For each direction, the sum of squared changes of angles if f_level goes there and the base points before it go to their images,
    /// plus the sum before; +∞ where one angle changes too much, or the direction is taken. The array is valid until the next call for that
    /// level.
    /// </summary>
    private double[] Changes(int[] image, int level, double before)
    {
        double[] changes = _changes[level] ??= new double[_count];
        changes.AsSpan().Fill(before);
        Span<Vector<double>> sums = MemoryMarshal.Cast<double, Vector<double>>(changes.AsSpan());
        for (int k = 0; k < level; k++)
        {
            double angle = _toBase[(_base[level] * _base.Length) + k];
            ReadOnlySpan<double> row = _angles.AsSpan(image[k] * _count, _count);
            ReadOnlySpan<Vector<double>> angles = MemoryMarshal.Cast<double, Vector<double>>(row);
            for (int i = 0; i < angles.Length; i++)
            {
                Vector<double> difference = angles[i] - new Vector<double>(angle);
                Vector<long> close = Vector.LessThanOrEqual(Vector.Abs(difference), new Vector<double>(_tolerance));
                sums[i] = Vector.ConditionalSelect(close, sums[i] + (difference * difference), new Vector<double>(double.PositiveInfinity));
            }
            for (int v = angles.Length * Vector<double>.Count; v < row.Length; v++)
            {
                double difference = row[v] - angle;
                changes[v] = Math.Abs(difference) <= _tolerance ? changes[v] + (difference * difference) : double.PositiveInfinity;
            }
        }
        for (int k = 0; k < level; k++)
            changes[image[k]] = double.PositiveInfinity;
        return changes;
    }

    /// <summary>The angles of every direction to the base points or their images, row-major count×d.</summary>
    private void AnglesTo(int[] basePoints, double[] angles)
    {
        for (int k = 0; k < basePoints.Length; k++)
        {
            for (int v = 0; v < _count; v++)
                angles[(v * basePoints.Length) + k] = _angles[(basePoints[k] * _count) + v];
        }
    }

    /// <summary>The directions that may be the image of f_level, by their moments.</summary>
    private int[] Candidates(int level) =>
        _candidates[level] ??= [.. Enumerable.Range(0, _count).Where(v => _moments?.Alike(_base[level], v) ?? true)];

    private int[]? Extend(int[] image, int level, double squares)
    {
        if (level == _base.Length)
            return Complete(image);
        double[] changes = Changes(image, level, squares);
        foreach (int v in Candidates(level))
        {
            if (_left < 0)
                return null;
            _left -= level + 1;
            if (changes[v] > _mostOfBase[level])
                continue;
            image[level] = v;
            if (Extend(image, level + 1, changes[v]) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>
    /// Every direction goes where its angles to the base points fit best. The permutation so obtained must then keep every pair.
    /// </summary>
    private int[]? Complete(int[] image)
    {
        int[] map = new int[_count];
        bool[] taken = new bool[_count];
        AnglesTo(image, _toImage);
        for (int v = 0; v < _count; v++)
        {
            int best = -1;
            double least = double.PositiveInfinity;
            ReadOnlySpan<double> mine = _toBase.AsSpan(v * _base.Length, _base.Length);
            for (int w = 0; w < _count; w++)
            {
                double squares = 0;
                int k = 0;
                ReadOnlySpan<double> others = _toImage.AsSpan(w * mine.Length, mine.Length);
                for (; k < mine.Length && squares < least; k++)
                {
                    double difference = mine[k] - others[k];
                    squares = Math.Abs(difference) <= _tolerance ? squares + (difference * difference) : double.PositiveInfinity;
                }
                _left -= k;
                if (squares < least)
                    (least, best) = (squares, w);
            }
            if (best < 0 || taken[best])
                return null;
            taken[best] = true;
            map[v] = best;
        }
        // A direction within the noise of a base point could take its place: the permutation must carry every base point to its image.
        for (int k = 0; k < _base.Length; k++)
        {
            if (map[_base[k]] != image[k])
                return null;
        }
        double sum = 0;
        for (int v = 0; v < _count; v++)
        {
            _left -= v;
            for (int w = 0; w < v; w++)
            {
                if (!Close(v, w, map[v], map[w]))
                    return null;
                double difference = _angles[(v * _count) + w] - _angles[(map[v] * _count) + map[w]];
                sum += difference * difference;
            }
        }
        return sum <= _mostSquares ? map : null;
    }
}
