using Geometry.Conjecture;
using Geometry.Labels;

namespace Geometry.Recovery;

/// <summary>Planes, blocks and both side by side.</summary>
internal static class RouteTable
{
    private static readonly double[] s_sigmas = [0, 0.005, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1];
    private static readonly SummandRoute[] s_routes = [SummandRoute.Planes, SummandRoute.Blocks, SummandRoute.Both];

    public static void Print(int trials, int seed)
    {
        Console.WriteLine($"Exact formula (exact partition) by route, {trials} trials a cell, %");
        Console.WriteLine();
        Console.WriteLine("| sums | route |" + string.Concat(s_sigmas.Select(s => $" σ {s} |")));
        Console.WriteLine("| --- | --- |" + string.Concat(s_sigmas.Select(_ => " --- |")));
        foreach (var family in RouteCases.All)
        {
            foreach (SummandRoute route in s_routes)
            {
                Console.Write($"| {family.Name} | {route.ToString().ToLowerInvariant()} |");
                foreach (double sigma in s_sigmas)
                {
                    int formulas = 0,
                        partitions = 0;
                    Parallel.For(0, trials, t =>
                    {
                        RouteCase made = family.Make(sigma, seed, t);
                        RunLabel label = LabelPipeline.Label(made.Configuration, Labelling.Options with { Route = route });
                        if (label.Formula == made.Formula)
                            Interlocked.Increment(ref formulas);
                        if (IsPartition(label, made.Truth))
                            Interlocked.Increment(ref partitions);
                    });
                    Console.Write($" {100.0 * formulas / trials:F1} ({100.0 * partitions / trials:F1}) |");
                }
                Console.WriteLine();
            }
        }
    }

    /// <summary>Whether the summands are the true sets of features.</summary>
    public static bool IsPartition(RunLabel label, int[] truth)
    {
        int[] summand = new int[truth.Length];
        Array.Fill(summand, -1);
        for (int s = 0; s < label.Summands.Count; s++)
        {
            foreach (int f in label.Summands[s].Features)
                summand[f] = s;
        }
        return new RecoveredSum(summand, "").IsPartition(truth);
    }
}
