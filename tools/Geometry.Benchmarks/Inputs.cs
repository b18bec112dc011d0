namespace Geometry.Benchmarks;

/// <summary>Seeded inputs of the benchmarks; columns are unit vectors, feature-major.</summary>
internal static class Inputs
{
    /// <summary>n directions of R^m from the normal distribution.</summary>
    internal static double[] Directions(int m, int n, int seed)
    {
        var random = new Random(seed);
        double[] x = new double[m * n];
        for (int i = 0; i < x.Length; i++)
            x[i] = Gaussian(random);
        return Normalised(x, m);
    }

    /// <summary>A regular polygon of n vertices in a plane of R^m, with noise of standard deviation sigma in every coordinate.</summary>
    internal static double[] Polygon(int m, int n, double sigma)
    {
        var random = new Random(n);
        double[] x = new double[m * n];
        for (int i = 0; i < n; i++)
        {
            (x[i * m], x[(i * m) + 1]) = (Math.Cos(2 * Math.PI * i / n), Math.Sin(2 * Math.PI * i / n));
            for (int d = 0; d < m; d++)
                x[(i * m) + d] += sigma * Gaussian(random);
        }
        return Normalised(x, m);
    }

    /// <summary>
    /// Orthogonal regular pentagons, one in each two coordinates of R^(2·count), with noise of standard deviation sigma in every
    /// coordinate.
    /// </summary>
    internal static double[] PentagonSum(int count, double sigma)
    {
        var random = new Random(count);
        int m = 2 * count;
        double[] x = new double[m * 5 * count];
        for (int i = 0; i < 5 * count; i++)
        {
            double angle = 2 * Math.PI * i / 5;
            (x[(i * m) + (i / 5 * 2)], x[(i * m) + (i / 5 * 2) + 1]) = (Math.Cos(angle), Math.Sin(angle));
            for (int d = 0; d < m; d++)
                x[(i * m) + d] += sigma * Gaussian(random);
        }
        return Normalised(x, m);
    }

    /// <summary>
    /// The 120 vertices of the 600-cell: even permutations of (±φ, ±1, ±1/φ, 0)/2, (±1,±1,±1,±1)/2 and ± unit vectors, with noise.
    /// </summary>
    internal static double[] Cell600(double sigma)
    {
        double phi = (1 + Math.Sqrt(5)) / 2;
        var rows = new List<double[]>();
        for (int signs = 0; signs < 16; signs++)
        {
            double Sign(int bit) => (signs >> bit & 1) == 0 ? 0.5 : -0.5;
            rows.Add([Sign(0), Sign(1), Sign(2), Sign(3)]);
            if (signs < 8)
                rows.Add([.. Enumerable.Range(0, 4).Select(i => i == signs / 2 ? (signs % 2 == 0 ? 1.0 : -1.0) : 0)]);
            if (signs >= 8)
                continue;
            double[] values = [Sign(0) * phi, Sign(1), Sign(2) / phi, 0];
            for (int code = 0; code < 256; code++)
            {
                int[] p = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6];
                int inversions = Enumerable.Range(0, 4).Sum(i => Enumerable.Range(0, i).Count(j => p[j] > p[i]));
                if (p.Distinct().Count() == 4 && inversions % 2 == 0)
                    rows.Add([values[p[0]], values[p[1]], values[p[2]], values[p[3]]]);
            }
        }
        var random = new Random(600);
        return Normalised([.. rows.SelectMany(row => row.Select(v => v + (sigma * Gaussian(random))))], 4);
    }

    /// <summary>
    /// Points, nine in ten in Gaussian blobs of standard deviation ½ and about 450 points, the rest uniform in a cube of the given half
    /// side.
    /// </summary>
    internal static double[] Blobs(int count, int dim, double half)
    {
        var random = new Random(dim);
        double Uniform() => half * ((2 * random.NextDouble()) - 1);
        double[] centres = [.. Enumerable.Range(0, count / 500 * dim).Select(_ => Uniform())],
            x = new double[count * dim];
        for (int i = 0; i < count; i++)
        {
            int centre = i % 10 == 0 ? -1 : random.Next(count / 500);
            for (int d = 0; d < dim; d++)
                x[(i * dim) + d] = centre < 0 ? Uniform() : centres[(centre * dim) + d] + (0.5 * Gaussian(random));
        }
        return x;
    }

    private static double[] Normalised(double[] x, int m)
    {
        for (int i = 0; i < x.Length; i += m)
        {
            double norm = Math.Sqrt(x.AsSpan(i, m).ToArray().Sum(v => v * v));
            for (int d = 0; d < m; d++)
                x[i + d] /= norm;
        }
        return x;
    }

    internal static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
