using System.Numerics;
using Geometry.LinearAlgebra;
using MathNet.Numerics.Distributions;

namespace Geometry.Shapes.Descriptions;

/// <summary>The permutations of noisy directions that keep every angle within the noise.</summary>
/// <remarks>
/// <para>
/// A permutation counts when no pair's angle changes by more than 2σ·z, 2σ being the standard deviation of the difference of two angles and z the two-sided normal quantile at 0.1 % over all pairs, and when
/// the mean square change is at most 4σ²·χ²_ν/ν at 0.1 %, ν = c(d−1) − d(d−1)/2 the free coordinates up to rotation.
/// </para>
/// <para>
/// Orbit–stabiliser along a frame f_1 … f_d of directions far from each other's span: |Aut| = Π_i |orbit of f_i under the stabiliser of f_1 … f_{i−1}|, because only the identity fixes a frame. Images
/// of a frame are found by backtracking, the other directions follow from their angles to it; orbits are closed under the permutations found, so that few have to be searched. What is found generates a
/// group; it is the whole one where noise is small beside the distances of directions. (<see cref="Matching.Automorphisms"/> does the same for shapes without noise.)
/// </para>
/// <para>Complexity: c³ comparisons before the search, and at most <see cref="MostComparisons"/> in it, a few tens of milliseconds; then the group is unknown. Memory O(c²).</para>
/// </remarks>
internal sealed class NearSymmetries
{
    /// <summary>Comparisons of two angles after which the search is given up.</summary>
    public const long MostComparisons = 20_000_000;

    private const double Level = 0.001;
    private readonly int _count;
    private readonly double[] _angles;
    private readonly double _tolerance;
    private readonly double _mostSquares;
    private readonly int[] _frame;
    private readonly double[] _profiles;
    private readonly List<int[]> _generators = [];
    private long _left = MostComparisons;

    /// <param name="x">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">d ≥ 1.</param>
    /// <param name="count">c ≥ 1.</param>
    /// <param name="angles">Their angles, radians, row-major count×count.</param>
    /// <param name="sigma">σ, radians a coordinate, &gt; 0.</param>
    public NearSymmetries(ReadOnlySpan<double> x, int dim, int count, double[] angles, double sigma)
    {
        (_count, _angles) = (count, angles);
        double pairs = Math.Max(1, 0.5 * count * (count - 1.0)), freedom = Math.Max(1, (count * (dim - 1.0)) - (0.5 * dim * (dim - 1.0)));
        _tolerance = -2 * sigma * Normal.InvCDF(0, 1, Level / (2 * pairs));
        _mostSquares = 4 * sigma * sigma * pairs * ChiSquared.InvCDF(freedom, 1 - Level) / freedom;
        _frame = Frame(x, dim, count);
        _profiles = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            Span<double> profile = _profiles.AsSpan(i * count, count);
            angles.AsSpan(i * count, count).CopyTo(profile);
            profile.Sort();
        }
    }

    /// <summary>|Aut| and its number of orbits; null where the search was given up.</summary>
    public (BigInteger Order, int Orbits)? Group()
    {
        BigInteger order = BigInteger.One;
        int[] image = new int[_frame.Length];
        for (int level = _frame.Length - 1; level >= 0; level--)
        {
            // The permutations found so far fix f_1 … f_{level−1}, those of this level too.
            bool[] orbit = Orbit(_frame[level]);
            for (int v = 0; v < _count; v++)
            {
                if (orbit[v]) continue;
                for (int k = 0; k < level; k++) image[k] = _frame[k];
                if (!Fits(image, level, v)) continue;
                image[level] = v;
                int[]? found = Extend(image, level + 1);
                if (_left < 0) return null;
                if (found is null) continue;
                _generators.Add(found);
                orbit = Orbit(_frame[level]);
            }
            order *= orbit.Count(static inside => inside);
        }
        bool[] seen = new bool[_count];
        int orbits = 0;
        for (int v = 0; v < _count; v++)
        {
            if (seen[v]) continue;
            orbits++;
            bool[] orbit = Orbit(v);
            for (int w = 0; w < _count; w++) seen[w] |= orbit[w];
        }
        return (order, orbits);
    }

    /// <summary>Direction 0, then each time the one that sticks out most of the span of those before (pivoted Gram–Schmidt).</summary>
    private static int[] Frame(ReadOnlySpan<double> x, int dim, int count)
    {
        double[] rest = x.ToArray();
        var frame = new List<int>();
        for (int next = 0; frame.Count < Math.Min(dim, count);)
        {
            double[] axis = rest[(next * dim)..((next + 1) * dim)];
            double norm = Vectors.Norm(axis);
            if (!(norm > 1e-6)) break;
            frame.Add(next);
            for (int k = 0; k < dim; k++) axis[k] /= norm;
            double most = 0;
            for (int i = 0; i < count; i++)
            {
                Span<double> row = rest.AsSpan(i * dim, dim);
                Vectors.Axpy(-Vectors.Dot(row, axis), axis, row);
                double left = Vectors.Norm(row);
                // By a margin, so that rounding does not choose among equals.
                if (left > most + 1e-9) (most, next) = (left, i);
            }
        }
        return [.. frame];
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
                if (inside[generator[v]]) continue;
                inside[generator[v]] = true;
                open.Push(generator[v]);
            }
        }
        return inside;
    }

    private bool Close(int a, int b, int c, int d) => Math.Abs(_angles[(a * _count) + b] - _angles[(c * _count) + d]) <= _tolerance;

    /// <summary>Whether f_level may go to v when those before it go to their images.</summary>
    private bool Fits(int[] image, int level, int v)
    {
        _left -= level + 1;
        for (int k = 0; k < level; k++)
        {
            if (image[k] == v || !Close(image[k], v, _frame[k], _frame[level])) return false;
        }
        // Sorted alike, the angles of f_level and v to all others are as close as any permutation can bring them.
        ReadOnlySpan<double> mine = _profiles.AsSpan(_frame[level] * _count, _count), other = _profiles.AsSpan(v * _count, _count);
        for (int k = 0; k < _count; k++)
        {
            if (Math.Abs(mine[k] - other[k]) <= _tolerance) continue;
            _left -= k;
            return false;
        }
        _left -= _count;
        return true;
    }

    private int[]? Extend(int[] image, int level)
    {
        if (level == _frame.Length) return Complete(image);
        for (int v = 0; v < _count && _left >= 0; v++)
        {
            if (!Fits(image, level, v)) continue;
            image[level] = v;
            if (Extend(image, level + 1) is { } found) return found;
        }
        return null;
    }

    /// <summary>Every direction goes where its angles to the frame fit best; the permutation so obtained must then keep every pair.</summary>
    private int[]? Complete(int[] image)
    {
        int[] map = new int[_count];
        bool[] taken = new bool[_count];
        for (int v = 0; v < _count; v++)
        {
            int best = -1;
            double least = double.PositiveInfinity;
            for (int w = 0; w < _count; w++)
            {
                double squares = 0;
                int k = 0;
                for (; k < _frame.Length && squares < least; k++)
                {
                    double difference = _angles[(v * _count) + _frame[k]] - _angles[(w * _count) + image[k]];
                    squares = Math.Abs(difference) <= _tolerance ? squares + (difference * difference) : double.PositiveInfinity;
                }
                _left -= k;
                if (squares < least) (least, best) = (squares, w);
            }
            if (best < 0 || taken[best]) return null;
            taken[best] = true;
            map[v] = best;
        }
        double sum = 0;
        for (int v = 0; v < _count; v++)
        {
            _left -= v;
            for (int w = 0; w < v; w++)
            {
                if (!Close(v, w, map[v], map[w])) return null;
                double difference = _angles[(v * _count) + w] - _angles[(map[v] * _count) + map[w]];
                sum += difference * difference;
            }
        }
        return sum <= _mostSquares ? map : null;
    }
}
