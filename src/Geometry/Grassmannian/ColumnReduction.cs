using System.Buffers;
using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian;

/// <summary>The result of a column reduction.</summary>
/// <param name="Rank">Number of columns whose pivot is above the tolerance, in [0, k].</param>
/// <param name="SmallestSingularValue">σ_k of the normalised columns, dimensionless, in [0, 1]; 0 for a zero column or k &gt; m.</param>
public readonly record struct Reduction(int Rank, double SmallestSingularValue);

/// <summary>Orthonormal, rank-revealing column reduction: k columns of R^m → an orthonormal basis of their span.</summary>
/// <remarks>
/// <para>Modified Gram–Schmidt with column pivoting on the normalised columns, each direction orthogonalised twice: X Π = U R with UᵀU = 1
/// to machine precision. P = U Uᵀ is then the same for every basis of the plane, and a perturbation δX moves it by at most ‖δX‖/σ_k in
/// spectral norm to first order.</para>
/// <para>Memory layout: feature-major, column i at <c>[i·m, (i+1)·m)</c>, the same for the basis. Degenerate cases: a zero column counts as
/// dependent; dependent columns give rank &lt; k and a basis of the smaller span in the first rows, with zeros after it. Source: Björck,
/// <i>Numerical Methods for Least Squares Problems</i> (1996), §2.4; Giraud, Langou and Rozložník 2005, doi:10.1016/j.camwa.2005.08.009
/// ("twice is enough"). Complexity: 4k²m; no heap allocation up to k·m = 500.</para>
/// </remarks>
public static class ColumnReduction
{
    /// <summary>Default relative tolerance of the rank decision, on pivots of unit columns.</summary>
    public const double DefaultTolerance = 1e-10;

    private const int StackLimit = 512;

    /// <summary>Reduces k columns to an orthonormal basis of their span.</summary>
    /// <param name="columns">k columns of length m, feature-major, any unit.</param>
    /// <param name="m">Dimension of the space, ≥ 1.</param>
    /// <param name="k">Number of columns, ≥ 0.</param>
    /// <param name="basis">Receives the basis vectors, k×m with one vector per row; rows past the rank are zero. Must not overlap the
    /// columns.</param>
    /// <param name="tolerance">A pivot (norm of a unit column's residual) at or below it counts as dependent; in [0, 1).</param>
    /// <exception cref="ArgumentException">A span is too short or m, k out of range.</exception>
    public static Reduction Orthonormal(ReadOnlySpan<double> columns, int m, int k, Span<double> basis, double tolerance = DefaultTolerance)
    {
        Prepare(columns, m, k, basis, tolerance);
        double sigma = k == 0 ? 1 : SmallestSingularValue(basis[..(m * k)], m, k);
        return new Reduction(GramSchmidt(basis, m, k, tolerance), sigma);
    }

    /// <summary>The same without σ_k, which is most of the work when there are many columns; returns the rank.</summary>
    public static int Basis(ReadOnlySpan<double> columns, int m, int k, Span<double> basis, double tolerance = DefaultTolerance)
    {
        Prepare(columns, m, k, basis, tolerance);
        return GramSchmidt(basis, m, k, tolerance);
    }

    private static void Prepare(ReadOnlySpan<double> columns, int m, int k, Span<double> basis, double tolerance)
    {
        if (m < 1 || k < 0)
            throw new ArgumentException($"expected m ≥ 1 and k ≥ 0, found m = {m}, k = {k}");
        if (columns.Length < (long)m * k)
            throw new ArgumentException($"expected {(long)m * k} entries, found {columns.Length}", nameof(columns));
        if (basis.Length < (long)m * k)
            throw new ArgumentException($"expected room for {(long)m * k} entries, found {basis.Length}", nameof(basis));
        if (!(tolerance is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "expected 0 ≤ tolerance < 1");
        for (int i = 0; i < k; i++)
            Normalise(columns.Slice(i * m, m), basis.Slice(i * m, m));
    }

    /// <summary>σ_k of k unit columns, by one-sided Jacobi on a copy.</summary>
    private static double SmallestSingularValue(ReadOnlySpan<double> unit, int m, int k)
    {
        if (k > m)
            return 0;
        double[]? rented = unit.Length + k > StackLimit ? ArrayPool<double>.Shared.Rent(unit.Length + k) : null;
        Span<double> work = rented is null ? stackalloc double[StackLimit] : rented;
        unit.CopyTo(work);
        Span<double> values = work.Slice(unit.Length, k);
        SingularValues.Compute(work[..unit.Length], m, k, values);
        double smallest = values[k - 1];
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return smallest;
    }

    /// <summary>Pivoted Gram–Schmidt in place on unit rows; returns the rank.</summary>
    private static int GramSchmidt(Span<double> v, int m, int k, double tolerance)
    {
        for (int i = 0; i < k; i++)
        {
            int pivot = i;
            double best = -1;
            for (int j = i; j < k; j++)
            {
                ReadOnlySpan<double> candidate = v.Slice(j * m, m);
                double square = Vectors.Dot(candidate, candidate);
                if (square > best)
                    (pivot, best) = (j, square);
            }
            Span<double> row = v.Slice(i * m, m);
            if (pivot != i)
                Swap(row, v.Slice(pivot * m, m));
            double norm = Math.Sqrt(best);
            if (i >= m || !(norm > tolerance))
            {
                v[(i * m)..(k * m)].Clear();
                return i;
            }
            Vectors.Scale(1 / norm, row);
            Vectors.Orthogonalise(row, v, i);
            Vectors.Scale(1 / Math.Sqrt(Vectors.Dot(row, row)), row);
            for (int j = i + 1; j < k; j++)
            {
                Span<double> rest = v.Slice(j * m, m);
                Vectors.Axpy(-Vectors.Dot(row, rest), row, rest);
            }
        }
        return k;
    }

    /// <summary>Writes x/‖x‖, scaled first so that neither overflow nor underflow spoils the norm; zero for x = 0.</summary>
    internal static void Normalise(ReadOnlySpan<double> x, Span<double> unit)
    {
        double largest = 0;
        foreach (double value in x)
            largest = Math.Max(largest, Math.Abs(value));
        if (largest == 0)
        {
            unit.Clear();
            return;
        }
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            unit[i] = x[i] / largest;
            sum += unit[i] * unit[i];
        }
        Vectors.Scale(1 / Math.Sqrt(sum), unit);
    }

    private static void Swap(Span<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
            (x[i], y[i]) = (y[i], x[i]);
    }
}
