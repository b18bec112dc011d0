using Geometry.Configurations;
using Geometry.Conjecture;
using Geometry.Formulas;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>For each shape the σ at which half of its sums are lost, beside the limit of an oracle.</summary>
internal static class HalfTable
{
    private const int Steps = 6;
    private const double Largest = 0.8;

    /// <inheritdoc cref="EachTable.Print"/>
    public static void Print(int trials, int seed, string only)
    {
        Console.WriteLine(
            $"σ at which the recovery of shape + pentagon + antipode falls to one half, noise in all coordinates, {trials} trials a "
                + $"step, {Steps} bisections"
        );
        Console.WriteLine();
        Console.WriteLine("| shape | dim | count | exact partition | exact formula | oracle | partition / oracle |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (Shape shape in ShapeCatalogue.Default.Shapes.Where(s => s.Name.StartsWith(only, StringComparison.Ordinal)))
        {
            Formula formula = FormulaParser.Parse($"{shape.Name} + pentagon + antipode");
            IReadOnlyList<SyntheticPart> parts = SyntheticParts.Of(formula);
            var method = new PipelineMethod();
            double partition = Half(trials, (sigma, t) =>
                method.Recover(Make(parts, sigma, seed, t, out int[] truth), 3).IsPartition(truth)
            );
            double exact = Half(trials, (sigma, t) =>
                method.Recover(Make(parts, sigma, seed, t, out int[] truth), 3) is var found
                && found.IsPartition(truth)
                && found.Formula == formula.ToString()
            );
            double oracle = Half(trials, (sigma, t) =>
            {
                FeatureConfiguration w = Ordered(parts, sigma, seed, t, out int[] truth);
                return OracleLimit.Tells(OracleLimit.Template(parts, truth, w.Hidden), w.Columns, truth, w.Hidden);
            });
            Console.WriteLine(
                $"| {shape.Name} | {shape.Dim} | {shape.Count} | {partition:F3} | {exact:F3} | {oracle:F3} | {partition / oracle:F2} |"
            );
        }
    }

    private static double Half(int trials, Func<double, int, bool> works)
    {
        double low = 0,
            high = Largest;
        for (int step = 0; step < Steps; step++)
        {
            double sigma = (low + high) / 2;
            int won = 0;
            Parallel.For(0, trials, t =>
            {
                if (works(sigma, t))
                    Interlocked.Increment(ref won);
            });
            if (2 * won >= trials)
                low = sigma;
            else
                high = sigma;
        }
        return (low + high) / 2;
    }

    private static FeatureConfiguration Make(IReadOnlyList<SyntheticPart> parts, double sigma, int seed, int t, out int[] truth)
    {
        SyntheticConfiguration made = SyntheticSum.Make(parts, new SyntheticOptions { Sigma = sigma, Seed = seed }, t);
        truth = [.. made.Summand];
        return made.Configuration;
    }

    /// <summary>The features in the order of their parts' vertices, which the oracle is told.</summary>
    private static FeatureConfiguration Ordered(IReadOnlyList<SyntheticPart> parts, double sigma, int seed, int t, out int[] truth)
    {
        var random = new GaussianSource(seed, t);
        truth = [.. parts.SelectMany((p, index) => Enumerable.Repeat(index, p.Count))];
        int m = parts.Sum(p => p.Dim);
        double[] columns = OracleLimit.Template(parts, truth, m);
        for (int i = 0; i < columns.Length; i++)
            columns[i] += sigma * random.Normal();
        return new FeatureConfiguration(m, truth.Length, columns);
    }
}
