using System.Buffers;
using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Labels;

/// <summary>
/// The span of all columns of W, learned or not, which is the space that the analysis works in; dimensions that no column uses are left
/// out.
/// </summary>
/// <remarks>
/// The basis comes from Gram–Schmidt with column pivoting, each vector orthogonalised twice. A column extends the basis while its part
/// outside is longer than max(m, n)·2⁻²³ of the largest column, the tolerance of NumPy's matrix_rank for single precision, in which weights
/// are stored. Most W span all of R^m; a Cholesky factor recognises these at less cost. O(nmr) time, O(nm) memory.
/// </remarks>
internal static class SpanCoordinates
{
    /// <summary>
    /// The unit vectors of the basis, row-major r×m; null where the columns span all of R^m, so that the coordinates of W serve as they
    /// are.
    /// </summary>
    /// <param name="w">W, not zero.</param>
    /// <param name="dimension">r, 1 ≤ r ≤ min(m, n).</param>
    public static double[]? Basis(FeatureConfiguration w, out int dimension)
    {
        int m = w.Hidden,
            n = w.Features,
            most = Math.Min(m, n);
        double[] rented = ArrayPool<double>.Shared.Rent((n + most) * m + n);
        Span<double> rest = rented.AsSpan(0, n * m),
            basis = rented.AsSpan(n * m, most * m),
            squares = rented.AsSpan((n + most) * m, n);
        double scale = 0;
        foreach (double value in w.Columns)
            scale = Math.Max(scale, Math.Abs(value));
        TensorPrimitives.Divide(w.Columns, scale, rest);
        double largest = 0;
        for (int i = 0; i < n; i++)
            largest = Math.Max(largest, squares[i] = Vectors.Dot(rest.Slice(i * m, m), rest.Slice(i * m, m)));
        double threshold = largest * Elementary.Pow(Math.Max(m, n) * Math.ScaleB(1, -23), 2);
        if (most == m && SpansAll(rest, m, n * threshold, basis))
        {
            dimension = m;
            ArrayPool<double>.Shared.Return(rented);
            return null;
        }
        for (dimension = 0; dimension < most; dimension++)
        {
            int pivot = 0;
            for (int i = 1; i < n; i++)
                pivot = squares[i] > squares[pivot] ? i : pivot;
            Span<double> axis = basis.Slice(dimension * m, m);
            rest.Slice(pivot * m, m).CopyTo(axis);
            Vectors.Orthogonalise(axis, basis, dimension);
            double norm = Vectors.Norm(axis);
            if (!(norm * norm > threshold))
                break;
            Vectors.Scale(1 / norm, axis);
            // After the last vector nothing is left to reduce.
            for (int i = 0; i < n && dimension < most - 1; i++)
            {
                Span<double> column = rest.Slice(i * m, m);
                Vectors.Axpy(-Vectors.Dot(axis, column), axis, column);
                squares[i] = Vectors.Dot(column, column);
            }
        }
        double[]? found = dimension == m ? null : basis[..(dimension * m)].ToArray();
        ArrayPool<double>.Shared.Return(rented);
        return found;
    }

    /// <summary>How many times the threshold the smallest eigenvalue has to be, so that rounding cannot decide.</summary>
    private const double Safety = 1000;

    /// <summary>
    /// Whether the columns certainly span R^m, so that no basis is needed: the smallest eigenvalue of Σ x xᵀ is far above the threshold
    /// that ends a basis.
    /// </summary>
    /// <remarks>
    /// Outside any k &lt; m axes the n columns have at least that eigenvalue of squared length together, and the longest of them has at
    /// least 1/n of that.
    /// </remarks>
    /// <param name="columns">n×m.</param>
    /// <param name="m">m.</param>
    /// <param name="least">n times the threshold of a squared length.</param>
    /// <param name="work">Room for m×m numbers.</param>
    private static bool SpansAll(ReadOnlySpan<double> columns, int m, double least, Span<double> work)
    {
        work = work[..(m * m)];
        work.Clear();
        for (int i = 0; i < columns.Length; i += m)
        {
            ReadOnlySpan<double> x = columns.Slice(i, m);
            for (int k = 0; k < m; k++)
                Vectors.Axpy(x[k], x[..(k + 1)], work.Slice(k * m, k + 1));
        }
        for (int k = 0; k < m; k++)
            work[k * m + k] -= Safety * least;
        return SmallCholesky.Factor(work, m);
    }
}
