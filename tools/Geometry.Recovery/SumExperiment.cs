using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Recovery;

internal sealed record RecoveryResult(int Recovered, int Disagreements, string FirstMiss);

/// <summary>Random direct sums of catalogue shapes in R^m: label(synth(f)) against f.</summary>
internal static class SumExperiment
{
    // The 600-cell alone makes a run of 120 features; it takes part, larger shapes do not exist.
    public static RecoveryResult Run(int hidden, NoiseIn where, double sigma, int trials, int seed)
    {
        Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= hidden)];
        string?[] misses = new string?[trials];
        int disagreements = 0;
        Parallel.For(0, trials, t =>
        {
            var random = new GaussianSource(seed, t);
            List<Shape> parts = Draw(zoo, hidden, random);
            string expected = Formula.Of(parts.Select(p => new FormulaTerm(1, p.Name, p.Dim, p.Count))).ToString();
            var options = new SyntheticOptions
            {
                Sigma = sigma,
                NoiseIn = where,
                Hidden = hidden,
                Features = parts.Sum(p => p.Count) + random.Below(4),
                NormSpread = 0.15,
                Seed = seed,
            };
            SyntheticConfiguration made = SyntheticSum.Make(parts.ConvertAll(p => new SyntheticPart(p.Dim, p.Vertices())), options, t);
            RunLabel label = LabelPipeline.Label(made.Configuration, Labelling.Options);
            if (label.Formula != expected)
                misses[t] = $"{expected} → {label.Formula}";
            if (!label.Agreement.Agree)
                Interlocked.Increment(ref disagreements);
        });
        return new RecoveryResult(misses.Count(m => m is null), disagreements, misses.FirstOrDefault(m => m is not null) ?? "");
    }

    public static List<Shape> Draw(Shape[] zoo, int hidden, GaussianSource random)
    {
        var parts = new List<Shape>();
        int dims = 0,
            target = 1 + random.Below(hidden);
        while (dims < target)
        {
            Shape pick = zoo[random.Below(zoo.Length)];
            if (dims + pick.Dim > hidden)
                continue;
            parts.Add(pick);
            dims += pick.Dim;
        }
        return parts;
    }
}
