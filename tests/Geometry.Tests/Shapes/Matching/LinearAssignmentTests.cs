using Geometry.Shapes.Matching;
using Xunit;

namespace Geometry.Tests.Shapes.Matching;

public class LinearAssignmentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Equals_the_minimum_over_all_permutations(int n)
    {
        var random = new Directions(n);
        var solver = new LinearAssignment();
        int[][] all = [.. Permutations.Of(n)];
        int[] columnOf = new int[n];
        for (int trial = 0; trial < 50; trial++)
        {
            double[] cost = random.Random(n, n);
            solver.Solve(cost, n, columnOf);
            Assert.Equal(Enumerable.Range(0, n), columnOf.Order());
            Assert.Equal(all.Min(p => Cost(cost, p)), Cost(cost, columnOf), 1e-12);
        }
    }

    private static double Cost(double[] cost, int[] columnOf) =>
        columnOf.Select((column, row) => cost[row * columnOf.Length + column]).Sum();
}
