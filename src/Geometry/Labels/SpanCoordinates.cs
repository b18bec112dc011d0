using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Labels;

/// <summary>The span of all columns of W, learned or not: the space that counts. Dimensions that no column uses say nothing.</summary>
/// <remarks>
/// Orthonormal basis by Gram–Schmidt with column pivoting, each vector orthogonalised twice. A column extends the basis while more of it sticks out than
/// max(m, n)·2⁻²³ of the largest column, as NumPy's matrix_rank has it for single precision, in which weights are stored. O(nmr) time, O(nm) memory.
/// </remarks>
internal static class SpanCoordinates
{
    /// <summary>Unit vectors of the basis, row-major r×m; null where the columns span all of R^m, so that W's own coordinates serve.</summary>
    /// <param name="w">W, not zero.</param>
    /// <param name="dimension">r, 1 ≤ r ≤ min(m, n).</param>
    public static double[]? Basis(FeatureConfiguration w, out int dimension)
    {
        int m = w.Hidden, n = w.Features, most = Math.Min(m, n);
        double[] rest = new double[n * m], squares = new double[n], basis = new double[most * m];
        double scale = 0;
        foreach (double value in w.Columns) scale = Math.Max(scale, Math.Abs(value));
        for (int k = 0; k < rest.Length; k++) rest[k] = w.Columns[k] / scale;
        double largest = 0;
        for (int i = 0; i < n; i++) largest = Math.Max(largest, squares[i] = Vectors.Dot(rest.AsSpan(i * m, m), rest.AsSpan(i * m, m)));
        double threshold = largest * Math.Pow(Math.Max(m, n) * Math.ScaleB(1, -23), 2);
        for (dimension = 0; dimension < most; dimension++)
        {
            int pivot = 0;
            for (int i = 1; i < n; i++) pivot = squares[i] > squares[pivot] ? i : pivot;
            Span<double> axis = basis.AsSpan(dimension * m, m);
            rest.AsSpan(pivot * m, m).CopyTo(axis);
            for (int k = 0; k < dimension; k++) Vectors.Axpy(-Vectors.Dot(basis.AsSpan(k * m, m), axis), basis.AsSpan(k * m, m), axis);
            double norm = Vectors.Norm(axis);
            if (!(norm * norm > threshold)) break;
            Vectors.Scale(1 / norm, axis);
            for (int i = 0; i < n; i++)
            {
                Span<double> column = rest.AsSpan(i * m, m);
                Vectors.Axpy(-Vectors.Dot(axis, column), axis, column);
                squares[i] = Vectors.Dot(column, column);
            }
        }
        return dimension == m ? null : basis;
    }
}
