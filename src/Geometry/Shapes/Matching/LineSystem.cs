using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>
/// Directions paired up into lines, and the cosines between the lines, for the match with shapes that consist of opposite pairs.
/// </summary>
/// <remarks>
/// Layouts: lines row-major L×k, cosines row-major L×L. Buffers are kept and grow to the largest size seen; one instance serves one thread.
/// </remarks>
internal sealed class LineSystem
{
    private int[] _partner = [];
    private int[] _plus = [];
    private int[] _minus = [];
    private double[] _lines = [];
    private double[] _cosines = [];
    private double[] _vector = [];
    private double[] _image = [];

    /// <summary>L.</summary>
    public int Count { get; private set; }

    /// <summary>k.</summary>
    public int Dim { get; private set; }

    /// <summary>
    /// Unit vectors along the lines, from the minus end to the plus end, row-major L×k. At first they are the lines of the data; a matcher
    /// may replace them by those of a frame.
    /// </summary>
    public Span<double> Lines => _lines.AsSpan(0, Count * Dim);

    /// <summary>Cosines between the lines as last computed, row-major L×L.</summary>
    public Span<double> Cosines => _cosines.AsSpan(0, Count * Count);

    /// <summary>
    /// Whether <see cref="Lines"/> holds a frame. A matcher that puts one there sets it, and <see cref="TryPair"/> clears it.
    /// </summary>
    public bool IsFrame { get; set; }

    /// <summary>Direction at the plus end of each line.</summary>
    public ReadOnlySpan<int> Plus => _plus.AsSpan(0, Count);

    /// <summary>Direction at the minus end of each line.</summary>
    public ReadOnlySpan<int> Minus => _minus.AsSpan(0, Count);

    /// <summary>
    /// Pairs the directions up, the most nearly opposite ones first: two directions that are each other's farthest make a pair, and the
    /// others go on to the next round. It stops as soon as some direction has no partner left. O(count²) per round; one or two rounds where
    /// the pairs are nearly opposite.
    /// </summary>
    /// <param name="state">The data, with angles.</param>
    /// <returns>False when the number of directions is odd, or some direction finds no partner beyond a right angle.</returns>
    public bool TryPair(Correspondence state)
    {
        int c = state.Count,
            open = c,
            lines = 0;
        IsFrame = false;
        if (int.IsOddInteger(c))
            return false;
        Reserve(c / 2, state.Dim);
        Array.Fill(_partner, -1, 0, c);
        while (open > 0)
        {
            for (int i = 0; i < c; i++)
            {
                if (_partner[i] < 0 && !(state.Angles[i * c + Farthest(state, i)] >= Math.PI / 2))
                    return false;
            }
            int before = open;
            for (int i = 0; i < c; i++)
            {
                if (_partner[i] >= 0)
                    continue;
                int j = Farthest(state, i);
                if (j < i || Farthest(state, j) != i)
                    continue;
                (_partner[i], _partner[j]) = (j, i);
                (_plus[lines], _minus[lines]) = (i, j);
                lines++;
                open -= 2;
            }
            if (open == before)
                return false;
        }
        SetLines(state);
        return true;
    }

    /// <summary>Computes <see cref="Cosines"/> from <see cref="Lines"/>. O(L²k).</summary>
    public void ComputeCosines()
    {
        for (int i = 0; i < Count; i++)
        {
            _cosines[i * Count + i] = 1;
            for (int j = 0; j < i; j++)
                _cosines[i * Count + j] = _cosines[j * Count + i] = Vectors.Dot(_lines.AsSpan(i * Dim, Dim), _lines.AsSpan(j * Dim, Dim));
        }
    }

    /// <summary>
    /// Reverses lines until the sum of their unit vectors is as short as possible: k+1 lines of a simplex then are its vertices. O(L²) per
    /// step.
    /// </summary>
    /// <remarks>
    /// The signs are those of the null vector of the cosine matrix G, whose entries for a simplex are equal up to their signs. It is found
    /// by power iteration on (k+1)/k − G, whose other eigenvalues are as small as the noise. Afterwards single lines are reversed while
    /// that shortens the sum.
    /// </remarks>
    public void OrientLikeSimplex()
    {
        int n = Count;
        Span<double> v = _vector.AsSpan(0, n),
            image = _image.AsSpan(0, n);
        v.Clear();
        v[0] = 1;
        for (int step = 0; step < 60; step++)
        {
            double change = 0;
            for (int i = 0; i < n; i++)
                image[i] = (double)n / (n - 1) * v[i] - Vectors.Dot(Cosines.Slice(i * n, n), v);
            double norm = Vectors.Norm(image);
            if (!(norm > 0))
                break;
            for (int i = 0; i < n; i++)
            {
                double next = image[i] / norm;
                change = Math.Max(change, Math.Abs(next - v[i]));
                v[i] = next;
            }
            if (change < 1e-6)
                break;
        }
        for (int i = 0; i < n; i++)
            v[i] = v[i] < 0 ? -1 : 1;
        for (int turn = 0; turn < 4 * n; turn++)
        {
            int worst = -1;
            double most = 1e-12;
            for (int i = 0; i < n; i++)
            {
                double along = v[i] * Vectors.Dot(Cosines.Slice(i * n, n), v) - 1;
                if (along > most)
                    (worst, most) = (i, along);
            }
            if (worst < 0)
                break;
            v[worst] = -v[worst];
        }
        for (int i = 0; i < n; i++)
        {
            if (v[i] < 0)
                Turn(i);
        }
    }

    /// <summary>
    /// RMS difference, radians, between the pair angles of the data and those of ± lines with the current <see cref="Cosines"/>. O(L²).
    /// </summary>
    public double Residual(Correspondence state)
    {
        int c = state.Count;
        ReadOnlySpan<double> angles = state.Angles;
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> plus = angles.Slice(_plus[i] * c, c),
                minus = angles.Slice(_minus[i] * c, c);
            sum += Square(Math.PI - plus[_minus[i]]);
            for (int j = 0; j < i; j++)
            {
                double angle = Elementary.Acos(Math.Clamp(_cosines[i * Count + j], -1, 1)),
                    other = Math.PI - angle;
                int p = _plus[j],
                    m = _minus[j];
                sum += Square(plus[p] - angle) + Square(minus[m] - angle) + Square(plus[m] - other) + Square(minus[p] - other);
            }
        }
        return Math.Sqrt(sum / state.Pairs);
    }

    /// <summary>
    /// The RMS cosine across the weakest cut, which separates the two parts that remain when the weakest edge of a maximum spanning tree of
    /// |cos| is removed; 0 where the lines split into orthogonal parts. O(L²) (Prim 1957).
    /// </summary>
    /// <param name="first">Number of lines on one side of the cut.</param>
    public double WeakestCut(out int first)
    {
        int n = Count;
        first = n;
        if (n < 2)
            return 1;
        Span<double> reach = _vector.AsSpan(0, n),
            weight = _image.AsSpan(0, n);
        Span<int> order = _partner.AsSpan(0, n);
        for (int i = 0; i < n; i++)
            (reach[i], order[i]) = (Math.Abs(_cosines[i]), i);
        // The tree grows in `order`. A cut before the step with the weakest edge separates the lines added so far from those that come
        // later.
        int weakest = 1;
        double least = double.PositiveInfinity;
        for (int size = 1; size < n; size++)
        {
            int best = size;
            for (int k = size + 1; k < n; k++)
                best = reach[order[k]] > reach[order[best]] ? k : best;
            (order[size], order[best]) = (order[best], order[size]);
            int added = order[size];
            weight[size] = reach[added];
            if (weight[size] < least)
                (weakest, least) = (size, weight[size]);
            for (int k = size + 1; k < n; k++)
                reach[order[k]] = Math.Max(reach[order[k]], Math.Abs(_cosines[added * n + order[k]]));
        }
        first = weakest;
        double sum = 0;
        for (int a = 0; a < weakest; a++)
        {
            for (int b = weakest; b < n; b++)
                sum += Square(_cosines[order[a] * n + order[b]]);
        }
        return Math.Sqrt(sum / ((double)weakest * (n - weakest)));
    }

    private static double Square(double x) => x * x;

    // The farthest of the directions that have no partner yet.
    private int Farthest(Correspondence state, int i)
    {
        ReadOnlySpan<double> angles = state.Angles.AsSpan(i * state.Count, state.Count);
        int best = i;
        double most = -1;
        for (int j = 0; j < angles.Length; j++)
        {
            if (angles[j] > most && j != i && _partner[j] < 0)
                (best, most) = (j, angles[j]);
        }
        return best;
    }

    private void Turn(int line)
    {
        (_plus[line], _minus[line]) = (_minus[line], _plus[line]);
        foreach (ref double x in _lines.AsSpan(line * Dim, Dim))
            x = -x;
        for (int j = 0; j < Count; j++)
        {
            if (j == line)
                continue;
            _cosines[line * Count + j] = -_cosines[line * Count + j];
            _cosines[j * Count + line] = -_cosines[j * Count + line];
        }
    }

    private void SetLines(Correspondence state)
    {
        for (int l = 0; l < Count; l++)
        {
            Span<double> line = _lines.AsSpan(l * Dim, Dim);
            ReadOnlySpan<double> plus = state.Unit.AsSpan(_plus[l] * Dim, Dim),
                minus = state.Unit.AsSpan(_minus[l] * Dim, Dim);
            for (int k = 0; k < Dim; k++)
                line[k] = plus[k] - minus[k];
            Vectors.Scale(1 / Vectors.Norm(line), line);
        }
    }

    private void Reserve(int lines, int dim)
    {
        (Count, Dim) = (lines, dim);
        if (_partner.Length < 2 * lines)
            (_partner, _plus, _minus, _vector, _image) = (
                new int[2 * lines],
                new int[lines],
                new int[lines],
                new double[lines],
                new double[lines]
            );
        if (_lines.Length < lines * dim)
            _lines = new double[lines * dim];
        if (_cosines.Length < lines * lines)
            _cosines = new double[lines * lines];
    }
}
