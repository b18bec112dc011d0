namespace Geometry.Recovery;

/// <summary>How often configurations without structure are given the name of a shape.</summary>
internal static class RandomTable
{
    // The last ones have one or two more directions than dimensions: few relations, so that an oblique sum is nearest by chance.
    private static readonly (int N, int M)[] s_sizes = [(3, 2), (5, 2), (8, 3), (14, 6), (40, 12), (4, 3), (5, 3), (5, 4), (6, 4), (8, 6), (12, 10)];

    public static void Print(int trials, int seed)
    {
        Console.WriteLine($"Random directions, {trials} trials a row");
        Console.WriteLine();
        Console.WriteLine("| directions | a named shape of three or more features | commonest formulas |");
        Console.WriteLine("| --- | --- | --- |");
        foreach ((int n, int m) in s_sizes)
        {
            (int named, string formulas) = RandomExperiment.Run(n, m, trials, seed);
            Console.WriteLine($"| {n} in R^{m} | {100.0 * named / trials:F2} % | {formulas} |");
        }
    }
}
