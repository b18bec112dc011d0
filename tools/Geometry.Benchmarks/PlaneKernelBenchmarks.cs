using BenchmarkDotNet.Attributes;
using Geometry.Grassmannian.Planes;

namespace Geometry.Benchmarks;

/// <summary>The inner loops of the Hough transform on rows of 400 features; operations are rows.</summary>
public class PlaneKernelBenchmarks
{
    private const int Stride = 400,
        Four = 4;

    private readonly double[] _matrix = Inputs.Directions(Stride, Stride, 7),
        _diagonal = new double[Stride],
        _row = new double[Stride],
        _reduced = new double[Stride];
    private readonly double[] _roots = new double[Stride];
    private readonly int[] _last = [17, 133, 250, 381];

    public PlaneKernelBenchmarks()
    {
        // Far from every plane: no row is a hit, as in nearly all calls.
        _diagonal.AsSpan().Fill(1);
        SchurStep.Pivot(_matrix.AsSpan(0, Stride), 1, _diagonal, _row, _reduced);
        SchurStep.Roots(_reduced, 0.01, _roots);
    }

    [Benchmark(OperationsPerInvoke = Four)]
    public int FlatScanFourRows() => FlatScan.Four(_matrix, _last, Stride, _row, _diagonal, _roots);

    [Benchmark]
    public bool FlatScanOneRow() => FlatScan.One(_matrix.AsSpan(Stride, Stride), _row, _row[1], 1, _roots);

    [Benchmark]
    public double SchurStepPivot()
    {
        SchurStep.Pivot(_matrix.AsSpan(Stride, Stride), 1, _diagonal, _row, _reduced);
        return _reduced[0];
    }

    [Benchmark]
    public double SchurStepReduce()
    {
        SchurStep.Reduce(_matrix.AsSpan(Stride, Stride), 0.1, _row, _reduced);
        return _reduced[0];
    }
}
