using Geometry.Configurations;
using Geometry.RandomNumbers;

namespace Geometry.Recovery;

/// <summary>How often configurations without structure are given the name of a shape of three or more directions.</summary>
internal static class RandomTable
{
    // The last ones have one or two more directions than dimensions: few relations, so that an oblique sum is nearest by chance.
    private static readonly (int N, int M)[] s_directions =
    [
        (3, 2),
        (5, 2),
        (8, 3),
        (14, 6),
        (40, 12),
        (4, 3),
        (5, 3),
        (5, 4),
        (6, 4),
        (8, 6),
        (12, 10),
    ];

    // With one vector more than dimensions the norms alone decide how far a tight frame is from the simplex.
    private static readonly (int N, int M)[] s_frames =
    [
        (3, 2),
        (4, 3),
        (5, 4),
        (6, 5),
        (7, 6),
        (9, 8),
        (13, 12),
        (5, 2),
        (8, 3),
        (6, 4),
        (14, 6),
        (20, 10),
        (40, 12),
    ];

    // Lines, each with a vector at either end, up to corank 4; and lines that are independent or fill the plane.
    private static readonly (int N, int M)[] s_lines =
    [
        (3, 2),
        (4, 2),
        (4, 3),
        (5, 3),
        (6, 3),
        (5, 4),
        (6, 4),
        (7, 4),
        (6, 5),
        (7, 5),
        (8, 5),
        (7, 6),
        (8, 6),
        (10, 6),
        (9, 8),
        (10, 8),
        (11, 8),
        (12, 8),
        (13, 12),
        (14, 12),
        (15, 12),
        (16, 12),
        (15, 14),
        (16, 14),
        (17, 16),
        (18, 16),
        (19, 16),
        (20, 16),
        (10, 16),
        (14, 16),
    ];

    public static void Print(int trials, int seed) =>
        Print("Random directions", s_directions, trials, (n, m, t) => RandomExperiment.Directions(n, m, new GaussianSource(seed, t)));

    public static void PrintTight(int trials, int seed) =>
        Print("Random tight frames", s_frames, trials, (n, m, t) => RandomExperiment.TightFrame(n, m, new GaussianSource(seed, t)));

    /// <summary>
    /// Opposite pairs along random lines, and along the lines of random tight frames, with and without the norms that make these tight.
    /// </summary>
    public static void PrintLines(int trials, int seed)
    {
        (int N, int M)[] frames = [.. s_lines.Where(s => s.N > s.M)];
        Print("Opposite pairs along random lines", s_lines, trials, (n, m, t) => Pairs(RandomExperiment.Directions(n, m, Source(t))));
        Console.WriteLine();
        Print("Opposite pairs along random tight frames", frames, trials, (n, m, t) => Pairs(RandomExperiment.TightFrame(n, m, Source(t))));
        Console.WriteLine();
        Print("The same, each of length one", frames, trials, (n, m, t) =>
            Pairs(RandomExperiment.Normalised(RandomExperiment.TightFrame(n, m, Source(t))))
        );

        GaussianSource Source(int trial) => new(seed, trial);

        static FeatureConfiguration Pairs(FeatureConfiguration lines) => RandomExperiment.Opposites(lines);
    }

    /// <summary>Models trained by the CPU engine on dense data: the best subspace for principal components, or an axis each.</summary>
    public static void PrintDense(int seeds, int seed)
    {
        Console.WriteLine($"Models trained at density 1, {DenseModels.Steps} steps, {seeds} seeds a row");
        Console.WriteLine();
        Console.WriteLine("| n, m, importance | a named shape of three or more directions | the commonest of them | median frame defect |");
        Console.WriteLine("| --- | --- | --- | --- |");
        int named = 0,
            all = 0;
        foreach ((int n, int m, double decay) in DenseModels.Sizes)
        {
            FeatureConfiguration[] models = DenseModels.Train(n, m, decay, seeds, seed);
            (int found, string formulas) = RandomExperiment.Run(models.Length, t => models[t]);
            double[] defects = [.. models.Select(w => FeatureStatistics.Of(w).FrameDefect).Order()];
            Console.WriteLine(
                $"| {n}, {m}, {(decay == 1 ? "equal" : $"{decay}^i")} | {found} of {models.Length} | {formulas} | "
                    + $"{defects[defects.Length / 2]:F3} |"
            );
            (named, all) = (named + found, all + models.Length);
        }
        Console.WriteLine($"| all | {named} of {all} = {100.0 * named / all:F2} % | | |");
    }

    private static void Print(string what, (int N, int M)[] sizes, int trials, Func<int, int, int, FeatureConfiguration> make)
    {
        Console.WriteLine($"{what}, {trials} trials a row");
        Console.WriteLine();
        Console.WriteLine("| vectors | a named shape of three or more directions | the commonest of them |");
        Console.WriteLine("| --- | --- | --- |");
        foreach ((int n, int m) in sizes)
        {
            (int named, string formulas) = RandomExperiment.Run(trials, t => make(n, m, t));
            Console.WriteLine($"| {n} in R^{m} | {100.0 * named / trials:F2} % | {formulas} |");
        }
    }
}
