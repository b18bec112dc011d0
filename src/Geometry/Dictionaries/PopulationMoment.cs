using Geometry.LinearAlgebra;

namespace Geometry.Dictionaries;

/// <summary>Covariance and means of one family of populations, in the basis of the eigenvectors of all directions.</summary>
/// <remarks>
/// <para>
/// A covariance of many dimensions that is estimated from few directions has eigenvalues that are more unequal than the true ones. Relative
/// to the second moment Σ of all directions, Λ^(−½)CΛ^(−½), eigenvalues that are equal to a level a are estimated within a·(1 ± √(m/W))²,
/// where W is the number of directions (Marchenko and Pastur 1967, doi:10.1070/SM1967v001n04ABEH001994); eigenvalues in that range are
/// replaced by a. The r eigenvalues above it, of mean g, and likewise those below, are moved towards their mean by the share of their
/// variance that estimation from W directions explains, g²·r/W (as Ledoit and Wolf do, doi:10.1016/S0047-259X(03)00096-4).
/// </para>
/// <para>Complexity: W·m² multiply-adds and O(m³) for two sets of eigenvectors.</para>
/// </remarks>
/// <param name="Values">Eigenvalues of C.</param>
/// <param name="Axes">Its eigenvectors as rows, m×m.</param>
/// <param name="Means">μ of each population in the basis of these; null where it is not significant.</param>
internal sealed record PopulationMoment(double[] Values, double[] Axes, double[]?[] Means)
{
    /// <summary>The moment of the populations of one family.</summary>
    /// <param name="directions">Some directions of the dictionary.</param>
    /// <param name="weights">For each population, the probability that each direction belongs to it.</param>
    /// <param name="moment">Σ.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static PopulationMoment Of(
        UnitDirections directions,
        double[][] weights,
        SecondMoment moment,
        int threads,
        CancellationToken cancellation
    )
    {
        int m = directions.Dim;
        double[] total = new double[directions.Count];
        foreach (double[] w in weights)
            Vectors.Axpy(1, w, total);
        double count = total.Sum();
        float[] scales = [.. total.Select(w => (float)Math.Sqrt(w / count))];
        double[] covariance = Turned(SecondMoment.Sum(directions, scales, threads, cancellation), moment);
        double[][] means = [.. weights.Select(w => Mean(directions, w, moment))];
        double[] counts = [.. weights.Select(w => w.Sum())];
        // The cones of a family differ by their means; a single population has a mean only where that is significant.
        bool hasMeans = weights.Length > 1 || IsSignificant(covariance, means[0], counts[0]);
        for (int p = 0; p < means.Length && hasMeans; p++)
        {
            for (int a = 0; a < m; a++)
                Vectors.Axpy(-counts[p] / count * means[p][a], means[p], covariance.AsSpan(a * m, m));
        }
        cancellation.ThrowIfCancellationRequested();
        (double[] values, double[] axes) = Smoothed(covariance, moment.Eigenvalues, count);
        return new PopulationMoment(values, axes, [.. means.Select(mean => hasMeans ? Along(axes, mean) : null)]);
    }

    private static double[] Along(double[] axes, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Vectors.Dot(axes.AsSpan(i * x.Length, x.Length), x))];

    /// <summary>V S Vᵀ.</summary>
    private static double[] Turned(double[] s, SecondMoment moment)
    {
        int m = moment.Dim;
        double[] half = new double[m * m],
            turned = new double[m * m];
        for (int a = 0; a < m; a++)
        {
            for (int b = 0; b < m; b++)
                half[(a * m) + b] = Vectors.Dot(moment.Eigenvectors.AsSpan(a * m, m), s.AsSpan(b * m, m));
        }
        for (int a = 0; a < m; a++)
        {
            for (int b = 0; b <= a; b++)
                turned[(a * m) + b] = turned[(b * m) + a] = Vectors.Dot(half.AsSpan(a * m, m), moment.Eigenvectors.AsSpan(b * m, m));
        }
        return turned;
    }

    private static double[] Mean(UnitDirections directions, double[] weights, SecondMoment moment)
    {
        int m = directions.Dim;
        double[] sum = new double[m];
        for (int i = 0; i < weights.Length; i++)
        {
            ReadOnlySpan<float> x = directions[i];
            for (int d = 0; d < m; d++)
                sum[d] += weights[i] * x[d];
        }
        double count = weights.Sum();
        Vectors.Scale(1 / count, sum);
        return Along(moment.Eigenvectors, sum);
    }

    /// <summary>
    /// Whether the mean of W directions differs from zero by more than chance: W‖μ‖² exceeds tr C by five standard errors.
    /// </summary>
    private static bool IsSignificant(double[] covariance, double[] mean, double count)
    {
        int m = mean.Length;
        double trace = 0;
        for (int a = 0; a < m; a++)
            trace += covariance[a * (m + 1)];
        return count * Vectors.Dot(mean, mean) > trace + (5 * Math.Sqrt(2 * Vectors.Dot(covariance, covariance)));
    }

    /// <summary>The eigenvalues and eigenvectors of a covariance, corrected for the small number of directions.</summary>
    private static (double[] Values, double[] Axes) Smoothed(double[] covariance, double[] lambda, double count)
    {
        int m = lambda.Length;
        double[] relative = new double[m * m],
            values = new double[m],
            axes = new double[m * m];
        for (int a = 0; a < m; a++)
        {
            for (int b = 0; b < m; b++)
                relative[(a * m) + b] = covariance[(a * m) + b] / Math.Sqrt(lambda[a] * lambda[b]);
        }
        SymmetricEigen.Decompose(relative, m, values, axes);
        Level(values, count);
        // Λ^½ U t Uᵀ Λ^½.
        Array.Clear(relative);
        double[] axis = new double[m];
        for (int i = 0; i < m; i++)
        {
            for (int a = 0; a < m; a++)
                axis[a] = axes[(i * m) + a] * Math.Sqrt(lambda[a]);
            for (int a = 0; a < m; a++)
                Vectors.Axpy(values[i] * axis[a], axis, relative.AsSpan(a * m, m));
        }
        SymmetricEigen.Decompose(relative, m, values, axes);
        for (int i = 0; i < m; i++)
            values[i] = Math.Max(values[i], 1e-12 / m);
        return (values, axes);
    }

    /// <summary>
    /// Replaces the eigenvalues in the range of one level by their mean, and moves those above and those below towards theirs.
    /// </summary>
    internal static void Level(double[] values, double count)
    {
        int m = values.Length;
        double[] sorted = [.. values];
        Array.Sort(sorted);
        double level = sorted[m / 2],
            low = 0,
            high = 0;
        for (int round = 0; round < 20; round++)
        {
            double root = Math.Sqrt(m / count);
            (low, high) = (root < 1 ? level * (1 - root) * (1 - root) : 0, level * (1 + root) * (1 + root));
            double[] inside = [.. values.Where(v => v >= low && v <= high)];
            double next = inside.Length > 0 ? inside.Average() : level;
            if (Math.Abs(next - level) <= 1e-9 * level)
                break;
            level = Math.Max(next, 1e-9);
        }
        Draw(values, v => v > high, count);
        Draw(values, v => v < low, count);
        for (int i = 0; i < m; i++)
        {
            if (values[i] >= low && values[i] <= high)
                values[i] = level;
        }
    }

    private static void Draw(double[] values, Func<double, bool> isOne, double count)
    {
        int[] own = [.. Enumerable.Range(0, values.Length).Where(i => isOne(values[i]))];
        if (own.Length < 2)
            return;
        double mean = own.Average(i => values[i]),
            spread = own.Average(i => (values[i] - mean) * (values[i] - mean));
        double share = spread > 0 ? Math.Min(1, mean * mean * own.Length / count / spread) : 1;
        foreach (int i in own)
            values[i] = mean + ((1 - share) * (values[i] - mean));
    }
}
