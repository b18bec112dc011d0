using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Storage.Sweeps;

namespace Geometry.Peers;

/// <summary>Labels of weight files, by this library: from configurations in memory to labels in memory.</summary>
internal static class LabelSide
{
    /// <summary>Times the labelling of all runs of a file and writes a line a run: formula, largest residual in degrees.</summary>
    internal static (Stopwatches Times, int Runs) Run(string path, string output, int threads, double seconds)
    {
        FeatureConfiguration[] runs;
        using (SweepFile file = SweepFile.Open(path, new SweepFileOptions())) runs = [.. Enumerable.Range(0, file.Instances).Select(file.ReadConfiguration)];
        var labels = new RunLabel[runs.Length];
        var options = new LabelOptions();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Stopwatches times = Stopwatches.Of(() => Parallel.For(0, runs.Length, parallel, i => labels[i] = LabelPipeline.Label(runs[i], options)), seconds);
        File.WriteAllLines(output, labels.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Formula}\t{l.MaxResidualDegrees}")));
        return (times, runs.Length);
    }

    /// <summary>A line a shape: name, dim, count, and the vertices, count·dim numbers joined by blanks.</summary>
    internal static IEnumerable<string> Catalogue() => ShapeCatalogue.Default.Shapes.Select(s =>
        string.Create(CultureInfo.InvariantCulture, $"{s.Name}\t{s.Dim}\t{s.Count}\t") + string.Join(' ', s.Vertices().Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
}
