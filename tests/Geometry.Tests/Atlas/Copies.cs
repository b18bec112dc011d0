using Geometry.RandomNumbers;
using Geometry.Shapes.Matching;

namespace Geometry.Tests.Atlas;

/// <summary>Copies of configurations: rotated, reordered and perturbed.</summary>
internal static class Copies
{
    /// <summary>c random unit directions in R^d, row-major; no two of them are within 20° of each other.</summary>
    public static double[] Random(int dim, int count, int seed)
    {
        double[] x = new double[dim * count],
            angles = new double[count * count];
        for (int stream = 0; ; stream++)
        {
            new GaussianSource(seed, stream).Normal(x);
            Normalise(x, dim);
            PairAngles.Fill(x, dim, count, angles);
            if (Enumerable.Range(0, count * count).All(p => p / count == p % count || angles[p] > 0.35))
                return x;
        }
    }

    /// <summary>One copy: noise of standard deviation σ per coordinate, a random orthogonal map, a random order.</summary>
    public static double[] Of(double[] unit, int dim, double sigma, int seed)
    {
        var random = new GaussianSource(seed, 1);
        int count = unit.Length / dim;
        double[] map = new double[dim * dim],
            copy = new double[unit.Length];
        random.Normal(map);
        if (!Procrustes.Polar(map, dim))
            throw new InvalidOperationException("a random matrix is singular");
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        for (int i = 0; i < count; i++)
        {
            for (int a = 0; a < dim; a++)
            {
                double sum = sigma * random.Normal();
                for (int b = 0; b < dim; b++)
                    sum += map[(a * dim) + b] * unit[(order[i] * dim) + b];
                copy[(i * dim) + a] = sum;
            }
        }
        Normalise(copy, dim);
        return copy;
    }

    public static void Normalise(double[] x, int dim)
    {
        for (int i = 0; i < x.Length; i += dim)
        {
            double norm = Math.Sqrt(x.AsSpan(i, dim).ToArray().Sum(v => v * v));
            for (int k = 0; k < dim; k++)
                x[i + k] /= norm;
        }
    }
}
