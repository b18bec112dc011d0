using Geometry.Grassmannian;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian;

public class ChordalDistanceTests
{
    public static TheoryData<double> Angles => [1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 0.3, 1.0, 1.5, Math.PI / 2];

    [Theory]
    [MemberData(nameof(Angles))]
    public void BasesAndAnglesAreAccurateAtEveryAngle(double angle)
    {
        var random = new Random(7);
        for (int trial = 0; trial < 20; trial++)
        {
            (double[] u, double[] v) = Tilted(random, 7, [angle, angle / 2, 0]);
            double expected = Math.Sqrt(Math.Pow(Math.Sin(angle), 2) + Math.Pow(Math.Sin(angle / 2), 2));
            double[] angles = new double[3];
            Assert.Equal(expected, ChordalDistance.FromBases(u, v, 7, 3), 2e-15);
            Assert.Equal(expected, ChordalDistance.PrincipalAngles(u, v, 7, 3, angles), 2e-15);
            Assert.Equal(0, angles[0], 2e-15);
            Assert.Equal(angle / 2, angles[1], 2e-15);
            Assert.Equal(angle, angles[2], 2e-15);
            double[] p = new double[49],
                q = new double[49];
            Projector.Materialise(u, 7, 3, p);
            Projector.Materialise(v, 7, 3, q);
            Assert.Equal(expected, Math.Sqrt(p.Zip(q, (x, y) => (x - y) * (x - y)).Sum() / 2), 3e-15);
        }
    }

    [Fact]
    public void TheFormsAgreeOnRandomPlanesAndObeyTheMetricLaws()
    {
        var random = new Random(9);
        for (int trial = 0; trial < 100; trial++)
        {
            int m = random.Next(2, 9),
                k = random.Next(1, m + 1);
            double[][] planes = [.. Enumerable.Range(0, 3).Select(_ => Basis(random, m, k))];
            double ab = ChordalDistance.FromBases(planes[0], planes[1], m, k),
                bc = ChordalDistance.FromBases(planes[1], planes[2], m, k);
            double ac = ChordalDistance.FromBases(planes[0], planes[2], m, k);
            Assert.Equal(ab, ChordalDistance.FromBases(planes[1], planes[0], m, k), 1e-14);
            Assert.Equal(ab, ChordalDistance.PrincipalAngles(planes[0], planes[1], m, k, new double[k]), 1e-14);
            Assert.True(ac <= ab + bc + 1e-14);
            Assert.InRange(ab, 0, Math.Sqrt(Math.Min(k, m - k)) + 1e-14);
            Assert.InRange(ChordalDistance.FromBases(planes[0], planes[0], m, k), 0, 1e-15 * m);
        }
    }

    /// <summary>Two planes of R^m with the given principal angles, in a random frame and random bases.</summary>
    private static (double[] U, double[] V) Tilted(Random random, int m, double[] angles)
    {
        int k = angles.Length;
        double[] frame = RandomOrthogonal(random, m),
            u = new double[k * m],
            v = new double[k * m];
        for (int i = 0; i < k; i++)
        {
            for (int d = 0; d < m; d++)
            {
                u[(i * m) + d] = frame[(i * m) + d];
                v[(i * m) + d] = (Math.Cos(angles[i]) * frame[(i * m) + d]) + (Math.Sin(angles[i]) * frame[((k + i) * m) + d]);
            }
        }
        return (u, v);
    }

    private static double[] Basis(Random random, int m, int k)
    {
        double[] basis = new double[k * m];
        ColumnReduction.Orthonormal([.. Directions(random, m, k).SelectMany(x => x)], m, k, basis);
        return basis;
    }
}
