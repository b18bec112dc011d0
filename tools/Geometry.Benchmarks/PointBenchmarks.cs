using BenchmarkDotNet.Attributes;
using Geometry.Clustering;

namespace Geometry.Benchmarks;

/// <summary>DBSCAN of points: the Gram tile, and whole clusterings of Gaussian blobs of about 450 points in uniform noise.</summary>
[MemoryDiagnoser]
public class PointBenchmarks
{
    private const int Pairs = 32 * 8,
        Dim = 100;

    private readonly double[] _tenDimensional = Inputs.Blobs(20_000, 10, 4),
        _hundredDimensional = Inputs.Blobs(5_000, Dim, 2);
    private readonly float[] _leaf = new float[32 * Dim],
        _halves = new float[32 * ((Dim + GramKernel.Chunk - 1) / GramKernel.Chunk)];
    private readonly uint[] _near = new uint[GramKernel.Group],
        _doubt = new uint[GramKernel.Group];

    public PointBenchmarks()
    {
        // Points of a ball of radius 1/4: every pair is near, so that no tile is given up half-way.
        double[] x = Inputs.Directions(Dim, 32, 8);
        for (int i = 0; i < 32; i++)
        {
            double sum = 0;
            for (int d = 0; d < Dim; d++)
            {
                float value = _leaf[(d * 32) + i] = (float)(x[(i * Dim) + d] / 4);
                sum += (double)value * value;
                _halves[(d / GramKernel.Chunk * 32) + i] = (float)(sum / 2);
            }
        }
    }

    /// <summary>An operation is a pair of points of dimension 100.</summary>
    [Benchmark(OperationsPerInvoke = Pairs)]
    public uint GramTileOfDimension100()
    {
        GramKernel.Compare(ref _leaf[0], ref _leaf[0], ref _halves[0], ref _halves[0], Dim, 1e-4f, _near, _doubt);
        return _near[7];
    }

    [Benchmark]
    public int Dbscan20000InR10() => Dbscan.Cluster(_tenDimensional, 20_000, 10, 0.5 * Math.Sqrt(20) * 0.62, 10).Clusters;

    [Benchmark]
    public int Dbscan5000InR100() => Dbscan.Cluster(_hundredDimensional, 5_000, Dim, 0.5 * Math.Sqrt(200) * 0.86, 10).Clusters;
}
