using System.Numerics;
using Geometry.Decisions;
using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Descriptions;

/// <summary>The permutations of noisy directions that keep every angle within the noise.</summary>
/// <remarks>
/// <para>
/// A permutation counts when no pair's angle changes by more than 2σ·z, 2σ being the standard deviation of the difference of two angles and z the two-sided normal quantile at 0.1 % over all pairs, and when
/// the mean square change is at most 4σ²·χ²_ν/ν at 0.1 %, ν = c(d−1) − d(d−1)/2 the free coordinates up to rotation.
/// </para>
/// <para>
/// Orbit–stabiliser along a frame f_1 … f_d of independent directions: |Aut| = Π_i |orbit of f_i under the stabiliser of f_1 … f_{i−1}|, because only the identity fixes a frame. Images
/// of a frame are found by backtracking among directions with the same <see cref="VertexMoments"/>, the other directions follow from their angles to it; orbits are closed under the permutations found, so that few have to be searched. What is found generates a
/// group; it is the whole one where noise is small beside the distances of directions. (<see cref="Matching.Automorphisms"/> does the same for shapes without noise.)
/// </para>
/// <para>
/// A partial image is dropped as soon as one of its angles is off by more than that, or all of them together by more than χ² at 0.01 %. Complexity: O(c²·d) before the search and at most
/// max(2·10⁵, 40 c²) comparisons in it, then the group is unknown: below a millisecond for 40 directions, about ten for 250. Memory O(c²).
/// </para>
/// </remarks>
internal sealed class NearSymmetries
{
    /// <summary>So few directions are tried all: that is faster than their moments.</summary>
    private const int Few = 16;

    private readonly int _count;
    private readonly double[] _angles;
    private readonly double _tolerance;
    private readonly double _mostSquares;
    private readonly double[] _mostOfFrame;
    private readonly int[]?[] _candidates;
    private readonly int[] _frame;
    private readonly VertexMoments? _moments;
    private readonly List<int[]> _generators = [];
    private long _left;

    /// <param name="x">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">d ≥ 1.</param>
    /// <param name="count">c ≥ 1.</param>
    /// <param name="angles">Their angles, radians, row-major count×count.</param>
    /// <param name="sigma">σ, radians a coordinate, &gt; 0.</param>
    /// <param name="constants">The numbers that decide.</param>
    public NearSymmetries(ReadOnlySpan<double> x, int dim, int count, double[] angles, double sigma, DecisionConstants constants)
    {
        double risk = constants.DescriptionRisk;
        (_count, _angles) = (count, angles);
        double pairs = Math.Max(1, 0.5 * count * (count - 1.0)), freedom = Math.Max(1, (count * (dim - 1.0)) - (0.5 * dim * (dim - 1.0)));
        _tolerance = -2 * sigma * Quantiles.Normal(risk / (2 * pairs));
        _mostSquares = 4 * sigma * sigma * pairs * Quantiles.ChiSquare(freedom, 1 - risk) / freedom;
        _frame = Frame(x, dim, count, angles);
        _left = Math.Max(constants.Limits.LeastSymmetryComparisons, constants.Limits.SymmetryComparisons * count * count);
        _mostOfFrame = new double[_frame.Length];
        _candidates = new int[_frame.Length][];
        for (int level = 1; level < _frame.Length; level++)
        {
            double among = 0.5 * level * (level + 1.0), free = Math.Min(among, level * (dim - 1.0));
            _mostOfFrame[level] = 4 * sigma * sigma * among * Quantiles.ChiSquare(free, 1 - (risk / 10)) / free;
        }
        _moments = count > Few ? new VertexMoments(x, dim, count, sigma, constants.MomentDeviations) : null;
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
            foreach (int v in Candidates(level))
            {
                if (orbit[v]) continue;
                for (int k = 0; k < level; k++) image[k] = _frame[k];
                double squares = 0;
                if (!Fits(image, level, v, ref squares)) continue;
                image[level] = v;
                int[]? found = Extend(image, level + 1, squares);
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

    /// <summary>
    /// Direction 0, then each time, among those that stick out of the span of the ones before at least half as far as any (pivoted Gram–Schmidt), the nearest to one of them. Near neighbours pin an image down
    /// where orthogonal frames, of which E8 has several kinds, lead astray.
    /// </summary>
    private static int[] Frame(ReadOnlySpan<double> x, int dim, int count, double[] angles)
    {
        double[] rest = x.ToArray(), nearest = new double[count];
        nearest.AsSpan().Fill(double.PositiveInfinity);
        var frame = new List<int>();
        for (int next = 0; frame.Count < Math.Min(dim, count);)
        {
            double[] axis = rest[(next * dim)..((next + 1) * dim)];
            double norm = Vectors.Norm(axis), most = 0, least = double.PositiveInfinity;
            if (!(norm > 1e-6)) break;
            frame.Add(next);
            for (int k = 0; k < dim; k++) axis[k] /= norm;
            for (int i = 0; i < count; i++)
            {
                Span<double> row = rest.AsSpan(i * dim, dim);
                Vectors.Axpy(-Vectors.Dot(row, axis), axis, row);
                most = Math.Max(most, Vectors.Norm(row));
                nearest[i] = Math.Min(nearest[i], angles[(i * count) + frame[^1]]);
            }
            for (int i = 0; i < count; i++)
            {
                // By a margin, so that rounding does not choose among equals.
                if (Vectors.Norm(rest.AsSpan(i * dim, dim)) >= most / 2 && nearest[i] < least - 1e-9) (least, next) = (nearest[i], i);
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

    /// <summary>Whether f_level may go to v when those before it go to their images; adds the squared changes of its angles to theirs.</summary>
    private bool Fits(int[] image, int level, int v, ref double squares)
    {
        _left -= level + 1;
        for (int k = 0; k < level; k++)
        {
            if (image[k] == v) return false;
            double difference = _angles[(image[k] * _count) + v] - _angles[(_frame[k] * _count) + _frame[level]];
            squares += difference * difference;
            if (Math.Abs(difference) > _tolerance || squares > _mostOfFrame[level]) return false;
        }
        return true;
    }

    /// <summary>The directions that f_level may go to at all.</summary>
    private int[] Candidates(int level) => _candidates[level] ??= [.. Enumerable.Range(0, _count).Where(v => _moments?.Alike(_frame[level], v) ?? true)];

    private int[]? Extend(int[] image, int level, double squares)
    {
        if (level == _frame.Length) return Complete(image);
        foreach (int v in Candidates(level))
        {
            if (_left < 0) return null;
            double sum = squares;
            if (!Fits(image, level, v, ref sum)) continue;
            image[level] = v;
            if (Extend(image, level + 1, sum) is { } found) return found;
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
        // Directions within the noise of each other could take a frame's place: what is counted must fix the frame where the image does.
        for (int k = 0; k < _frame.Length; k++)
        {
            if (map[_frame[k]] != image[k]) return null;
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
