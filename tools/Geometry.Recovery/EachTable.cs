using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>Every catalogue shape beside a pentagon and an antipode: exact formulas by noise.</summary>
internal static class EachTable
{
    private static readonly double[] s_sigmas = [0.01, 0.02, 0.03, 0.05];

    /// <param name="trials">Configurations a cell.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="only">Start of the names of the shapes to take; all: empty.</param>
    public static void Print(int trials, int seed, string only)
    {
        Console.WriteLine(
            $"Exact formula of shape + pentagon + antipode, noise in all coordinates, norms ±15 %, {trials} trials a cell, %"
        );
        Console.WriteLine();
        Console.WriteLine("| shape |" + string.Concat(s_sigmas.Select(s => $" σ {s} |")) + " commonest other answer |");
        Console.WriteLine("| --- |" + string.Concat(s_sigmas.Select(_ => " --- |")) + " --- |");
        foreach (Shape shape in ShapeCatalogue.Default.Shapes.Where(s => s.Name.StartsWith(only, StringComparison.Ordinal)))
        {
            Formula formula = FormulaParser.Parse($"{shape.Name} + pentagon + antipode");
            IReadOnlyList<SyntheticPart> parts = SyntheticParts.Of(formula);
            var misses = new List<string>();
            Console.Write($"| {shape.Name} |");
            foreach (double sigma in s_sigmas)
            {
                string?[] found = new string?[trials];
                Parallel.For(0, trials, t =>
                {
                    var options = new SyntheticOptions
                    {
                        Sigma = sigma,
                        NormSpread = 0.15,
                        Seed = seed,
                    };
                    string answer = LabelPipeline.Label(SyntheticSum.Make(parts, options, t).Configuration, Labelling.Options).Formula;
                    if (answer != formula.ToString())
                        found[t] = $"σ {sigma}: {answer}";
                });
                misses.AddRange(found.Where(f => f is not null)!);
                Console.Write($" {100.0 * found.Count(f => f is null) / trials:F1} |");
            }
            Console.WriteLine($" {misses.GroupBy(m => m).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key} |");
        }
    }
}
