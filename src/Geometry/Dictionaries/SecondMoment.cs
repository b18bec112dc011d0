using Geometry.LinearAlgebra;

namespace Geometry.Dictionaries;

/// <summary>Σ = (1/n) Σ_i x_i x_iᵀ of the directions of a dictionary: its eigenvalues and eigenvectors.</summary>
/// <remarks>
/// <para>
/// Ledoit and Wolf's shrinkage towards tr Σ/m · I (doi:10.1016/S0047-259X(03)00096-4) prevents eigenvalues that are too small where there
/// are few more directions than dimensions; with many more it has no effect. tr Σ = 1.
/// </para>
/// <para>
/// Products are summed in single precision over 512 directions at a time, then in double precision, in fixed order. Degenerate cases: one
/// direction gives a shrunk matrix of rank one. Complexity: n·m² multiply-adds and O(m³) for the eigenvectors.
/// </para>
/// </remarks>
/// <param name="Dim">m.</param>
/// <param name="Eigenvalues">λ_1 ≥ … ≥ λ_m > 0, summing to one.</param>
/// <param name="Eigenvectors">Row i is the i-th eigenvector, m×m row-major.</param>
internal sealed record SecondMoment(int Dim, double[] Eigenvalues, double[] Eigenvectors)
{
    private const int Chunk = 512;

    /// <summary>Effective number of dimensions, 1/Σ λ_i²: m for directions without a preferred one.</summary>
    internal double EffectiveDimension => 1 / Vectors.Dot(Eigenvalues, Eigenvalues);

    /// <summary>The coordinates of a plane's basis in the basis of the eigenvectors.</summary>
    /// <param name="basis">k×m, orthonormal rows.</param>
    /// <param name="k">Dimension of the plane.</param>
    internal double[] Turned(ReadOnlySpan<double> basis, int k) => Coordinates(Eigenvectors, Dim, basis, k);

    /// <summary>The coordinates of a plane's basis in another orthonormal basis of R^m.</summary>
    /// <param name="axes">The other basis, m×m, orthonormal rows.</param>
    /// <param name="m">Dimension of the space.</param>
    /// <param name="basis">k×m, orthonormal rows.</param>
    /// <param name="k">Dimension of the plane.</param>
    internal static double[] Coordinates(double[] axes, int m, ReadOnlySpan<double> basis, int k)
    {
        double[] turned = new double[k * m];
        for (int a = 0; a < k; a++)
        {
            for (int i = 0; i < m; i++)
                turned[(a * m) + i] = Vectors.Dot(axes.AsSpan(i * m, m), basis.Slice(a * m, m));
        }
        return turned;
    }

    /// <summary>The second moment of the directions.</summary>
    internal static SecondMoment Of(UnitDirections directions, int threads, CancellationToken cancellation)
    {
        int m = directions.Dim,
            n = directions.Count;
        double[] sigma = Sum(directions, null, threads, cancellation);
        Vectors.Scale(1.0 / n, sigma);
        // Ledoit and Wolf: share = Σ_i ‖x_i x_iᵀ − Σ‖² / n² over ‖Σ − I/m‖²; with unit vectors the sum is n(1 − ‖Σ‖²).
        double square = Vectors.Dot(sigma, sigma),
            away = square - (1.0 / m);
        double share = away > 0 ? Math.Clamp((1 - square) / n / away, 1e-6, 1) : 1;
        for (int i = 0; i < m; i++)
        {
            Span<double> row = sigma.AsSpan(i * m, m);
            Vectors.Scale(1 - share, row);
            row[i] += share / m;
        }
        cancellation.ThrowIfCancellationRequested();
        double[] values = new double[m],
            vectors = new double[m * m];
        SymmetricEigen.Decompose(sigma, m, values, vectors);
        for (int i = 0; i < m; i++)
            values[i] = Math.Max(values[i], 1e-12 / m);
        return new SecondMoment(m, values, vectors);
    }

    /// <summary>Σ_i s_i² x_i x_iᵀ, full m×m; s_i = 1 for null.</summary>
    internal static double[] Sum(UnitDirections directions, float[]? scales, int threads, CancellationToken cancellation)
    {
        int m = directions.Dim,
            n = directions.Count,
            panels = CosineTile.Panels(m),
            groups = (m + CosineTile.Rows - 1) / CosineTile.Rows;
        double[] sigma = new double[m * m];
        float[] rows = new float[groups * CosineTile.Rows * Chunk],
            packed = new float[panels * CosineTile.Columns * Chunk];
        for (int start = 0; start < n; start += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(Chunk, n - start);
            // The rows of the product are coordinates: row d holds coordinate d of this chunk's directions.
            Array.Clear(rows);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> x = directions[start + i];
                float scale = scales?[start + i] ?? 1;
                for (int d = 0; d < m; d++)
                    rows[(d * Chunk) + i] = scale * x[d];
            }
            CosineTile.Pack(rows, Chunk, m, packed);
            Clustering.Workers.For(
                groups,
                1,
                threads,
                static () => new float[CosineTile.Area],
                (group, tile) =>
                {
                    for (int panel = 0; panel < panels; panel++)
                    {
                        CosineTile.Fill(
                            rows.AsSpan(group * CosineTile.Rows * Chunk),
                            packed.AsSpan(panel * CosineTile.Columns * Chunk),
                            Chunk,
                            tile
                        );
                        for (int at = 0; at < tile.Length; at++)
                        {
                            int a = (group * CosineTile.Rows) + (at / CosineTile.Columns),
                                b = (panel * CosineTile.Columns) + (at % CosineTile.Columns);
                            if (a < m && b < m)
                                sigma[(a * m) + b] += tile[at];
                        }
                    }
                }
            );
        }
        return sigma;
    }
}
