namespace Geometry.Synthesis;

/// <summary>
/// The axes of oblique summands: the i-th axes of all summands that have one stand at the same angle to each other, and axes with different
/// numbers are orthogonal.
/// </summary>
/// <remarks>
/// The i-th axes of g summands have the Gram matrix (1−c)·1 + c·J, c = cos(angle), which is positive definite for 0 ≤ c &lt; 1. With L its
/// Cholesky factor, axis j is Σ_l L_jl e_{a_l}, where a_l is the coordinate that axis l has in the orthogonal sum. O(Σ_i g_i³) once,
/// O(dim·g) per vector.
/// </remarks>
internal sealed class ObliqueAxes
{
    private readonly int[][] _coordinates;
    private readonly int[][] _place;
    private readonly double[][] _factor;

    /// <param name="parts">The summands.</param>
    /// <param name="degrees">The angle, in (0, 90].</param>
    public ObliqueAxes(IReadOnlyList<SyntheticPart> parts, double degrees)
    {
        double cos = Elementary.Cos(double.DegreesToRadians(degrees));
        int levels = parts.Count == 0 ? 0 : parts.Max(p => p.Dim);
        _coordinates = new int[levels][];
        _factor = new double[levels][];
        _place = [.. parts.Select(p => new int[p.Dim])];
        for (int i = 0; i < levels; i++)
        {
            var coordinates = new List<int>();
            for (int p = 0, offset = 0; p < parts.Count; offset += parts[p].Dim, p++)
            {
                if (parts[p].Dim <= i)
                    continue;
                _place[p][i] = coordinates.Count;
                coordinates.Add(offset + i);
            }
            _coordinates[i] = [.. coordinates];
            _factor[i] = Factor(coordinates.Count, cos);
        }
    }

    /// <summary>
    /// Replaces a vector with coordinates along the orthogonal axes of part p by the vector with the same coordinates along its oblique
    /// axes.
    /// </summary>
    /// <param name="own">The part's coordinates, a slice of <paramref name="all"/>, which is zero elsewhere.</param>
    /// <param name="part">p.</param>
    /// <param name="all">Receives the vector of R^m.</param>
    public void Tilt(Span<double> own, int part, Span<double> all)
    {
        Span<double> along = stackalloc double[own.Length];
        own.CopyTo(along);
        all.Clear();
        for (int i = 0; i < along.Length; i++)
        {
            int[] coordinates = _coordinates[i];
            int row = _place[part][i];
            for (int l = 0; l <= row; l++)
                all[coordinates[l]] += along[i] * _factor[i][row * coordinates.Length + l];
        }
    }

    /// <summary>The Cholesky factor of the n×n matrix with 1 on its diagonal and a cosine elsewhere.</summary>
    private static double[] Factor(int n, double cos)
    {
        double[] l = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? 1 : cos;
                for (int k = 0; k < j; k++)
                    sum -= l[i * n + k] * l[j * n + k];
                l[i * n + j] = i == j ? Math.Sqrt(sum) : sum / l[j * n + j];
            }
        }
        return l;
    }
}
