using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Atlas;

/// <summary>The distinct directions of a summand in coordinates of its own.</summary>
public static class SummandDirections
{
    /// <summary>A direction is outside the summand where its projection is shorter than this.</summary>
    private const double LeastInside = 0.5;

    /// <summary>
    /// Unit directions in the leading principal axes of the summand's unit columns, row-major directions×dim; a direction is the mean of
    /// its features'.
    /// </summary>
    /// <param name="w">W.</param>
    /// <param name="features">The summand's features.</param>
    /// <param name="dim">Its dimension, 1 … number of features.</param>
    /// <param name="directionOf">For each feature the index of its direction, 0 … directions − 1.</param>
    /// <param name="directions">Number of directions.</param>
    /// <returns>
    /// Null where a column is zero, a direction lies mostly outside the summand, or the features that share a direction cancel.
    /// </returns>
    public static double[]? Of(FeatureConfiguration w, IReadOnlyList<int> features, int dim, IReadOnlyList<int> directionOf, int directions)
    {
        ArgumentNullException.ThrowIfNull(w);
        int m = w.Hidden,
            n = features.Count;
        double[] unit = new double[n * m];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> column = w.Column(features[i]);
            Span<double> row = unit.AsSpan(i * m, m);
            // Scaling by the largest entry first keeps the squares inside the double range.
            double largest = 0;
            foreach (double x in column)
                largest = Math.Max(largest, Math.Abs(x));
            if (largest == 0)
                return null;
            for (int k = 0; k < m; k++)
                row[k] = column[k] / largest;
            double norm = Vectors.Norm(row);
            for (int k = 0; k < m; k++)
                row[k] /= norm;
        }
        PrincipalAxes axes = PrincipalAxes.Of(unit, m, [.. Enumerable.Range(0, n)]);
        if (axes.Count < dim)
            return null;
        double[] y = new double[directions * dim];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < dim; k++)
                y[(directionOf[i] * dim) + k] += Vectors.Dot(axes.Axis(k), unit.AsSpan(i * m, m));
        }
        for (int i = 0; i < directions; i++)
        {
            Span<double> row = y.AsSpan(i * dim, dim);
            double norm = Vectors.Norm(row);
            if (!(norm >= LeastInside))
                return null;
            for (int k = 0; k < dim; k++)
                row[k] /= norm;
        }
        return y;
    }
}
