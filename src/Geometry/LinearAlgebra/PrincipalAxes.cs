using System.Buffers;
using System.Numerics.Tensors;

namespace Geometry.LinearAlgebra;

/// <summary>
/// Principal axes of a set S of unit columns: the eigenvectors u_k of X_S X_Sᵀ with their eigenvalues λ_k, descending; Σ λ_k = |S|.
/// </summary>
/// <remarks>
/// They are computed from the smaller of the Gram matrix (|S|×|S|) and the scatter matrix (m×m): O(min(|S|,m)²·max(|S|,m) + min(|S|,m)³)
/// time. Axes beyond the rank of a Gram matrix (λ_k up to 1e-14·|S|) are zero vectors, which stand for no direction.
/// </remarks>
internal sealed class PrincipalAxes
{
    private static readonly double[] s_one = [1];

    private readonly double[] _values;
    private readonly double[] _axes;
    private readonly int _m;

    private PrincipalAxes(double[] values, double[] axes, int m)
    {
        _values = values;
        _axes = axes;
        _m = m;
    }

    /// <summary>Number of axes, min(|S|, m).</summary>
    public int Count => _values.Length;

    /// <summary>λ_k; 0 beyond the last.</summary>
    public double Value(int k) => k < _values.Length ? _values[k] : 0;

    /// <summary>u_k, length m.</summary>
    public ReadOnlySpan<double> Axis(int k) => _axes.AsSpan(k * _m, _m);

    /// <summary>The first <paramref name="d"/> axes, row-major d×m.</summary>
    public ReadOnlySpan<double> Basis(int d) => _axes.AsSpan(0, d * _m);

    /// <summary>Principal axes of the columns <paramref name="features"/> of X (feature-major, m entries each).</summary>
    public static PrincipalAxes Of(ReadOnlySpan<double> x, int m, ReadOnlySpan<int> features)
    {
        int c = features.Length;
        return c == 1 ? Single(x, m, features[0])
            : c < m ? FromGram(x, m, features)
            : FromScatter(x, m, features);
    }

    /// <summary>The λ_k of those columns alone, min(|S|, m) of them, the same to the bit as those of <see cref="Of"/>.</summary>
    public static double[] Values(ReadOnlySpan<double> x, int m, ReadOnlySpan<int> features)
    {
        int side = Math.Min(features.Length, m);
        double[] values = new double[side],
            rented = ArrayPool<double>.Shared.Rent(side * side);
        Span<double> matrix = rented.AsSpan(0, side * side);
        if (features.Length < m)
            Gram(x, m, features, matrix);
        else
            Scatter(x, m, features, matrix);
        SymmetricEigen.Decompose(matrix, side, values, []);
        for (int k = 0; k < side; k++)
            values[k] = Math.Max(values[k], 0);
        ArrayPool<double>.Shared.Return(rented);
        return values;
    }

    private static PrincipalAxes Single(ReadOnlySpan<double> x, int m, int feature) => new(s_one, x.Slice(feature * m, m).ToArray(), m);

    private static PrincipalAxes FromGram(ReadOnlySpan<double> x, int m, ReadOnlySpan<int> features)
    {
        int c = features.Length;
        double[] values = new double[c],
            axes = new double[c * m];
        double[] rented = ArrayPool<double>.Shared.Rent(2 * c * c);
        Span<double> gram = rented.AsSpan(0, c * c),
            vectors = rented.AsSpan(c * c, c * c);
        Gram(x, m, features, gram);
        SymmetricEigen.Decompose(gram, c, values, vectors);
        for (int k = 0; k < c; k++)
        {
            if (values[k] <= 1e-14 * c)
            {
                values[k] = Math.Max(values[k], 0);
                continue;
            }
            Span<double> axis = axes.AsSpan(k * m, m);
            for (int a = 0; a < c; a++)
                TensorPrimitives.MultiplyAdd(x.Slice(features[a] * m, m), vectors[k * c + a], axis, axis);
            TensorPrimitives.Multiply(axis, 1 / Math.Sqrt(values[k]), axis);
        }
        ArrayPool<double>.Shared.Return(rented);
        return new PrincipalAxes(values, axes, m);
    }

    private static PrincipalAxes FromScatter(ReadOnlySpan<double> x, int m, ReadOnlySpan<int> features)
    {
        double[] values = new double[m],
            axes = new double[m * m];
        double[] rented = ArrayPool<double>.Shared.Rent(m * m);
        Span<double> scatter = rented.AsSpan(0, m * m);
        Scatter(x, m, features, scatter);
        SymmetricEigen.Decompose(scatter, m, values, axes);
        for (int k = 0; k < m; k++)
            values[k] = Math.Max(values[k], 0);
        ArrayPool<double>.Shared.Return(rented);
        return new PrincipalAxes(values, axes, m);
    }

    private static void Gram(ReadOnlySpan<double> x, int m, ReadOnlySpan<int> features, Span<double> gram)
    {
        int c = features.Length;
        for (int a = 0; a < c; a++)
        {
            for (int b = a; b < c; b++)
                gram[a * c + b] = gram[b * c + a] = Vectors.Dot(x.Slice(features[a] * m, m), x.Slice(features[b] * m, m));
        }
    }

    private static void Scatter(ReadOnlySpan<double> x, int m, ReadOnlySpan<int> features, Span<double> scatter)
    {
        scatter.Clear();
        foreach (int f in features)
            Vectors.AddOuterProduct(x.Slice(f * m, m), scatter);
    }
}
