using System.Numerics.Tensors;
using Geometry.LinearAlgebra;

namespace Geometry.Configurations;

/// <summary>Statistics of W that need no decomposition.</summary>
/// <remarks>O(nm·min(n,m)) time, O(nm + min(n,m)²) memory.</remarks>
public sealed class FeatureStatistics
{
    // Sixteen rows of a frame operator of 1,000 dimensions are 128 kB: they stay in the second cache while all features pass.
    private const int RowsInCache = 16;

    private FeatureStatistics(double[] norms, double[] dimensionalities, double dimsPerFeature, double frameDefect)
    {
        Norms = norms;
        Dimensionalities = dimensionalities;
        DimsPerFeature = dimsPerFeature;
        FrameDefect = frameDefect;
    }

    /// <summary>‖w_i‖, length n.</summary>
    public double[] Norms { get; }

    /// <summary>D_i = ‖w_i‖² / Σ_j (ŵ_i·w_j)² (Elhage et al. 2022, arXiv 2209.10652), length n; 0 for a zero column.</summary>
    public double[] Dimensionalities { get; }

    /// <summary>D* = m / ‖W‖_F²; +∞ for W = 0.</summary>
    public double DimsPerFeature { get; }

    /// <summary>‖WWᵀ·m/‖W‖_F² − 1‖_F / √m: 0 for a tight frame; NaN for W = 0.</summary>
    public double FrameDefect { get; }

    /// <summary>Indices with ‖w_i‖ ≥ share · max_j ‖w_j‖ and w_i ≠ 0, ascending.</summary>
    public int[] Learned(double share) => Learned(Norms, share);

    /// <summary>The same from the norms alone, O(nm): for matrices that may be too large for the rest.</summary>
    public static int[] Learned(FeatureConfiguration w, double share)
    {
        double[] norms = new double[w.Features],
            x = new double[w.Hidden];
        double scale = Math.Abs(TensorPrimitives.MaxMagnitude(w.Columns));
        for (int i = 0; scale > 0 && i < norms.Length; i++)
        {
            TensorPrimitives.Divide(w.Column(i), scale, x);
            norms[i] = Vectors.Norm(x) * scale;
        }
        return Learned(norms, share);
    }

    private static int[] Learned(double[] norms, double share)
    {
        double largest = TensorPrimitives.Max<double>(norms);
        var learned = new List<int>(norms.Length);
        for (int i = 0; i < norms.Length; i++)
        {
            if (norms[i] > 0 && norms[i] >= share * largest)
                learned.Add(i);
        }
        return [.. learned];
    }

    /// <summary>Computes the statistics of W.</summary>
    /// <remarks>
    /// W is scaled by its largest entry first, so that weights near the ends of the double range neither overflow nor vanish.
    /// </remarks>
    public static FeatureStatistics Of(FeatureConfiguration w)
    {
        int n = w.Features,
            m = w.Hidden;
        double scale = Math.Abs(TensorPrimitives.MaxMagnitude(w.Columns));
        double[] norms = new double[n],
            dimensionalities = new double[n];
        if (scale == 0)
            return new FeatureStatistics(norms, dimensionalities, double.PositiveInfinity, double.NaN);

        double[] x = new double[n * m];
        // Dividing beats multiplying by the inverse: 1/scale overflows for subnormal weights.
        TensorPrimitives.Divide(w.Columns, scale, x);
        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            double square = Vectors.Dot(x.AsSpan(i * m, m), x.AsSpan(i * m, m));
            squares += square;
            norms[i] = Math.Sqrt(square) * scale;
        }

        double[] symmetric = m <= n ? Frame(x, m, n) : Vectors.Gram(x, m, n);
        for (int i = 0; i < n; i++)
            dimensionalities[i] = m <= n ? Dimensionality(symmetric, x.AsSpan(i * m, m)) : Dimensionality(symmetric.AsSpan(i * n, n), i);
        // ‖F·m/‖W‖² − 1‖_F² = m²‖F‖_F²/‖W‖⁴ − m, and ‖WWᵀ‖_F = ‖WᵀW‖_F; only the direct difference is accurate near a tight frame.
        double defect;
        if (m <= n)
        {
            TensorPrimitives.Multiply(symmetric, m / squares, symmetric);
            for (int a = 0; a < m; a++)
                symmetric[a * m + a] -= 1;
            defect = Vectors.Norm(symmetric) / Math.Sqrt(m);
        }
        else
        {
            double ratio = Vectors.Norm(symmetric) / squares;
            defect = Math.Sqrt(Math.Max(m * ratio * ratio - 1, 0));
        }
        return new FeatureStatistics(norms, dimensionalities, m / squares / scale / scale, defect);
    }

    /// <summary>WWᵀ, m×m.</summary>
    private static double[] Frame(double[] x, int m, int n)
    {
        double[] frame = new double[m * m];
        for (int first = 0; first < m; first += RowsInCache)
        {
            int end = Math.Min(m, first + RowsInCache);
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> xi = x.AsSpan(i * m, m);
                for (int a = first; a < end; a++)
                {
                    Span<double> row = frame.AsSpan(a * m + a, m - a);
                    TensorPrimitives.MultiplyAdd(xi[a..], xi[a], row, row);
                }
            }
        }
        for (int a = 0; a < m; a++)
        {
            for (int b = a + 1; b < m; b++)
                frame[b * m + a] = frame[a * m + b];
        }
        return frame;
    }

    // Σ_j (x̂_i·x_j)² = x̂_iᵀ (XXᵀ) x̂_i, so the frame operator serves all features: n·m² instead of n²·m.
    private static double Dimensionality(double[] frame, ReadOnlySpan<double> xi)
    {
        int m = xi.Length;
        double square = Vectors.Dot(xi, xi),
            image = 0;
        if (square == 0)
            return 0;
        for (int a = 0; a < m; a++)
            image += xi[a] * Vectors.Dot(frame.AsSpan(a * m, m), xi);
        return square * square / image;
    }

    private static double Dimensionality(ReadOnlySpan<double> gramRow, int i)
    {
        double square = gramRow[i];
        return square == 0 ? 0 : square * square / Vectors.Dot(gramRow, gramRow);
    }
}
