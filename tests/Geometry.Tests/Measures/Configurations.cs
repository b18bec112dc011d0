using Geometry.Configurations;

namespace Geometry.Tests.Measures;

/// <summary>Unit configurations with known measures, and their orthogonal sums.</summary>
internal static class Configurations
{
    /// <summary>
    /// Coordinates of p vertices on the unit circle, and of other configurations, by name; terms joined by " + " are orthogonal.
    /// </summary>
    public static FeatureConfiguration Of(string formula)
    {
        double[][][] parts = [.. formula.Split(" + ").SelectMany(Repeated).Select(Points)];
        int m = parts.Sum(p => p[0].Length),
            n = parts.Sum(p => p.Length),
            row = 0,
            offset = 0;
        double[] columns = new double[m * n];
        foreach (double[][] part in parts)
        {
            foreach (double[] point in part)
                point.CopyTo(columns, (row++ * m) + offset);
            offset += part[0].Length;
        }
        return new FeatureConfiguration(m, n, columns);
    }

    /// <summary>‖x_i − x_j‖, n×n.</summary>
    public static double[] Distances(FeatureConfiguration w)
    {
        int n = w.Features;
        double[] distances = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int k = 0; k < w.Hidden; k++)
                    sum += Math.Pow(w.Column(i)[k] - w.Column(j)[k], 2);
                distances[(i * n) + j] = Math.Sqrt(sum);
            }
        }
        return distances;
    }

    private static IEnumerable<string> Repeated(string term) =>
        char.IsDigit(term[0]) ? Enumerable.Repeat(term[(term.IndexOf(' ', StringComparison.Ordinal) + 1)..], term[0] - '0') : [term];

    private static double[][] Points(string name) =>
        name switch
        {
            "antipode" =>
            [
                [1],
                [-1],
            ],
            "dedicated" =>
            [
                [1],
            ],
            "triangle" => Polygon(3),
            "square" => Polygon(4),
            "pentagon" => Polygon(5),
            "hexagon" => Polygon(6),
            "heptagon" => Polygon(7),
            "octagon" => Polygon(8),
            "tetrahedron" =>
            [
                .. from s in new[] { (1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1) }
                select new[] { s.Item1, s.Item2, s.Item3 }.Select(x => x / Math.Sqrt(3)).ToArray(),
            ],
            "square-antiprism" => [.. Ring(0, Math.Sqrt(0.314089)), .. Ring(Math.PI / 4, -Math.Sqrt(0.314089))],
            _ => throw new ArgumentException($"no points are known for {name}", nameof(name)),
        };

    private static double[][] Polygon(int p) =>
        [.. Enumerable.Range(0, p).Select(k => new[] { Math.Cos(2 * Math.PI * k / p), Math.Sin(2 * Math.PI * k / p) })];

    private static IEnumerable<double[]> Ring(double turn, double z) =>
        Enumerable
            .Range(0, 4)
            .Select(k => (Math.PI / 2 * k) + turn)
            .Select(a => new[] { Math.Sqrt(1 - (z * z)) * Math.Cos(a), Math.Sqrt(1 - (z * z)) * Math.Sin(a), z });
}
