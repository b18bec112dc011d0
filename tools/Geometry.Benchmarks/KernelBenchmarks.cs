using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Geometry.Clustering;
using Geometry.Configurations;
using Geometry.Grassmannian;
using Geometry.Grassmannian.Planes;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Spheres;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Benchmarks;

/// <summary>Single kernels, MathNet beside them where it has one.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private readonly double[] _columns = Inputs.Directions(6, 3, 1),
        _basis = new double[18],
        _other = new double[18];
    private readonly double[] _points = Inputs.Directions(3, 12, 2),
        _plane = Inputs.Directions(2, 100_000, 3);
    private readonly double[] _work = new double[400],
        _values = new double[20],
        _vectors = new double[400],
        _scatter = new double[400];
    private readonly double[] _pentagons = Inputs.PentagonSum(8, 0.01),
        _pentagonGram = new double[1600],
        _antiprism = ShapeCatalogue.Default.Find("square-antiprism").Vertices();
    private readonly FeatureConfiguration _pentagon = new(2, 5, Inputs.Polygon(2, 5, 0.01));
    private readonly Matrix<double> _matrix,
        _symmetric;

    public KernelBenchmarks()
    {
        _matrix = Matrix<double>.Build.Dense(6, 3, _columns);
        Matrix<double> x = Matrix<double>.Build.Dense(20, 20, Inputs.Directions(20, 20, 5));
        _symmetric = x.TransposeThisAndMultiply(x);
        _symmetric.ToRowMajorArray().CopyTo(_scatter, 0);
        ColumnReduction.Orthonormal(Inputs.Directions(6, 3, 6), 6, 3, _other);
        ColumnReduction.Orthonormal(_columns, 6, 3, _basis);
        for (int i = 0; i < 1600; i++)
            _pentagonGram[i] = TensorPrimitives.Dot<double>(_pentagons.AsSpan(i / 40 * 16, 16), _pentagons.AsSpan(i % 40 * 16, 16));
        for (int i = 0; i < _plane.Length; i++)
            _plane[i] *= 1 + (i / 2 % 17 * 0.1);
    }

    [Benchmark]
    public Reduction ColumnReduction6x3() => ColumnReduction.Orthonormal(_columns, 6, 3, _basis);

    [Benchmark]
    public object MathNetThinQr6x3() => _matrix.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);

    [Benchmark]
    public double ChordalDistance6x3() => ChordalDistance.FromBases(_basis, _other, 6, 3);

    [Benchmark]
    public double SymmetricEigen20()
    {
        _scatter.CopyTo(_work, 0);
        SymmetricEigen.Decompose(_work, 20, _values, _vectors);
        return _values[0];
    }

    [Benchmark]
    public object MathNetEvd20() => _symmetric.Evd(Symmetricity.Symmetric);

    [Benchmark]
    public Sphere SphereOf12PointsInR3() => SphereFit.Fit(_points, 12, 3);

    [Benchmark]
    public int Dbscan100000InR2() => Dbscan.Cluster(_plane, 100_000, 2, 0.01, 5).Clusters;

    [Benchmark]
    public int PlaneDbscanOf8Pentagons() => PlaneDbscan.Cluster(_pentagons, _pentagonGram, 16, 40, 3, 0.1, 2, 0.2).Clusters;

    [Benchmark]
    public ShapeMatch MatchSquareAntiprism() => ShapeMatcher.Match(_antiprism, 3, 8);

    [Benchmark]
    public RunLabel LabelOfPentagon() => LabelPipeline.Label(_pentagon, new LabelOptions());
}
