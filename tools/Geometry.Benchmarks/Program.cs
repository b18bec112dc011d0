using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Geometry.Benchmarks;
using Geometry.Labels;
using Geometry.Shapes;
using Perfolizer.Horology;

// dotnet run -c Release --project tools/Geometry.Benchmarks -- WORDS
//   --filter '*Hough*'              BenchmarkDotNet; '*' for all, a few minutes
//   throughput [RUNS | FILE.npz]    labelled runs per second; 100,000 runs by default
//   throughput cases [none]         time of a run: trained, sums of ten shapes, random; to compare versions; none: no atlas
//   atlas [FILE | FOLDER…]          labelling with and without the forms of the atlas; clustering of 100,000 summands
//   roofline                        the Hough transform at scale, and its kernel beside the peak
//   graphs                          components, spanning trees and assignments beside QuikGraph
//   database                        inserts and reads of results.sqlite beside Microsoft.Data.Sqlite
if (args is ["graphs"])
{
    GraphPeers.Print();
    return;
}
if (args is ["database"])
{
    DatabasePeer.Print();
    return;
}
if (args is ["roofline"])
{
    Roofline.Print();
    return;
}
if (args is ["atlas", .. var sweeps])
{
    AtlasCost.Print(sweeps);
    return;
}
if (args is ["throughput", "cases", .. var atlas] && atlas is [] or ["none"])
{
    LabelCases.Print(atlas is [] ? new LabelOptions() : new LabelOptions { Catalogue = ShapeCatalogue.Default });
    return;
}
if (args is ["throughput", .. var rest])
{
    bool counted = rest.Length == 0 || int.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    Throughput.Print(counted && rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 100_000, counted ? null : rest[0]);
    return;
}

// In this process, so that nothing is restored or built again; a dozen iterations of 100 ms measure a kernel's time to a few per cent on
// a quiet machine.
Job job = Job
    .Default.WithToolchain(InProcessEmitToolchain.Instance)
    .WithWarmupCount(5)
    .WithIterationCount(12)
    .WithIterationTime(TimeInterval.FromMilliseconds(100));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
