using BenchmarkDotNet.Attributes;
using Geometry.Grassmannian;

namespace Geometry.Benchmarks;

/// <summary>The Hough transform: the usual case, the largest, and those where votes pile up.</summary>
[MemoryDiagnoser]
public class HoughBenchmarks
{
    private readonly double[] _n134 = Inputs.Directions(20, 134, 1),
        _n400 = Inputs.Directions(20, 400, 2),
        _crowded = Inputs.Directions(4, 134, 3);
    private readonly double[] _polygon = Inputs.Polygon(20, 400, 0.005),
        _cell = Inputs.Cell600(0),
        _noisyCell = Inputs.Cell600(0.01);

    [Benchmark]
    public int Random134InR20() => Planes(_n134, 20, 3);

    [Benchmark]
    public int Random400InR20() => Planes(_n400, 20, 3);

    [Benchmark]
    public int Random134InR4() => Planes(_crowded, 4, 3);

    [Benchmark]
    public int Polygon400InR20() => Planes(_polygon, 20, 2);

    [Benchmark]
    public int Cell600() => Planes(_cell, 4, 3);

    [Benchmark]
    public int NoisyCell600() => Planes(_noisyCell, 4, 3);

    private static int Planes(double[] x, int m, int k) =>
        HoughTransform.Planes(x, m, x.Length / m, new HoughOptions { MaxPlaneDim = k }).Count;
}
