using Geometry.Atlas;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Shapes;

namespace Geometry.Recovery;

/// <summary>
/// How often random directions and random tight frames of 2 to 24 directions in R² to R⁶ are named, with the forms of the built-in atlas
/// and without.
/// </summary>
internal static class FormsTable
{
    private const int MostDirections = 24,
        MostDim = 6;

    public static void Print(int trials, int seed)
    {
        LabelOptions with = new() { Catalogue = FormAtlas.BuiltInCatalogue },
            without = new() { Catalogue = ShapeCatalogue.Default };
        Console.WriteLine($"Directions without structure, {trials} trials a size; a shape of three or more directions is a false name");
        Console.WriteLine();
        Console.WriteLine("| | sizes | named, built-in atlas | of them forms | the size with most | the same without forms |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (
            (string what, Func<int, int, GaussianSource, FeatureConfiguration> make) in new (
                string,
                Func<int, int, GaussianSource, FeatureConfiguration>
            )[]
            {
                ("random directions", RandomExperiment.Directions),
                ("random tight frames", RandomExperiment.TightFrame),
                ("random tight frames, columns of length one", (n, m, source) =>
                    RandomExperiment.Normalised(RandomExperiment.TightFrame(n, m, source))
                ),
            }
        )
        {
            int named = 0,
                forms = 0,
                shapes = 0,
                all = 0,
                sizes = 0,
                most = 0;
            string where = "";
            for (int m = 2; m <= MostDim; m++)
            {
                // A tight frame of no more vectors than dimensions is an orthonormal basis.
                for (int n = what == "random directions" ? 2 : m + 1; n <= MostDirections; n++, sizes++)
                {
                    (int Named, int Forms, int Shapes) found = Count(
                        trials,
                        t => make(n, m, new GaussianSource(seed, ((long)((100 * m) + n) << 32) + t)),
                        with,
                        without
                    );
                    (named, forms, shapes, all) = (named + found.Named, forms + found.Forms, shapes + found.Shapes, all + trials);
                    if (found.Named > most)
                        (most, where) = (found.Named, $"{n} in R^{m}: {100.0 * found.Named / trials:F2} %");
                }
            }
            Console.WriteLine(
                $"| {what} | {sizes} | {100.0 * named / all:F3} % | {100.0 * forms / all:F3} % | {where} | {100.0 * shapes / all:F3} % |"
            );
        }
    }

    private static (int Named, int Forms, int Shapes) Count(
        int trials,
        Func<int, FeatureConfiguration> make,
        LabelOptions with,
        LabelOptions without
    )
    {
        int named = 0,
            forms = 0,
            shapes = 0;
        Parallel.For(0, trials, t =>
        {
            FeatureConfiguration w = make(t);
            RunLabel label = LabelPipeline.Label(w, with);
            if (label.Summands.Any(s => s.Directions >= 3 && s.Match.IsNamed))
                Interlocked.Increment(ref named);
            if (label.Formula.Contains("form(", StringComparison.Ordinal))
                Interlocked.Increment(ref forms);
            if (LabelPipeline.Label(w, without).Summands.Any(s => s.Directions >= 3 && s.Match.IsNamed))
                Interlocked.Increment(ref shapes);
        });
        return (named, forms, shapes);
    }
}
