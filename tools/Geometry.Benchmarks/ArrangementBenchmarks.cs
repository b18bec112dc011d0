using BenchmarkDotNet.Attributes;
using Geometry.Measures.Arrangements;
using Geometry.RandomNumbers;

namespace Geometry.Benchmarks;

/// <summary>Exact numbers of regions of hyperplanes in general position, which is the most work for their number.</summary>
public class ArrangementBenchmarks
{
    private Hyperplanes _walls = null!;

    [Params(8, 20)]
    public int Walls { get; set; }

    [Params(3, 5)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        double[] columns = new double[Walls * Dimension],
            bias = new double[Walls];
        var random = new GaussianSource(1);
        random.Normal(columns);
        random.Normal(bias);
        _walls = Hyperplanes.Of(columns, bias, Dimension, 1e-6);
    }

    [Benchmark]
    public long Regions() => (long)RegionCounter.Of(_walls).Regions;
}
