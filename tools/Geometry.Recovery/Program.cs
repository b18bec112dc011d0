// Prints how often labelling recovers the formula of perturbed synthetic direct sums, and how often it names random directions.
//   dotnet run -c Release --project tools/Geometry.Recovery [-- TRIALS [FIRST-SEED]]
using System.Diagnostics;
using System.Globalization;
using Geometry.Recovery;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] numbers = [.. args.SkipWhile(a => !char.IsAsciiDigit(a[0]))];
int trials = numbers.Length > 0 ? int.Parse(numbers[0], CultureInfo.InvariantCulture) : 1000;
int seed = numbers.Length > 1 ? int.Parse(numbers[1], CultureInfo.InvariantCulture) : 1;
var clock = Stopwatch.StartNew();
if (args.Length > 0 && !char.IsAsciiDigit(args[0][0]))
{
    switch (args[0])
    {
        case "oblique": ObliqueTable.Print(trials, seed); break;
        default: throw new ArgumentException($"unknown table '{args[0]}'");
    }
    Console.WriteLine();
    Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s on {Environment.ProcessorCount} threads");
    return;
}

Console.WriteLine($"Exact formula recovered, random direct sums of catalogue shapes, norms ±15 %, up to 3 unlearned features, {trials} trials a cell");
Console.WriteLine();
Console.WriteLine("| space | noise in | σ | exact formula | routes disagree | a miss |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
foreach (int hidden in new[] { 6, 16 })
{
    foreach (var where in new[] { Geometry.Configurations.NoiseIn.Summand, Geometry.Configurations.NoiseIn.Ambient })
    {
        foreach (double sigma in new[] { 0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06 })
        {
            RecoveryResult r = SumExperiment.Run(hidden, where, sigma, trials, seed);
            Console.WriteLine($"| R^{hidden} | {where} | {sigma} | {100.0 * r.Recovered / trials:F2} % | {100.0 * r.Disagreements / trials:F2} % | {r.FirstMiss} |");
        }
    }
}
Console.WriteLine();
Console.WriteLine($"Random directions, {10 * trials} trials a row");
Console.WriteLine();
Console.WriteLine("| directions | a named shape of three or more features | commonest formulas |");
Console.WriteLine("| --- | --- | --- |");
foreach ((int n, int m) in new[] { (3, 2), (5, 2), (8, 3), (14, 6), (40, 12) })
{
    (int named, string formulas) = RandomExperiment.Run(n, m, 10 * trials, seed);
    Console.WriteLine($"| {n} in R^{m} | {10.0 * named / trials:F2} % | {formulas} |");
}
Console.WriteLine();
Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s on {Environment.ProcessorCount} threads");
