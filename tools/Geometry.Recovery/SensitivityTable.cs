using System.Globalization;
using System.Reflection;
using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Storage.Sweeps;

namespace Geometry.Recovery;

/// <summary>What halving and doubling each number of the decision logic changes, on sums with a known answer, on configurations without structure and on trained models.</summary>
internal static class SensitivityTable
{
    private sealed record Panel(string Name, FeatureConfiguration[] Configurations, Func<int, RunLabel, bool> IsRight)
    {
        public SummandRoute Route { get; init; } = SummandRoute.Both;
    }

    /// <param name="trials">Configurations of each kind.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="sweeps">Folder of trained sweeps, the fixtures of the repository.</param>
    public static void Print(int trials, int seed, string sweeps)
    {
        Panel[] panels = [Sums("sums", trials, seed, 90), Sums("oblique sums", trials / 4, seed, 60), Sums("sums by planes", trials / 2, seed, 90) with { Route = SummandRoute.Planes }, Structureless("random", trials, seed), Structureless("tight", trials, seed), Trained(sweeps)];
        string[][] before = [.. panels.Select(p => Formulas(p, DecisionConstants.Default, out _))];
        Console.WriteLine("Formulas that change when one number is halved or doubled, and in brackets by how many more or fewer answers are right: of sums those that were put in,");
        Console.WriteLine("of structureless columns those without a shape of three or more features; for trained models there is no answer to compare with.");
        Console.WriteLine();
        Console.WriteLine("| number | value | × |" + string.Concat(panels.Select(p => $" {p.Name} ({p.Configurations.Length}) |")));
        Console.WriteLine("| --- | --- | --- |" + string.Concat(panels.Select(_ => " --- |")));
        int[] right = [.. panels.Select(p => Right(p, DecisionConstants.Default))];
        foreach (PropertyInfo property in typeof(DecisionConstants).GetProperties().Where(p => p.CanWrite && (p.PropertyType == typeof(double) || p.PropertyType == typeof(int))))
        {
            object value = property.GetValue(DecisionConstants.Default)!;
            foreach (double factor in (double[])[0.5, 2])
            {
                DecisionConstants changed = DecisionConstants.Default with { };
                property.SetValue(changed, value is int whole ? (object)(int)Math.Round(whole * factor) : (double)value * factor);
                Console.Write($"| {property.Name} | {Convert.ToDouble(value, CultureInfo.InvariantCulture):G4} | {factor} |");
                for (int p = 0; p < panels.Length; p++)
                {
                    string[] now = Formulas(panels[p], changed, out int rightNow);
                    int moved = now.Zip(before[p]).Count(pair => pair.First != pair.Second);
                    Console.Write(moved == 0 ? " |" : panels[p].Name == "trained" ? $" {moved} |" : $" {moved} ({rightNow - right[p]:+0;-0;0}) |");
                }
                Console.WriteLine();
            }
        }
    }

    private static int Right(Panel panel, DecisionConstants constants)
    {
        Formulas(panel, constants, out int right);
        return right;
    }

    private static string[] Formulas(Panel panel, DecisionConstants constants, out int right)
    {
        string[] formulas = new string[panel.Configurations.Length];
        int count = 0;
        Parallel.For(0, formulas.Length, t =>
        {
            RunLabel label = LabelPipeline.Label(panel.Configurations[t], new LabelOptions { Constants = constants, Route = panel.Route });
            formulas[t] = label.Formula;
            if (panel.IsRight(t, label)) Interlocked.Increment(ref count);
        });
        right = count;
        return formulas;
    }

    /// <summary>Sums of catalogue shapes in R^4 to R^16 with σ from 0 to 0.12.</summary>
    private static Panel Sums(string name, int trials, int seed, double degrees)
    {
        var truth = new string[trials];
        var made = new FeatureConfiguration[trials];
        for (int t = 0; t < trials; t++)
        {
            var random = new GaussianSource(seed, t);
            int hidden = 4 + random.Below(13);
            Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= hidden)];
            List<Shape> parts = SumExperiment.Draw(zoo, hidden, random);
            truth[t] = Formula.Of(parts.Select(p => new FormulaTerm(1, p.Name, p.Dim, p.Count))).ToString();
            var options = new SyntheticOptions { Sigma = 0.12 * t / trials, Hidden = hidden, Features = parts.Sum(p => p.Count) + random.Below(4), NormSpread = 0.15, ObliqueDegrees = degrees, Seed = seed };
            made[t] = SyntheticSum.Make(parts.ConvertAll(p => new SyntheticPart(p.Dim, p.Vertices())), options, t).Configuration;
        }
        return new Panel(name, made, (t, label) => label.Formula == truth[t]);
    }

    private static Panel Structureless(string name, int trials, int seed) => new(
        name,
        [.. Enumerable.Range(0, trials).Select(t =>
        {
            var random = new GaussianSource(seed, t);
            int m = 2 + random.Below(9), n = m + 1 + random.Below(m + 2);
            return name == "tight" ? RandomExperiment.TightFrame(n, m, random) : RandomExperiment.Directions(n, m, random);
        })],
        (_, label) => !label.Summands.Any(s => s.Count >= 3 && s.Match.IsNamed));

    private static Panel Trained(string folder)
    {
        var runs = new List<FeatureConfiguration>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.npz").Order(StringComparer.Ordinal))
        {
            using SweepFile file = SweepFile.Open(path, new SweepFileOptions());
            for (int i = 0; i < file.Instances; i++) runs.Add(file.ReadConfiguration(i));
        }
        return new Panel("trained", [.. runs], (_, _) => true);
    }
}
