using Geometry.Grassmannian;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian;

public class HoughTransformTests
{
    private static readonly HoughOptions Options = new() { Epsilon = 0.15 };

    [Fact]
    public void FindsTheSummandsOfANoisyDirectSum()
    {
        // pentagon (0–4) ⊕ antiprism (5–12) ⊕ antipode (13, 14) ⊕ two dedicated features, in R⁸ with noise in all coordinates.
        for (int seed = 0; seed < 10; seed++)
        {
            IEnumerable<double[]> columns = Polygon(8, 0, 5)
                .Concat(Antiprism(8, 2))
                .Concat([Axis(8, 5, 1), Axis(8, 5, -1), Axis(8, 6, 1), Axis(8, 7, 1)]);
            double[] x = Finish(columns, new Random(seed), 0.01, rotate: true);
            IReadOnlyList<HoughPlane> planes = HoughTransform.Planes(x, 8, 17, Options);
            HoughPlane antipode = Assert.Single(planes, p => p.Dim == 1);
            Assert.Equal([13, 14], antipode.Features);
            Assert.Equal(2, antipode.Votes);
            Assert.Equal([0, 1, 2, 3, 4], Assert.Single(planes, p => p.Dim == 2 && p.Features.SequenceEqual([0, 1, 2, 3, 4])).Voters);
            HoughPlane antiprism = Assert.Single(planes, p => p.Dim == 3 && p.Features.SequenceEqual([5, 6, 7, 8, 9, 10, 11, 12]));
            Assert.InRange(antiprism.Votes, 40, 56);
            Assert.InRange(antiprism.Residual, 1e-3, 0.05);
        }
    }

    [Fact]
    public void MeanPlaneIsTheTopEigenspaceOfTheSummedProjectors()
    {
        double[] x = Finish(Polygon(6, 0, 7), new Random(5), 0.02, rotate: true);
        HoughPlane plane = Assert.Single(HoughTransform.Planes(x, 6, 7, Options with { MaxPlaneDim = 2, Epsilon = 0.3 }), p =>
            p.Dim == 2 && p.Features.Length == 7
        );
        double[] mean = new double[36],
            columns = new double[12],
            basis = new double[12],
            projector = new double[36];
        int votes = 0;
        for (int i = 0; i < 7; i++)
        {
            for (int j = i + 1; j < 7; j++)
            {
                x.AsSpan(i * 6, 6).CopyTo(columns);
                x.AsSpan(j * 6, 6).CopyTo(columns.AsSpan(6));
                if (ColumnReduction.Orthonormal(columns, 6, 2, basis).SmallestSingularValue < 0.2)
                    continue;
                Projector.Materialise(basis, 6, 2, projector);
                for (int e = 0; e < 36; e++)
                    mean[e] += projector[e];
                votes++;
            }
        }
        Assert.Equal(votes, plane.Votes);
        double[] values = new double[6],
            vectors = new double[36];
        Geometry.LinearAlgebra.SymmetricEigen.Decompose(mean, 6, values, vectors);
        Assert.InRange(ChordalDistance.FromBases(plane.Basis, vectors.AsSpan(0, 12), 6, 2), 0, 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TooFewFeaturesGiveNoPlanes(int n) =>
        Assert.Empty(HoughTransform.Planes(new double[] { 1, 0 }.AsSpan(0, 2 * n), 2, n, Options));

    [Fact]
    public void TheWholeSpanIsOnePlaneAndEqualsWhatClusteringGives()
    {
        double[] x = Finish(Antiprism(3, 0), new Random(2), 0.02, rotate: true);
        HoughPlane whole = Assert.Single(HoughTransform.Planes(x, 3, 8, Options), p => p.Dim == 3);
        Assert.Equal(Enumerable.Range(0, 8), whole.Features);
        int[] labels = Geometry.Grassmannian.Planes.PlaneDbscan.Cluster(x, Gram(x, 3), 3, 8, 3, 0.15, 2, 0.2).Labels;
        Assert.Equal(labels.Length, whole.Votes);
        Assert.All(labels, label => Assert.Equal(0, label));
    }

    [Fact]
    public void ASimplexHasOnePlaneOnlyItsSpan()
    {
        // Simplex-3: no two of its lines, no three of its planes coincide; K is clamped to the rank.
        double[] tetrahedron = [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1],
            x = [.. tetrahedron.Select(v => v / Math.Sqrt(3))];
        HoughPlane plane = Assert.Single(HoughTransform.Planes(x, 3, 4, Options with { MaxPlaneDim = 9 }));
        Assert.Equal(3, plane.Dim);
        Assert.Equal(4, plane.Votes);
    }

    [Fact]
    public void IsEquivariantUnderPermutationOfTheFeatures()
    {
        var random = new Random(11);
        double[] x = Finish(Polygon(7, 0, 6).Concat(Antiprism(7, 2)).Concat(Directions(random, 7, 3)), random, 0.01, rotate: true);
        int n = x.Length / 7;
        int[] order = [.. Enumerable.Range(0, n)];
        random.Shuffle(order);
        double[] shuffled = [.. order.SelectMany(i => x.Skip(i * 7).Take(7))];
        HashSet<string> Keys(double[] columns, Func<int, int> name) =>
            [
                .. HoughTransform
                    .Planes(columns, 7, n, Options)
                    .Select(p => $"{p.Dim} {p.Votes}: {string.Join(' ', p.Features.Select(name).Order())}"),
            ];
        HashSet<string> expected = Keys(x, i => i);
        Assert.True(expected.Count > 3);
        Assert.Equal(expected.Order(), Keys(shuffled, i => order[i]).Order());
    }

    [Fact]
    public void EveryPlaneKeepsItsPromises()
    {
        double[] x = Finish(Lattice(4, 2), new Random(1), 0.005, rotate: true);
        IReadOnlyList<HoughPlane> planes = HoughTransform.Planes(x, 4, 24, Options);
        // The 24-cell: 12 lines, 16 hexagons and 18 squares, and hyperplanes.
        Assert.Equal(12, planes.Count(p => p.Dim == 1));
        Assert.Equal(16, planes.Count(p => p.Dim == 2 && p.Features.Length == 6));
        Assert.Equal(18, planes.Count(p => p.Dim == 2 && p.Features.Length == 4));
        double[] residual = new double[4];
        foreach (HoughPlane plane in planes)
        {
            Assert.True(plane.Features.Length > plane.Dim);
            for (int j = 0; j < 24; j++)
            {
                double distance = ChordalDistance.Residual(plane.Basis, x.AsSpan(j * 4, 4), 4, plane.Dim, residual);
                Assert.Equal(distance <= Options.Epsilon, plane.Features.Contains(j));
            }
        }
        Assert.Equal(
            planes.OrderBy(p => p.Dim).ThenBy(p => p.Features, Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))),
            planes
        );
    }

    [Fact]
    public void DimensionsWithTooManySubsetsAreLeftOut()
    {
        double[] x = Finish(Antiprism(4, 0), new Random(2), 0, rotate: true);
        Assert.All(HoughTransform.Planes(x, 4, 8, Options with { MaxSubsets = 28 }), p => Assert.True(p.Dim <= 2));
        Assert.Contains(HoughTransform.Planes(x, 4, 8, Options with { MaxSubsets = 56 }), p => p.Dim == 3);
    }

    [Fact]
    public void BadOptionsAreRefused()
    {
        double[] x = [1, 0, 0, 1];
        foreach (
            HoughOptions bad in new[]
            {
                Options with
                {
                    MaxPlaneDim = 0,
                },
                Options with
                {
                    Epsilon = 0,
                },
                Options with
                {
                    Epsilon = 1,
                },
                Options with
                {
                    MinPoints = 1,
                },
                Options with
                {
                    MinSingularValue = 0,
                },
                Options with
                {
                    Threads = -1,
                },
                Options with
                {
                    MaxSubsets = 0,
                },
            }
        )
        {
            Assert.ThrowsAny<ArgumentException>(() => HoughTransform.Planes(x, 2, 2, bad));
        }
    }

    private static double[] Axis(int m, int at, double sign) => [.. Enumerable.Range(0, m).Select(i => i == at ? sign : 0)];
}
