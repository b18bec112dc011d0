using Geometry.Clustering;
using Geometry.LinearAlgebra;

namespace Geometry.Dictionaries;

/// <summary>
/// The coordinates of directions along the leading eigenvectors of their second moment, and the remaining squared length of each.
/// </summary>
/// <remarks>
/// Directions that lie in a few dimensions enlarge the second moment there, so the leading eigenvectors show them; the other dimensions
/// enter by their sum only. Coordinates are in units of √λ_i, in which their mean square over all directions is 1. Memory: d numbers per
/// direction. Complexity: m·d per direction.
/// </remarks>
/// <param name="Count">Number of directions.</param>
/// <param name="Dim">d.</param>
/// <param name="Values">Coordinates, row-major count×d.</param>
/// <param name="Rests">The remaining squared length of each direction, in units of its mean, times <paramref name="Freedom"/>.</param>
/// <param name="Scales">√λ of each coordinate.</param>
/// <param name="Freedom">Effective number of the other dimensions, (Σλ)²/Σλ².</param>
internal sealed record LeadingCoordinates(int Count, int Dim, double[] Values, double[] Rests, double[] Scales, double Freedom)
{
    private const int MostDimensions = 64,
        DirectionsPerDimension = 48;

    /// <summary>
    /// d for n directions of m dimensions: m/2, but at most 64, and at most one per 48 directions, because fewer directions do not
    /// determine a population.
    /// </summary>
    internal static int DimensionsOf(int m, int n) => Math.Min(Math.Min(MostDimensions, n / DirectionsPerDimension), m / 2);

    /// <summary>Coordinates of direction i.</summary>
    internal ReadOnlySpan<double> this[int i] => Values.AsSpan(i * Dim, Dim);

    /// <summary>Every <paramref name="step"/>-th direction, from <paramref name="first"/> on.</summary>
    internal LeadingCoordinates Every(int step, int first)
    {
        int[] chosen = [.. Enumerable.Range(0, Count).Where(i => i % step == first)];
        return this with
        {
            Count = chosen.Length,
            Values = [.. chosen.SelectMany(i => Values.AsSpan(i * Dim, Dim).ToArray())],
            Rests = [.. chosen.Select(i => Rests[i])],
        };
    }

    /// <summary>At most <paramref name="count"/> directions, evenly spaced.</summary>
    internal LeadingCoordinates Thinned(int count)
    {
        if (count >= Count)
            return this;
        var thinned = new LeadingCoordinates(count, Dim, new double[count * Dim], new double[count], Scales, Freedom);
        for (int i = 0; i < count; i++)
        {
            int from = Place(i, count, Count);
            this[from].CopyTo(thinned.Values.AsSpan(i * Dim));
            thinned.Rests[i] = Rests[from];
        }
        return thinned;
    }

    /// <summary>The index, among <paramref name="of"/> directions, of the i-th of <paramref name="count"/> evenly spaced ones.</summary>
    internal static int Place(int i, int count, int of) => (int)((long)i * of / count);

    /// <summary>The coordinates of <paramref name="count"/> evenly spaced directions.</summary>
    internal static LeadingCoordinates Of(UnitDirections directions, SecondMoment moment, int count, int threads)
    {
        int m = directions.Dim,
            d = DimensionsOf(m, count);
        double sum = moment.Eigenvalues.Skip(d).Sum(),
            squares = moment.Eigenvalues.Skip(d).Sum(v => v * v);
        double[] scales = [.. moment.Eigenvalues.Take(d).Select(Math.Sqrt)];
        var made = new LeadingCoordinates(count, d, new double[count * d], new double[count], scales, sum * sum / squares);
        Workers.For(
            count,
            64,
            threads,
            () => new double[m],
            (i, x) =>
            {
                directions.CopyTo(Place(i, count, directions.Count), x);
                made.Rests[i] = Of(x, moment, made.Values.AsSpan(i * d, d));
            }
        );
        return made;
    }

    /// <summary>Writes the coordinates of one direction, and returns its entry of <see cref="Rests"/>.</summary>
    internal static double Of(ReadOnlySpan<double> x, SecondMoment moment, Span<double> y)
    {
        int m = moment.Dim;
        double left = 1,
            sum = 0,
            squares = 0;
        for (int a = 0; a < y.Length; a++)
        {
            double along = Vectors.Dot(x, moment.Eigenvectors.AsSpan(a * m, m));
            left -= along * along;
            y[a] = along / Math.Sqrt(moment.Eigenvalues[a]);
        }
        for (int a = y.Length; a < m; a++)
            (sum, squares) = (sum + moment.Eigenvalues[a], squares + (moment.Eigenvalues[a] * moment.Eigenvalues[a]));
        return sum / squares * Math.Max(0, left);
    }
}
