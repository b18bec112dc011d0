using Geometry.Configurations;
using Geometry.Labels;

namespace Geometry.Recovery;

/// <summary>Random directions have no structure: how often are they given a name all the same?</summary>
internal static class RandomExperiment
{
    public static (int Named, string Formulas) Run(int n, int m, int trials, int seed)
    {
        var formulas = new string[trials];
        int named = 0;
        Parallel.For(0, trials, t =>
        {
            var random = new GaussianSource(seed, t);
            double[] columns = new double[n * m];
            random.Normal(columns);
            for (int i = 0; i < n; i++)
            {
                double norm = Math.Sqrt(columns.Skip(i * m).Take(m).Sum(v => v * v));
                for (int k = 0; k < m; k++) columns[i * m + k] /= norm;
            }
            RunLabel label = LabelPipeline.Label(new FeatureConfiguration(m, n, columns), new LabelOptions());
            formulas[t] = label.Formula;
            if (label.Summands.Any(s => s.Count >= 3 && s.Match.IsNamed)) Interlocked.Increment(ref named);
        });
        var common = formulas.GroupBy(f => f).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(3);
        return (named, string.Join(", ", common.Select(g => $"{g.Key} {100.0 * g.Count() / trials:F1} %")));
    }
}
