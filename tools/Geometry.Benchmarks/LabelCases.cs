using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Benchmarks;

/// <summary>Time of the library for a run of each kind, on one thread: to compare two heads, run it in turns and take the least.</summary>
internal static class LabelCases
{
    private const int Seconds = 2;
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(20);

    internal static void Print(LabelOptions options)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string fixtures = Path.Combine(Throughput.Root(), "fixtures/sweeps");
        Console.WriteLine("| runs | n, m | µs of CPU a run, least | kB allocated |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (string file in new[] { "poster_n5_m2_s0.npz", "n20_m5.npz", "uni_n20_m10.npz" })
            Time(options, $"trained, {file}", Throughput.Read(Path.Combine(fixtures, file)));
        foreach (double sigma in new[] { 0.02, 0.03, 0.04 })
            Time(options, $"sums of ten shapes, σ = {sigma}", [.. Enumerable.Range(0, 50).Select(seed => TenShapes(sigma, seed))]);
        foreach ((int n, int m, int runs) in new[] { (12, 4, 200), (40, 12, 40), (250, 60, 3) })
            Time(
                options,
                "random directions",
                [.. Enumerable.Range(0, runs).Select(seed => new FeatureConfiguration(m, n, Inputs.Directions(m, n, seed)))]
            );
    }

    /// <summary>Ten members of the catalogue whose dimensions add up to 16, in R^16, with noise in all coordinates.</summary>
    private static FeatureConfiguration TenShapes(double sigma, int seed)
    {
        const int Hidden = 16,
            Summands = 10;
        var random = new Random(seed);
        Shape[] shapes = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= Hidden - Summands + 1)];
        var parts = new List<Shape>();
        for (int dims = 0; parts.Count < Summands; )
        {
            Shape next = shapes[random.Next(shapes.Length)];
            int left = Summands - 1 - parts.Count,
                room = Hidden - dims - next.Dim;
            if (room < left || (left == 0 && room > 0))
                continue;
            parts.Add(next);
            dims += next.Dim;
        }
        var options = new SyntheticOptions
        {
            Sigma = sigma,
            Hidden = Hidden,
            NormSpread = 0.15,
        };
        return SyntheticSum.Make(parts.ConvertAll(p => new SyntheticPart(p.Dim, p.Vertices())), options, seed).Configuration;
    }

    /// <summary>
    /// Whole passes over the runs in slices of some length, after as long again of warming up: a disturbance spoils one slice.
    /// </summary>
    private static void Time(LabelOptions options, string what, FeatureConfiguration[] runs)
    {
        double least = double.PositiveInfinity,
            bytes = 0;
        DateTime start = DateTime.UtcNow;
        while (DateTime.UtcNow < start.AddSeconds(2 * Seconds))
        {
            int passes = 0;
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan before = Environment.CpuUsage.TotalTime,
                used;
            do
            {
                foreach (FeatureConfiguration run in runs)
                    LabelPipeline.Label(run, options);
                passes++;
                used = Environment.CpuUsage.TotalTime - before;
            } while (used < s_slice);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (1024.0 * passes * runs.Length);
            if (DateTime.UtcNow >= start.AddSeconds(Seconds))
                least = Math.Min(least, used.TotalMicroseconds / (passes * runs.Length));
        }
        Console.WriteLine($"| {what} | {runs[0].Features}, {runs[0].Hidden} | {least:F1} | {bytes:F0} |");
    }
}
