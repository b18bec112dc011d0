using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian;

/// <summary>
/// Projectors P = U Uᵀ of k-planes, and their isometric embedding into R^{m(m+1)/2}.
/// </summary>
/// <remarks>
/// <para>G(m,k) ∋ V ↦ P_V with P = Pᵀ = P², tr P = k. The embedding lists the upper triangle row by row, off-diagonal entries × √2, so
/// that the Euclidean norm of the list is the Frobenius norm of the matrix; the chordal distance is 1/√2 of the Euclidean one.</para>
/// <para>Memory layout: basis k×m with one orthonormal vector per row; P row-major m×m; embedding
/// (P_00, √2 P_01, …, √2 P_0,m−1, P_11, √2 P_12, …). Source: Conway, Hardin and Sloane 1996, doi:10.1080/10586458.1996.10504585.
/// Complexity: k m² to materialise, m² to embed; no allocation.</para>
/// </remarks>
public static class Projector
{
    private const double Sqrt2 = 1.4142135623730951;

    /// <summary>m(m+1)/2, the dimension of the space that symmetric m×m matrices embed into.</summary>
    public static int EmbeddingDimension(int m) => checked(m * (m + 1) / 2);

    /// <summary>Writes P = Σ_i u_i u_iᵀ (a projector when the rows are orthonormal; A Aᵀ for any rows).</summary>
    /// <param name="basis">k×m, one vector per row.</param>
    /// <param name="m">Dimension of the space.</param>
    /// <param name="k">Number of vectors.</param>
    /// <param name="projector">Receives P, m×m row-major, exactly symmetric.</param>
    public static void Materialise(ReadOnlySpan<double> basis, int m, int k, Span<double> projector)
    {
        projector = projector[..(m * m)];
        projector.Clear();
        for (int i = 0; i < k; i++)
        {
            ReadOnlySpan<double> u = basis.Slice(i * m, m);
            for (int r = 0; r < m; r++)
                Vectors.Axpy(u[r], u[r..], projector.Slice((r * m) + r, m - r));
        }
        for (int r = 1; r < m; r++)
        {
            for (int c = 0; c < r; c++)
                projector[(r * m) + c] = projector[(c * m) + r];
        }
    }

    /// <summary>Writes the isometric embedding of a symmetric matrix.</summary>
    /// <param name="symmetric">m×m row-major; its upper triangle is read.</param>
    /// <param name="m">Dimension of the space.</param>
    /// <param name="point">Receives m(m+1)/2 coordinates.</param>
    public static void Embed(ReadOnlySpan<double> symmetric, int m, Span<double> point)
    {
        int at = 0;
        for (int r = 0; r < m; r++)
        {
            point[at++] = symmetric[(r * m) + r];
            for (int c = r + 1; c < m; c++)
                point[at++] = Sqrt2 * symmetric[(r * m) + c];
        }
    }
}
