using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Storage.Sweeps;

namespace Geometry.Peers;

/// <summary>Labels of weight files, by this library: from configurations in memory to labels in memory.</summary>
/// <remarks>
/// A sweep of fifty small runs is labelled in less time than a sleeping thread takes to wake, so the runs are labelled over and over: a
/// call that is timed fills a fifth of a second.
/// </remarks>
internal static class LabelSide
{
    private const double CallSeconds = 0.2;

    /// <summary>
    /// Times the labelling of the runs of a file and writes a line a run: formula, largest residual in degrees. Also returns how many
    /// labels a call makes.
    /// </summary>
    internal static (Stopwatches Times, int Runs) Run(string path, string output, int threads, double seconds)
    {
        FeatureConfiguration[] runs;
        using (SweepFile file = SweepFile.Open(path, new SweepFileOptions()))
            runs = [.. Enumerable.Range(0, file.Instances).Select(file.ReadConfiguration)];
        var labels = new RunLabel[runs.Length];
        var options = new LabelOptions();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        void Label(int copies) =>
            Parallel.For(0, runs.Length * copies, parallel, i =>
                labels[i % runs.Length] = LabelPipeline.Label(runs[i % runs.Length], options)
            );

        // Compiled and warm before the copies are chosen; the first of these times is that of a cold process.
        Stopwatches once = Stopwatches.Of(() => Label(1), seconds);
        int copies = (int)Math.Clamp(CallSeconds / once.Least, 1, int.MaxValue / 2 / runs.Length);
        Stopwatches times = Stopwatches.Of(() => Label(copies), seconds) with { Cold = once.Cold };
        File.WriteAllLines(output, labels.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Formula}\t{l.MaxResidualDegrees}")));
        return (times, runs.Length * copies);
    }

    /// <summary>A line a shape: name, dim, count, and the vertices, count·dim numbers joined by blanks.</summary>
    internal static IEnumerable<string> Catalogue() =>
        ShapeCatalogue.Default.Shapes.Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{s.Name}\t{s.Dim}\t{s.Count}\t")
            + string.Join(' ', s.Vertices().Select(v => v.ToString("R", CultureInfo.InvariantCulture)))
        );
}
