using Geometry.LinearAlgebra;

namespace Geometry.Tests.Grassmannian.Planes;

/// <summary>
/// Unit columns for the tests of planes: direct sums, polytopes, random directions, with noise and rotations from a seed.
/// </summary>
internal static class PlaneConfigurations
{
    /// <summary>A polygon in coordinates (first, first+1) of R^m.</summary>
    public static IEnumerable<double[]> Polygon(int m, int first, int vertices) =>
        Enumerable
            .Range(0, vertices)
            .Select(i =>
            {
                double[] x = new double[m];
                x[first] = Math.Cos(2 * Math.PI * i / vertices);
                x[first + 1] = Math.Sin(2 * Math.PI * i / vertices);
                return x;
            });

    /// <summary>A square antiprism of squared height 1/3 in coordinates first … first+2.</summary>
    public static IEnumerable<double[]> Antiprism(int m, int first) =>
        Enumerable
            .Range(0, 8)
            .Select(i =>
            {
                double[] x = new double[m];
                double angle = (2 * Math.PI * (i % 4) / 4) + (i < 4 ? 0 : Math.PI / 4);
                x[first] = Math.Sqrt(2.0 / 3) * Math.Cos(angle);
                x[first + 1] = Math.Sqrt(2.0 / 3) * Math.Sin(angle);
                x[first + 2] = (i < 4 ? 1 : -1) / Math.Sqrt(3);
                return x;
            });

    /// <summary>
    /// All vectors with entries in {−1, 0, 1} and the given number of non-zeros: cross-polytope, 24-cell (m=4, 2), cube (m=3, 3) …
    /// </summary>
    public static IEnumerable<double[]> Lattice(int m, int nonZero)
    {
        for (int code = 0; code < (int)Math.Pow(3, m); code++)
        {
            double[] x = new double[m];
            for (int i = 0, rest = code; i < m; i++, rest /= 3)
                x[i] = (rest % 3) - 1;
            if (x.Count(v => v != 0) == nonZero)
                yield return x;
        }
    }

    public static IEnumerable<double[]> Directions(Random random, int m, int count) =>
        Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, m).Select(_ => Gaussian(random)).ToArray());

    /// <summary>Adds noise of standard deviation sigma to every coordinate, rotates at random, normalises; feature-major.</summary>
    public static double[] Finish(IEnumerable<double[]> columns, Random random, double sigma, bool rotate)
    {
        double[][] list = [.. columns];
        int m = list[0].Length;
        double[] rotation = RandomOrthogonal(random, m);
        var result = new List<double>();
        foreach (double[] column in list)
        {
            double[] x = [.. column];
            double norm = Math.Sqrt(x.Sum(v => v * v));
            for (int i = 0; i < m; i++)
                x[i] = (x[i] / norm) + (sigma * Gaussian(random));
            if (rotate)
                x = [.. Enumerable.Range(0, m).Select(r => Enumerable.Range(0, m).Sum(c => rotation[(r * m) + c] * x[c]))];
            norm = Math.Sqrt(x.Sum(v => v * v));
            result.AddRange(x.Select(v => v / norm));
        }
        return [.. result];
    }

    public static double[] RandomOrthogonal(Random random, int m)
    {
        double[] symmetric = new double[m * m],
            values = new double[m],
            vectors = new double[m * m];
        for (int i = 0; i < m * m; i++)
            symmetric[i] = Gaussian(random);
        SymmetricEigen.Decompose(symmetric, m, values, vectors);
        return vectors;
    }

    public static double[] Gram(double[] columns, int m)
    {
        int n = columns.Length / m;
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                gram[(i * n) + j] = Enumerable.Range(0, m).Sum(d => columns[(i * m) + d] * columns[(j * m) + d]);
        }
        return gram;
    }

    public static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
