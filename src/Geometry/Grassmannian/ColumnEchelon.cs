using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian;

/// <summary>
/// The reduced column-echelon form A of k columns, and through it the representative A Aᵀ of their plane, as the literature uses it. It is
/// here as the baseline for comparisons.
/// </summary>
/// <remarks>
/// <para>Column operations bring the columns to a matrix A with an identity in its k pivot rows. A is a canonical basis of the plane, so A
/// Aᵀ depends on the plane alone. But it is <b>not</b> a projector unless A happens to be orthonormal, and it is <b>not</b> continuous: the
/// pivot rows are the first ones that do not vanish, so that a perturbation which turns a zero into 1e−3 selects other pivots, divides by
/// that 1e−3, and throws the representative far away. Use <see cref="ColumnReduction"/> for anything but comparison.</para>
/// <para>Memory layout: feature-major, column i at <c>[i·m, (i+1)·m)</c>. Degenerate cases: dependent columns end as zero columns; the rank
/// says how many are not zero. Source: Pfeifle 2022 (talk); Golub and Van Loan §3.4 for the pivoting. Complexity: k²m; no
/// allocation.</para>
/// </remarks>
public static class ColumnEchelon
{
    /// <summary>Default tolerance below which an entry counts as zero when pivots are chosen.</summary>
    public const double DefaultTolerance = 1e-10;

    /// <summary>Reduces the columns in place and returns their rank.</summary>
    /// <param name="columns">k columns of length m; receives A, pivot columns first, in the order of their pivot rows.</param>
    /// <param name="m">Dimension of the space, ≥ 1.</param>
    /// <param name="k">Number of columns, ≥ 0.</param>
    /// <param name="tolerance">Entries whose absolute value is at or below it are no pivots; in the unit of the columns, ≥ 0.</param>
    /// <exception cref="ArgumentException">The span is too short or m, k out of range.</exception>
    public static int Reduce(Span<double> columns, int m, int k, double tolerance = DefaultTolerance)
    {
        if (m < 1 || k < 0)
            throw new ArgumentException($"expected m ≥ 1 and k ≥ 0, found m = {m}, k = {k}");
        if (columns.Length < (long)m * k)
            throw new ArgumentException($"expected {(long)m * k} entries, found {columns.Length}", nameof(columns));
        int rank = 0;
        for (int row = 0; row < m && rank < k; row++)
        {
            int pivot = rank;
            for (int c = rank + 1; c < k; c++)
            {
                if (Math.Abs(columns[(c * m) + row]) > Math.Abs(columns[(pivot * m) + row]))
                    pivot = c;
            }
            if (!(Math.Abs(columns[(pivot * m) + row]) > tolerance))
            {
                for (int c = rank; c < k; c++)
                    columns[(c * m) + row] = 0;
                continue;
            }
            Span<double> leading = columns.Slice(rank * m, m);
            if (pivot != rank)
            {
                for (int i = 0; i < m; i++)
                    (leading[i], columns[(pivot * m) + i]) = (columns[(pivot * m) + i], leading[i]);
            }
            Vectors.Scale(1 / leading[row], leading);
            leading[row] = 1;
            for (int c = 0; c < k; c++)
            {
                if (c == rank)
                    continue;
                Vectors.Axpy(-columns[(c * m) + row], leading, columns.Slice(c * m, m));
                columns[(c * m) + row] = 0;
            }
            rank++;
        }
        return rank;
    }
}
