using Geometry.Conjecture;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>Every r-gon ⊕ s-gon with noise in all four coordinates, by the pipeline.</summary>
internal static class PolygonTable
{
    private static readonly double[] s_sigmas = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12];

    public static void Print(int trials, int seed)
    {
        var spec = new ConjectureSpec
        {
            NoiseIn = [NoiseIn.Ambient],
            Sigmas = s_sigmas,
            Methods = [new PipelineMethod()],
            Trials = trials,
            Seed = seed,
        };
        IReadOnlyList<ConjectureRow> rows = ConjectureExperiment.Run(spec, Environment.ProcessorCount);
        Console.WriteLine($"Exact partition (exact formula) of r-gon + s-gon in R^4, noise in all coordinates, {trials} trials a cell, %");
        Console.WriteLine();
        Console.WriteLine("| formula |" + string.Concat(s_sigmas.Select(s => $" σ {s} |")));
        Console.WriteLine("| --- |" + string.Concat(s_sigmas.Select(_ => " --- |")));
        foreach (var formula in rows.GroupBy(r => r.Formula))
            Console.WriteLine(
                $"| {formula.Key} |" + string.Concat(formula.Select(r => $" {100 * r.Rate:F1} ({100 * r.FormulaRate:F1}) |"))
            );
        foreach (
            (string name, Func<IEnumerable<ConjectureRow>, double> rate) in new (string, Func<IEnumerable<ConjectureRow>, double>)[]
            {
                ("mean", g => g.Average(r => r.Rate)),
                ("worst", g => g.Min(r => r.Rate)),
                ("mean, formula", g => g.Average(r => r.FormulaRate)),
            }
        )
            Console.WriteLine($"| {name} |" + string.Concat(rows.GroupBy(r => r.Sigma).Select(g => $" {100 * rate(g):F2} |")));
    }
}
