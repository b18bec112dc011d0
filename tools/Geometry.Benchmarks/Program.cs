using System.Globalization;
using BenchmarkDotNet.Running;
using Geometry.Benchmarks;

// dotnet run -c Release --project tools/Geometry.Benchmarks -- --filter '*Hough*' --job short --iterationTime 150 --inProcess
// dotnet run -c Release --project tools/Geometry.Benchmarks -- throughput [RUNS | FILE.npz]      labelled runs a second; 100,000 runs by default
// dotnet run -c Release --project tools/Geometry.Benchmarks -- roofline                          the Hough transform at scale, and its kernel beside the peak
if (args is ["roofline"])
{
    Roofline.Print();
    return;
}
if (args is ["throughput", .. var rest])
{
    bool counted = rest.Length == 0 || int.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    Throughput.Print(counted && rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 100_000, counted ? null : rest[0]);
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
