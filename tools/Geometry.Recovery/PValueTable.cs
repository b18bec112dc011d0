using Geometry.RandomNumbers;
using Geometry.Shapes;

namespace Geometry.Recovery;

/// <summary>Q–Q table: of random directions compared with a shape, the share whose p-value is at most p.</summary>
internal static class PValueTable
{
    private static readonly string[] s_shapes =
    [
        "triangle",
        "pentagon",
        "hexagon",
        "octagon",
        "tetrahedron",
        "triangular-prism",
        "simplex-4",
        "12-gon",
        "simplex-5",
        "square-antiprism",
        "cube",
    ];
    private static readonly double[] s_levels = [0.5, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001];

    public static void Print(int trials, int seed)
    {
        Console.WriteLine(
            $"Share of {trials} sets of random directions with p-value ≤ p against the shape, divided by p (1 is calibrated)"
        );
        Console.WriteLine();
        Console.WriteLine("| shape |" + string.Concat(s_levels.Select(p => $" p = {p} |")));
        Console.WriteLine("| --- |" + string.Concat(s_levels.Select(_ => " --- |")));
        foreach (string name in s_shapes)
        {
            if (!ShapeCatalogue.Default.TryFind(name, out Shape? shape))
                continue;
            double[] values = new double[trials];
            Parallel.For(0, trials, t =>
            {
                var random = new GaussianSource(seed, t);
                double[] x = new double[shape.Dim * shape.Count];
                random.Normal(x);
                values[t] = ShapeMatcher.Fit(x, shape).Match.PValue;
            });
            Console.WriteLine($"| {name} |" + string.Concat(s_levels.Select(p => $" {values.Count(v => v <= p) / (trials * p):F2} |")));
        }
    }
}
