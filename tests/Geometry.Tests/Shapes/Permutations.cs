namespace Geometry.Tests.Shapes;

internal static class Permutations
{
    /// <summary>All permutations of 0 … n−1.</summary>
    public static IEnumerable<int[]> Of(int n)
    {
        if (n == 0)
            return
            [
                [],
            ];
        return Of(n - 1).SelectMany(rest => Enumerable.Range(0, n).Select(at => (int[])[.. rest[..at], n - 1, .. rest[at..]]));
    }
}
