using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;

namespace Geometry.Recovery;

/// <summary>Two to eight summands drawn from all catalogue shapes, in R^8 to R^32.</summary>
internal static class ZooTable
{
    public static void Print(int trials, int seed)
    {
        Console.WriteLine($"Exact formula of sums of two to eight shapes of the whole catalogue, noise in all coordinates, norms ±15 %, {trials} trials a cell");
        Console.WriteLine();
        Console.WriteLine("| space | σ 0 | σ 0.01 | σ 0.02 | σ 0.03 | a miss |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (int hidden in new[] { 8, 12, 16, 24, 32 })
        {
            Console.Write($"| R^{hidden} |");
            string miss = "";
            foreach (double sigma in new[] { 0, 0.01, 0.02, 0.03 })
            {
                string?[] misses = new string?[trials];
                Parallel.For(0, trials, t => misses[t] = Miss(hidden, sigma, seed, t));
                Console.Write($" {100.0 * misses.Count(m => m is null) / trials:F1} % |");
                miss = miss.Length > 0 ? miss : misses.FirstOrDefault(m => m is not null) is { } first ? $"σ {sigma}: {first}" : "";
            }
            Console.WriteLine($" {miss} |");
        }
    }

    private static string? Miss(int hidden, double sigma, int seed, int t)
    {
        var random = new GaussianSource(seed, ((long)hidden << 32) + t);
        int summands = 2 + random.Below(7), left = hidden;
        var parts = new List<Shape>();
        while (parts.Count < summands)
        {
            // Every summand still to come needs a dimension.
            Shape[] fitting = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= left - (summands - parts.Count - 1))];
            if (fitting.Length == 0) break;
            parts.Add(fitting[random.Below(fitting.Length)]);
            left -= parts[^1].Dim;
        }
        Formula formula = Formula.Of(parts.Select(p => new FormulaTerm(1, p.Name, p.Dim, p.Count)));
        var options = new SyntheticOptions { Sigma = sigma, Hidden = hidden, NormSpread = 0.15, Seed = seed };
        string found = LabelPipeline.Label(SyntheticSum.Make(SyntheticParts.Of(formula), options, t).Configuration, new LabelOptions()).Formula;
        return found == formula.ToString() ? null : $"{formula} → {found}";
    }
}
