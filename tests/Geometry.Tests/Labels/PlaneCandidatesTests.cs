using Geometry.Labels;
using Geometry.RandomNumbers;
using Xunit;

namespace Geometry.Tests.Labels;

public sealed class PlaneCandidatesTests
{
    [Fact]
    public void Singles_share_a_plane_only_where_that_is_not_excluded()
    {
        // Vectors as far from a k-plane as they may be: whenever the answer excludes such vectors, two of them must have a larger cosine
        // than the singles have.
        int excluded = 0;
        for (int t = 0; t < 4000; t++)
        {
            var random = new GaussianSource(41, t);
            int k = 1 + (t % 3),
                m = k + 2;
            double epsilon = 0.02 + (0.4 * (t / 4000.0)),
                apart = Math.Min(0.35, 2 * epsilon);
            double[] x = new double[(k + 1) * m];
            for (int i = 0; i <= k; i++)
                NearPlane(x.AsSpan(i * m, m), k, epsilon, random);
            double largest = 0;
            for (int i = 0; i <= k; i++)
            {
                for (int j = 0; j < i; j++)
                    largest = Math.Max(
                        largest,
                        Math.Abs(System.Numerics.Tensors.TensorPrimitives.Dot<double>(x.AsSpan(i * m, m), x.AsSpan(j * m, m)))
                    );
            }
            if (!PlaneCandidates.SinglesShareNoPlane(apart, epsilon, k))
                continue;
            excluded++;
            Assert.True(largest > apart, $"k = {k}, ε = {epsilon}: {largest}");
        }
        Assert.InRange(excluded, 500, 3500);
        // The axes of R² are √½ from the line between them, and singles.
        Assert.False(PlaneCandidates.SinglesShareNoPlane(0.35, Math.Sqrt(0.5), 1));
    }

    /// <summary>A unit vector with a share ε² of its square outside the first k axes.</summary>
    private static void NearPlane(Span<double> x, int k, double epsilon, GaussianSource random)
    {
        double inside = 0,
            outside = 0;
        for (int d = 0; d < x.Length; d++)
        {
            x[d] = random.Normal();
            if (d < k)
                inside += x[d] * x[d];
            else
                outside += x[d] * x[d];
        }
        for (int d = 0; d < x.Length; d++)
            x[d] *= d < k ? Math.Sqrt((1 - (epsilon * epsilon)) / inside) : epsilon / Math.Sqrt(outside);
    }
}
