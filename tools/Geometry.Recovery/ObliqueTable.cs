namespace Geometry.Recovery;

internal static class ObliqueTable
{
    public static void Print(int trials, int seed)
    {
        Console.WriteLine(
            $"Exact formula of oblique sums, norms ±15 %, noise in all coordinates, {trials} trials a cell; in brackets the "
                + $"commonest other answer"
        );
        Console.WriteLine();
        (double Degrees, double Sigma, int Room)[] cells =
        [
            (75, 0.01, 0),
            (60, 0, 0),
            (60, 0.01, 0),
            (60, 0.01, 2),
            (60, 0.03, 0),
            (60, 0.03, 2),
            (45, 0.01, 0),
            (45, 0.02, 2),
        ];
        Console.WriteLine("| formula |" + string.Concat(cells.Select(c => $" {c.Degrees}°, σ {c.Sigma}, +{c.Room} dims |")));
        Console.WriteLine("| --- |" + string.Concat(cells.Select(_ => " --- |")));
        foreach (string formula in ObliqueExperiment.Formulas)
        {
            Console.Write($"| {formula} |");
            foreach (var c in cells)
            {
                (int recovered, string miss) = ObliqueExperiment.Run(formula, c.Degrees, c.Sigma, c.Room, trials, seed);
                Console.Write($" {100.0 * recovered / trials:F0} %{(miss.Length > 0 ? $" ({miss})" : "")} |");
            }
            Console.WriteLine();
        }
    }
}
