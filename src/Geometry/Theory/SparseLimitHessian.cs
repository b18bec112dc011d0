using Geometry.LinearAlgebra;

namespace Geometry.Theory;

/// <summary>The second derivatives of the energy of <see cref="SparseLimitLoss"/>, in closed form.</summary>
/// <remarks>
/// b ≤ 0, a &gt; −b: f_aa = 2 + 2b³/a³, f_ab = 3 − 3b²/a², f_bb = 6 + 6b/a; g_ss = 2 + 6b³/s⁴ + 2b³/s³, g_sb = 3 − 6b²/s³ − 3b²/s², g_bb =
/// 6 + 6b(1/s² + 1/s). b &gt; 0: 2, 3, 6 for both, but −2b³/a³, 3b²/a², −6b/a for a &lt; −b. In all other cases they are 0. The chain rule
/// with a_ij = w_i·w_j and s_i = ‖w_i‖² gives the Hessian. It is discontinuous where a_ij = b_i = 0, as at a 4-gon, which has no Hessian.
/// O(k²d²) time, k²(d+1)² memory.
/// </remarks>
internal static class SparseLimitHessian
{
    /// <summary>The Hessian at a point, row-major, k(d+1) rows in the order of the point.</summary>
    /// <param name="point">The columns w_1 … w_k, then b.</param>
    /// <param name="hidden">d ≥ 1.</param>
    /// <param name="features">k ≥ 1.</param>
    /// <param name="importance">I_i, length k.</param>
    public static double[] At(ReadOnlySpan<double> point, int hidden, int features, IReadOnlyList<double> importance)
    {
        int size = features * (hidden + 1);
        double[] hessian = new double[size * size];
        for (int i = 0; i < features; i++)
        {
            double weight = importance[i] / 3,
                b = point[(features * hidden) + i];
            ReadOnlySpan<double> own = point.Slice(i * hidden, hidden);
            Own(hessian, size, own, b, i, (features * hidden) + i, weight);
            for (int j = 0; j < features; j++)
            {
                if (j != i)
                    Other(hessian, size, own, point.Slice(j * hidden, hidden), b, (i, j, (features * hidden) + i), weight);
            }
        }
        return hessian;
    }

    private static void Own(double[] hessian, int size, ReadOnlySpan<double> w, double b, int i, int bias, double weight)
    {
        double s = Vectors.Dot(w, w);
        if (b <= 0 && !(s > 0 && s >= -b))
            return;
        (double bySquare, double squares, double mixed, double biases) = ((-2 * (1 - s)) + (3 * b), 2.0, 3.0, 6.0);
        if (b <= 0)
        {
            double t = b / s;
            bySquare -= t * t * t * (2 + s);
            squares += t * t * t * ((6 / s) + 2);
            mixed -= t * t * ((6 / s) + 3);
            biases += 6 * t * ((1 / s) + 1);
        }
        for (int c = 0; c < w.Length; c++)
        {
            for (int e = 0; e < w.Length; e++)
                hessian[(((i * w.Length) + c) * size) + (i * w.Length) + e] +=
                    weight * ((4 * squares * w[c] * w[e]) + (c == e ? 2 * bySquare : 0));
            Mirror(hessian, size, (i * w.Length) + c, bias, weight * 2 * mixed * w[c]);
        }
        hessian[(bias * size) + bias] += weight * biases;
    }

    private static void Other(
        double[] hessian,
        int size,
        ReadOnlySpan<double> wi,
        ReadOnlySpan<double> wj,
        double b,
        (int I, int J, int Bias) at,
        double weight
    )
    {
        double a = Vectors.Dot(wi, wj);
        if (b <= 0 && !(a > -b))
            return;
        int d = wi.Length;
        bool turned = b > 0 && a < -b;
        double t = b / a;
        (double overlap, double overlaps, double mixed, double biases) =
            turned ? (t * t * b, -2 * t * t * t, 3 * t * t, -6 * t)
            : b > 0 ? ((2 * a) + (3 * b), 2.0, 3.0, 6.0)
            : ((2 * a) + (3 * b) - (t * t * b), 2 + (2 * t * t * t), 3 - (3 * t * t), 6 + (6 * t));
        for (int c = 0; c < d; c++)
        {
            for (int e = 0; e < d; e++)
            {
                hessian[(((at.I * d) + c) * size) + (at.I * d) + e] += weight * overlaps * wj[c] * wj[e];
                hessian[(((at.J * d) + c) * size) + (at.J * d) + e] += weight * overlaps * wi[c] * wi[e];
                Mirror(hessian, size, (at.I * d) + c, (at.J * d) + e, weight * ((overlaps * wj[c] * wi[e]) + (c == e ? overlap : 0)));
            }
            Mirror(hessian, size, (at.I * d) + c, at.Bias, weight * mixed * wj[c]);
            Mirror(hessian, size, (at.J * d) + c, at.Bias, weight * mixed * wi[c]);
        }
        hessian[(at.Bias * size) + at.Bias] += weight * biases;
    }

    private static void Mirror(double[] hessian, int size, int row, int column, double value)
    {
        hessian[(row * size) + column] += value;
        hessian[(column * size) + row] += value;
    }
}
