using Geometry.RandomNumbers;
using Geometry.Summands;
using Xunit;

namespace Geometry.Tests.Summands;

public sealed class MergeTreeTests
{
    [Fact]
    public void Cutting_the_tree_gives_the_components_of_the_threshold_graph()
    {
        var random = new GaussianSource(7);
        for (int trial = 0; trial < 50; trial++)
        {
            int n = 2 + random.Below(12);
            double[] strength = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                // Coarse values make ties.
                for (int j = 0; j < i; j++)
                    strength[i * n + j] = strength[j * n + i] = random.Below(6) / 5.0;
            }
            MergeTree tree = MergeTree.Build(strength, n);
            Assert.Equal(Enumerable.Range(0, n), tree.Features(tree.Root));
            foreach (double threshold in new[] { 0.1, 0.3, 0.5, 0.7, 0.9 })
                Assert.Equal(Components(strength, n, threshold), Cut(tree, threshold));
        }
    }

    [Fact]
    public void Heights_fall_towards_the_root()
    {
        var random = new GaussianSource(8);
        const int n = 20;
        double[] strength = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                strength[i * n + j] = strength[j * n + i] = random.Uniform();
        }
        MergeTree tree = MergeTree.Build(strength, n);
        for (int node = n + 1; node <= tree.Root; node++)
            Assert.True(tree.Height(node) <= tree.Height(node - 1));
    }

    private static List<string> Cut(MergeTree tree, double threshold)
    {
        var parts = new List<string>();
        var open = new Stack<int>([tree.Root]);
        while (open.TryPop(out int node))
        {
            if (tree.Height(node) >= threshold)
                parts.Add(string.Join(",", tree.Features(node)));
            else
            {
                open.Push(tree.Children(node).Left);
                open.Push(tree.Children(node).Right);
            }
        }
        parts.Sort(StringComparer.Ordinal);
        return parts;
    }

    private static List<string> Components(double[] strength, int n, double threshold)
    {
        int[] label = [.. Enumerable.Range(0, n)];
        for (bool changed = true; changed; )
        {
            changed = false;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    if (i == j || strength[i * n + j] < threshold || label[j] <= label[i])
                        continue;
                    label[j] = label[i];
                    changed = true;
                }
            }
        }
        List<string> parts = [.. Enumerable.Range(0, n).GroupBy(i => label[i]).Select(g => string.Join(",", g))];
        parts.Sort(StringComparer.Ordinal);
        return parts;
    }
}
