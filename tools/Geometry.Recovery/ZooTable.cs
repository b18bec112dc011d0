using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>
/// Two to six summands drawn from the enlarged catalogue, in R^8 to R^32: all shapes with coordinates, and members of every family.
/// </summary>
internal static class ZooTable
{
    public static void Print(int trials, int seed)
    {
        Console.WriteLine(
            $"Exact formula of sums of two to six members of the enlarged catalogue, noise in all coordinates, norms ±15 %, "
                + $"{trials} trials a cell"
        );
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
                miss =
                    miss.Length > 0 ? miss
                    : misses.FirstOrDefault(m => m is not null) is { } first ? $"σ {sigma}: {first}"
                    : "";
            }
            Console.WriteLine($" {miss} |");
        }
    }

    private static string? Miss(int hidden, double sigma, int seed, int t)
    {
        (FeatureConfiguration made, string formula) = Sum(hidden, sigma, seed, t);
        string found = LabelPipeline.Label(made, Labelling.Options).Formula;
        return found == formula ? null : $"{formula} → {found}";
    }

    /// <summary>A noisy sum with its formula.</summary>
    public static (FeatureConfiguration Configuration, string Formula) Sum(int hidden, double sigma, int seed, int t)
    {
        var random = new GaussianSource(seed, ((long)hidden << 32) + t);
        int summands = 2 + random.Below(5),
            left = hidden;
        var parts = new List<Shape>();
        while (parts.Count < summands)
        {
            // Every summand still to come needs a dimension.
            int most = left - (summands - parts.Count - 1);
            Shape[] fitting = random.Below(2) == 0 ? [] : Members(most);
            if (fitting.Length == 0)
                fitting = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= most)];
            if (fitting.Length == 0)
                break;
            parts.Add(fitting[random.Below(fitting.Length)]);
            left -= parts[^1].Dim;
        }
        Formula formula = Formula.Of(parts.Select(p => new FormulaTerm(1, p.Name, p.Dim, p.Count)));
        var options = new SyntheticOptions
        {
            Sigma = sigma,
            Hidden = hidden,
            NormSpread = 0.15,
            Seed = seed,
        };
        return (SyntheticSum.Make(SyntheticParts.Of(formula), options, t).Configuration, formula.ToString());
    }

    /// <summary>Members of the families that have no coordinates in the catalogue, of at most 100 vertices.</summary>
    private static Shape[] Members(int most)
    {
        var names = new List<string>();
        for (int k = 4; k <= most; k++)
        {
            names.AddRange([$"simplex-{k + 5}", $"diplosimplex-{k}", $"rectified-{k + 1}-simplex", $"{10 * k}-gon"]);
            if (k is 4 or 5)
                names.Add($"demicube-{k + 2}");
            for (int lines = k + 2; lines < Math.Min(2 * k, k + 5); lines++)
                names.Add($"line-frame({k},{2 * lines})");
        }
        return [.. names.Select(ShapeCatalogue.Default.Find).Where(s => s.Dim <= most && s.Count <= 100)];
    }
}
