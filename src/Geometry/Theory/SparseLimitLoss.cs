using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Theory;

/// <summary>The exact loss of a tied ReLU model when exactly one feature is active, with its gradient.</summary>
/// <remarks>
/// <para>
/// Input x = μ·e_j with μ uniform on [0,1], output ReLU(WᵀWx + b). With a_ij = w_i·w_j and s_i = ‖w_i‖², three times the squared error of
/// output i, summed over the inputs j, is H_i = g(s_i, b_i) + Σ_{j≠i} f(a_ij, b_i), where f(a, b) = 3∫(aμ+b)₊² dμ and g(s, b) = 3∫(μ −
/// (sμ+b)₊)² dμ over [0,1]:
/// </para>
/// <para>
/// With N = (1−s)² − 3(1−s)b + 3b². For b ≤ 0: f = (a+b)³/a where a > −b, otherwise 0; g = N + b³/s² + b³/s where s ≥ −b and s > 0,
/// otherwise 1. For b > 0: f = a² + 3ab + 3b² where a ≥ −b, otherwise −b³/a; g = N.
/// </para>
/// <para>
/// The energy is Σ_i I_i·H_i/3; the mean loss over the k inputs is the energy divided by k. Its gradient by w_i is (2I_i·g_s·w_i + Σ_j
/// (I_i·f_a(a_ij, b_i) + I_j·f_a(a_ij, b_j))·w_j)/3, by b_i it is I_i(g_b + Σ_j f_b)/3. It is continuous except where w_i = 0 and b_i = 0;
/// there the limit from b_i &lt; 0 is used. Second derivatives jump where some a_ij = b_i = 0. Source: Chen, Lau, Mendel, Wei, Murfet 2023,
/// arXiv 2310.06301.
/// </para>
/// <para>
/// Layout of a point and of a gradient: the columns w_1 … w_k, each of length d, then b. Sums have eight fixed lanes, so the same point
/// gives the same bits on every processor. O(k²d) time; an instance holds its workspace of O(k² + kd) and belongs to one thread.
/// </para>
/// </remarks>
internal sealed class SparseLimitLoss
{
    private const int Lanes = 8;

    private readonly int _stride;
    private readonly double[] _importance;

    // Row-major d×stride and k×stride; lanes beyond k are zero.
    private readonly double[] _columns,
        _overlaps,
        _slopes,
        _columnSlopes;

    /// <param name="hidden">d ≥ 1.</param>
    /// <param name="features">k ≥ 1.</param>
    /// <param name="importance">I_i ≥ 0, length k.</param>
    public SparseLimitLoss(int hidden, int features, IReadOnlyList<double> importance)
    {
        (Hidden, Features) = (hidden, features);
        _importance = [.. importance];
        _stride = (features + Lanes - 1) / Lanes * Lanes;
        (_columns, _columnSlopes) = (new double[hidden * _stride], new double[hidden * _stride]);
        (_overlaps, _slopes) = (new double[_stride], new double[features * _stride]);
    }

    /// <summary>d.</summary>
    public int Hidden { get; }

    /// <summary>k.</summary>
    public int Features { get; }

    /// <summary>Number of coordinates of a point: k·d weights and k biases.</summary>
    public int Length => Features * (Hidden + 1);

    /// <summary>The energy at a point, and its gradient.</summary>
    /// <param name="point">Length k(d+1).</param>
    /// <param name="gradient">Length k(d+1), overwritten.</param>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        int k = Features,
            d = Hidden;
        ReadOnlySpan<double> bias = point[(k * d)..];
        for (int i = 0; i < k; i++)
        {
            for (int c = 0; c < d; c++)
                _columns[(c * _stride) + i] = point[(i * d) + c];
        }
        double energy = 0;
        for (int i = 0; i < k; i++)
        {
            double weight = _importance[i] / 3,
                b = bias[i],
                square = Overlaps(i);
            Span<double> slopes = _slopes.AsSpan(i * _stride, _stride);
            (double others, double byBias) = b <= 0 ? Rectified(b, weight, slopes) : Open(i, b, weight, slopes);
            (double own, double ownBySquare, double ownByBias) = Own(square, b);
            energy += weight * (own + others);
            gradient[(k * d) + i] = weight * (ownByBias + byBias);
            // Half of the contribution of the square, because Symmetrise adds the diagonal to itself.
            slopes[i] = weight * ownBySquare;
        }
        Symmetrise();
        Array.Clear(_columnSlopes);
        for (int i = 0; i < k; i++)
        {
            ReadOnlySpan<double> row = _slopes.AsSpan(i * _stride, _stride);
            for (int c = 0; c < d; c++)
                AddScaled(_columns[(c * _stride) + i], row, _columnSlopes.AsSpan(c * _stride, _stride));
        }
        for (int i = 0; i < k; i++)
        {
            for (int c = 0; c < d; c++)
                gradient[(i * d) + c] = _columnSlopes[(c * _stride) + i];
        }
        return energy;
    }

    /// <summary>Fills a_i1 … a_ik, with 0 in place of a_ii, and returns a_ii.</summary>
    private double Overlaps(int i)
    {
        Array.Clear(_overlaps);
        for (int c = 0; c < Hidden; c++)
            AddScaled(_columns[(c * _stride) + i], _columns.AsSpan(c * _stride, _stride), _overlaps);
        double square = _overlaps[i];
        _overlaps[i] = 0;
        return square;
    }

    /// <summary>Σ_j f and Σ_j f_b for a bias ≤ 0, with weight·f_a in <paramref name="slopes"/>. An overlap of 0 adds nothing.</summary>
    private (double Sum, double ByBias) Rectified(double b, double weight, Span<double> slopes)
    {
        ref double overlaps = ref MemoryMarshal.GetArrayDataReference(_overlaps);
        ref double slope = ref MemoryMarshal.GetReference(slopes);
        Vector512<double> sum = default,
            byBias = default,
            bias = Vector512.Create(b),
            least = Vector512.Create(1e-300),
            scale = Vector512.Create(weight);
        for (int j = 0; j < _stride; j += Lanes)
        {
            Vector512<double> a = Vector512.LoadUnsafe(ref overlaps, (nuint)j),
                top = Vector512.Max(a + bias, default),
                share = top / Vector512.Max(a, least);
            Vector512<double> product = top * share;
            sum += product * top;
            byBias += product;
            (scale * (share * share * (a + a - bias))).StoreUnsafe(ref slope, (nuint)j);
        }
        return (Sum(sum), 3 * Sum(byBias));
    }

    /// <summary>Σ_j f and Σ_j f_b for a bias &gt; 0, with weight·f_a in <paramref name="slopes"/>.</summary>
    private (double Sum, double ByBias) Open(int own, double b, double weight, Span<double> slopes)
    {
        double sum = 0,
            byBias = 0;
        slopes.Clear();
        for (int j = 0; j < Features; j++)
        {
            if (j == own)
                continue;
            (double value, double byOverlap, double slope) = Other(_overlaps[j], b);
            sum += value;
            byBias += slope;
            slopes[j] = weight * byOverlap;
        }
        return (sum, byBias);
    }

    private static (double Value, double ByOverlap, double ByBias) Other(double a, double b) =>
        a >= -b
            ? ((a * a) + (3 * b * (a + b)), (2 * a) + (3 * b), (3 * a) + (6 * b))
            : (-b * b * b / a, b * b * b / (a * a), -3 * b * b / a);

    /// <summary>g with its derivatives by s and b.</summary>
    /// <param name="s">‖w_i‖², ≥ 0.</param>
    /// <param name="b">The bias, with the interference of other features added where there is any.</param>
    internal static (double Value, double BySquare, double ByBias) Own(double s, double b)
    {
        double rest = 1 - s,
            value = (rest * rest) - (3 * rest * b) + (3 * b * b),
            bySquare = (-2 * rest) + (3 * b),
            byBias = (-3 * rest) + (6 * b);
        if (b > 0)
            return (value, bySquare, byBias);
        if (!(s > 0 && s >= -b))
            return (1, 0, 0);
        double share = b / s;
        return (
            value + (share * share * b * (1 + s)),
            bySquare - (share * share * share * (2 + s)),
            byBias + (3 * share * share * (1 + s))
        );
    }

    private void Symmetrise()
    {
        for (int i = 0; i < Features; i++)
        {
            for (int j = 0; j <= i; j++)
                _slopes[(i * _stride) + j] = _slopes[(j * _stride) + i] = _slopes[(i * _stride) + j] + _slopes[(j * _stride) + i];
        }
    }

    private void AddScaled(double s, ReadOnlySpan<double> x, Span<double> y)
    {
        ref double rx = ref MemoryMarshal.GetReference(x),
            ry = ref MemoryMarshal.GetReference(y);
        Vector512<double> scale = Vector512.Create(s);
        for (nuint j = 0; j < (nuint)_stride; j += Lanes)
            (Vector512.LoadUnsafe(ref ry, j) + (scale * Vector512.LoadUnsafe(ref rx, j))).StoreUnsafe(ref ry, j);
    }

    /// <summary>
    /// Adds lane l to lane l + 4, then to l + 2, then to l + 1, because the order of Vector512.Sum depends on the processor.
    /// </summary>
    private static double Sum(Vector512<double> lanes)
    {
        Vector256<double> half = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> quarter = half.GetLower() + half.GetUpper();
        return quarter[0] + quarter[1];
    }
}
