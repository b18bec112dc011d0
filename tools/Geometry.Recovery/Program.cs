// Prints how often labelling recovers the formula of perturbed synthetic direct sums, and how often it names random directions.
//   dotnet run -c Release --project tools/Geometry.Recovery [-- [TABLE [SHAPE]] [TRIALS [FIRST-SEED]] [--atlas none]]
// TABLE is polygons, routes, contest, zoo, half, oblique, each, p-values, random, tight, lines, forms, dense (TRIALS: seeds a row) or
// sensitivity (in the folder of the repository); SHAPE, for half, each, contest and sensitivity, is the start of a name (sensitivity:
// or limits); without it: random sums in R^6 and R^16, and random. --atlas none: without the forms of the built-in atlas.
using System.Diagnostics;
using System.Globalization;
using Geometry.Recovery;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
args = Labelling.Take(args);
string[] numbers = [.. args.SkipWhile(a => !char.IsAsciiDigit(a[0]))];
int trials = numbers.Length > 0 ? int.Parse(numbers[0], CultureInfo.InvariantCulture) : 1000;
int seed = numbers.Length > 1 ? int.Parse(numbers[1], CultureInfo.InvariantCulture) : 1;
string only = args.Length > 1 && !char.IsAsciiDigit(args[1][0]) ? args[1] : "";
var clock = Stopwatch.StartNew();
if (args.Length > 0 && !char.IsAsciiDigit(args[0][0]))
{
    switch (args[0])
    {
        case "polygons":
            PolygonTable.Print(trials, seed);
            break;
        case "zoo":
            ZooTable.Print(trials, seed);
            break;
        case "half":
            HalfTable.Print(trials, seed, only);
            break;
        case "oblique":
            ObliqueTable.Print(trials, seed);
            break;
        case "p-values":
            PValueTable.Print(trials, seed);
            break;
        case "random":
            RandomTable.Print(trials, seed);
            break;
        case "tight":
            RandomTable.PrintTight(trials, seed);
            break;
        case "forms":
            FormsTable.Print(trials, seed);
            break;
        case "lines":
            RandomTable.PrintLines(trials, seed);
            break;
        case "each":
            EachTable.Print(trials, seed, only);
            break;
        case "sensitivity":
            SensitivityTable.Print("fixtures/sweeps", only);
            break;
        case "contest":
            RouteContest.Print(trials, seed, only);
            break;
        case "routes":
            RouteTable.Print(trials, seed);
            break;
        case "dense":
            RandomTable.PrintDense(trials, seed);
            break;
        default:
            throw new ArgumentException($"unknown table '{args[0]}'");
    }
    Console.WriteLine();
    Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s on {Environment.ProcessorCount} threads");
    return;
}

Console.WriteLine(
    $"Exact formula recovered, random direct sums of catalogue shapes, norms ±15 %, up to 3 unlearned features, {trials} trials a cell"
);
Console.WriteLine();
Console.WriteLine("| space | noise in | σ | exact formula | routes disagree | a miss |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
foreach (int hidden in new[] { 6, 16 })
{
    foreach (var where in new[] { Geometry.Synthesis.NoiseIn.Summand, Geometry.Synthesis.NoiseIn.Ambient })
    {
        foreach (double sigma in new[] { 0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06 })
        {
            RecoveryResult r = SumExperiment.Run(hidden, where, sigma, trials, seed);
            Console.WriteLine(
                $"| R^{hidden} | {where} | {sigma} | {100.0 * r.Recovered / trials:F2} % | {100.0 * r.Disagreements / trials:F2} % "
                    + $"| {r.FirstMiss} |"
            );
        }
    }
}
Console.WriteLine();
RandomTable.Print(10 * trials, seed);
Console.WriteLine();
Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s on {Environment.ProcessorCount} threads");
