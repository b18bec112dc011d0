using System.Diagnostics;
using System.Globalization;
using Geometry.Atlas;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;

namespace Geometry.Benchmarks;

/// <summary>
/// What the atlas costs: labelling with the built-in forms beside labelling without, in turns; and how long a hundred thousand summands
/// without a name take to be clustered.
/// </summary>
internal static class AtlasCost
{
    private const int Rounds = 5,
        Summands = 100_000;
    private const double LeastSeconds = 0.3;

    /// <param name="sweeps">Weight files to label beside the fixtures.</param>
    internal static void Print(IReadOnlyList<string> sweeps)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string fixtures = Path.Combine(Throughput.Root(), "fixtures/sweeps");
        Console.WriteLine("| runs | without forms, µs of CPU a run | with the built-in atlas | speed kept |");
        Console.WriteLine("| --- | --- | --- | --- |");
        Compare(
            "fixtures/sweeps, 122 trained runs",
            [.. Directory.GetFiles(fixtures, "*.npz").Order(StringComparer.Ordinal).SelectMany(Throughput.Read)]
        );
        foreach (string sweep in sweeps)
            Compare(
                Path.GetFileName(sweep),
                Directory.Exists(sweep)
                    ?
                    [
                        .. Directory
                            .GetFiles(sweep, "*.npz", SearchOption.AllDirectories)
                            .Order(StringComparer.Ordinal)
                            .SelectMany(Throughput.Read),
                    ]
                    : Throughput.Read(sweep)
            );
        Compare("each form of the atlas, σ = 0.01", [.. FormAtlas.BuiltIn.Forms.Select((f, k) => Noisy(f, 0.01, k))]);
        Compare(
            "random directions, 14 in R^4",
            [.. Enumerable.Range(0, 100).Select(seed => new FeatureConfiguration(4, 14, Inputs.Directions(4, 14, seed)))]
        );
        Console.WriteLine();
        Cluster();
    }

    /// <summary>Processor time, which a busy machine hardly changes: the least of rounds in turns, after one of warming up.</summary>
    private static void Compare(string what, FeatureConfiguration[] runs)
    {
        LabelOptions[] options = [new() { Catalogue = ShapeCatalogue.Default }, new() { Catalogue = FormAtlas.BuiltInCatalogue }];
        double[] least = [double.PositiveInfinity, double.PositiveInfinity];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int k = 0; k < 2; k++)
            {
                double time = Time(runs, options[k]);
                if (round > 0)
                    least[k] = Math.Min(least[k], time);
            }
        }
        Console.WriteLine($"| {what} ({runs.Length}) | {least[0]:N0} | {least[1]:N0} | {100 * least[0] / least[1]:F0} % |");
    }

    private static double Time(FeatureConfiguration[] runs, LabelOptions options)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime,
            used;
        int done = 0;
        do
        {
            foreach (FeatureConfiguration run in runs)
                LabelPipeline.Label(run, options);
            done += runs.Length;
            used = Environment.CpuUsage.TotalTime - before;
        } while (used.TotalSeconds < LeastSeconds);
        return used.TotalMicroseconds / done;
    }

    private static FeatureConfiguration Noisy(Form form, double sigma, int seed)
    {
        var random = new Random(seed);
        double[] x = form.Vertices();
        for (int i = 0; i < x.Length; i++)
            x[i] += sigma * Inputs.Gaussian(random);
        return new FeatureConfiguration(form.Dim, form.Directions, x);
    }

    /// <summary>
    /// Four in five are a form of at most 24 directions with noise, the others random directions of the same size; each of its own run.
    /// </summary>
    private static void Cluster()
    {
        Form[] forms = [.. FormAtlas.BuiltIn.Forms.Where(f => f.Directions <= 24)];
        var random = new Random(1);
        var occurrences = new Occurrence[Summands];
        for (int k = 0; k < occurrences.Length; k++)
        {
            Form form = forms[random.Next(forms.Length)];
            FeatureConfiguration w =
                random.Next(5) > 0
                    ? Noisy(form, 0.003, k)
                    : new FeatureConfiguration(form.Dim, form.Directions, Inputs.Directions(form.Dim, form.Directions, k));
            double[] unit = SummandDirections.Of(
                w,
                [.. Enumerable.Range(0, form.Directions)],
                form.Dim,
                [.. Enumerable.Range(0, form.Directions)],
                form.Directions
            )!;
            occurrences[k] = new Occurrence(
                form.Dim,
                form.Directions,
                unit,
                new OccurrenceRun("made", "made", "made.npz", k, form.Directions, form.Dim, double.NaN, k, 0, false)
            );
        }
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        IReadOnlyList<FormClass> found = AtlasBuilder.Build(occurrences, new AtlasOptions());
        Console.WriteLine(
            $"{Summands:N0} summands of {forms.Select(f => (f.Dim, f.Directions)).Distinct().Count()} sizes, {forms.Length} forms "
                + $"with noise and a fifth of random directions: {found.Count} forms with {found.Sum(f => f.Members.Count):N0} "
                + $"members in {clock.Elapsed.TotalSeconds:F1} s on {Environment.ProcessorCount} threads, "
                + $"{(Environment.CpuUsage.TotalTime - before).TotalSeconds:F0} s of CPU"
        );
    }
}
