using System.Runtime.Intrinsics;
using Geometry.Grassmannian.Planes;
using Xunit;

namespace Geometry.Tests.Grassmannian.Planes;

public class FlatScanTests
{
    /// <summary>Registers of every size find the rows that the definition finds.</summary>
    [Fact]
    public void EqualsTheDefinitionWhateverTheSizeOfRegisters()
    {
        const int N = 24;
        var random = new Random(5);
        int hits = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            double[] matrix = Numbers(N * N, 1),
                h = Numbers(N, 1),
                diagonal = [.. Numbers(N, 1).Select(Math.Abs)],
                w = [.. Numbers(N, 3).Select(v => 1 + Math.Abs(v))];
            w[3] = double.PositiveInfinity;
            int[] rows = [1, 4, 7, 20];
            int expected = 0;
            for (int i = 0; i < 4; i++)
            {
                int c = rows[i];
                bool any = Enumerable.Range(0, N).Any(j => Math.Abs(matrix[(c * N) + j] - (h[c] * h[j])) >= Math.Sqrt(diagonal[c]) * w[j]);
                expected |= any ? 1 << i : 0;
                Assert.Equal(any, FlatScan.One(matrix.AsSpan(c * N, N), h, h[c], Math.Sqrt(diagonal[c]), w));
            }
            hits += expected == 0 ? 0 : 1;
            Assert.Equal(expected, FlatScan.Four(matrix, rows, N, h, diagonal, w));
            Assert.Equal(expected, FlatScan.Four<Vector512<double>, Doubles512>(matrix, rows, N, h, diagonal, w));
            Assert.Equal(expected, FlatScan.Four<Vector256<double>, Doubles256>(matrix, rows, N, h, diagonal, w));
            Assert.Equal(expected, FlatScan.Four<Vector128<double>, Doubles128>(matrix, rows, N, h, diagonal, w));
        }
        Assert.InRange(hits, 20, 199);

        double[] Numbers(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextDouble()) - 1))];
    }
}
