using Geometry.Shapes;

namespace Geometry.Tests.Shapes;

/// <summary>Seeded random directions, maps and perturbed shapes.</summary>
internal sealed class Directions(int seed)
{
    private readonly Random _random = new(seed);

    public double Uniform(double low, double high) => low + (high - low) * _random.NextDouble();

    public double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>Independent uniform directions (not yet scaled to unit length).</summary>
    public double[] Random(int dim, int count) => [.. Enumerable.Range(0, dim * count).Select(_ => Gaussian())];

    /// <summary>A Haar-random element of O(d), row-major.</summary>
    public double[] Orthogonal(int d)
    {
        double[] m = Random(d, d);
        for (int i = 0; i < d; i++)
        {
            Span<double> row = m.AsSpan(i * d, d);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    double along = Dot(row, m.AsSpan(j * d, d));
                    for (int k = 0; k < d; k++)
                        row[k] -= along * m[j * d + k];
                }
            }
            double norm = Math.Sqrt(Dot(row, row));
            for (int k = 0; k < d; k++)
                row[k] /= norm;
        }
        return m;
    }

    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        _random.Shuffle(order);
        return order;
    }

    /// <summary>Row i of the result is the map applied to row order[i], plus noise.</summary>
    public double[] Moved(double[] rows, int d, double[] map, int[] order, double sigma = 0)
    {
        double[] moved = new double[rows.Length];
        for (int i = 0; i < order.Length; i++)
        {
            for (int k = 0; k < d; k++)
                moved[i * d + k] = Dot(map.AsSpan(k * d, d), rows.AsSpan(order[i] * d, d)) + (sigma == 0 ? 0 : sigma * Gaussian());
        }
        return moved;
    }

    public double Parameter(Shape shape) => shape.Parameter is { } p ? Uniform(p.Low, p.High) : double.NaN;

    /// <summary>
    /// Residual in degrees of two configurations under a given correspondence (row i of a ↔ row order[i] of b), from the definition.
    /// </summary>
    public static double Residual(double[] a, double[] b, int[] order, int d)
    {
        int c = order.Length;
        double sum = 0;
        for (int i = 0; i < c; i++)
        {
            for (int j = i + 1; j < c; j++)
            {
                double difference = Angle(a, i, j, d) - Angle(b, order[i], order[j], d);
                sum += difference * difference;
            }
        }
        return Math.Sqrt(sum / (c * (c - 1) / 2)) * 180 / Math.PI;
    }

    public static double Angle(double[] rows, int i, int j, int d)
    {
        ReadOnlySpan<double> x = rows.AsSpan(i * d, d),
            y = rows.AsSpan(j * d, d);
        double nx = Math.Sqrt(Dot(x, x)),
            ny = Math.Sqrt(Dot(y, y)),
            minus = 0,
            plus = 0;
        for (int k = 0; k < d; k++)
        {
            double a = x[k] / nx,
                b = y[k] / ny;
            minus += (a - b) * (a - b);
            plus += (a + b) * (a + b);
        }
        return 2 * Math.Atan2(Math.Sqrt(minus), Math.Sqrt(plus));
    }

    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
            sum += x[k] * y[k];
        return sum;
    }
}
