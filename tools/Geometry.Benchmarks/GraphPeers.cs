using System.Diagnostics;
using System.Globalization;
using Geometry.Clustering;
using Geometry.Shapes.Matching;
using QuikGraph;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.Assignment;

namespace Geometry.Benchmarks;

/// <summary>
/// Components, spanning trees and assignments of QuikGraph beside the kernels of this project, on the same graphs in one run; equal results
/// are asserted.
/// </summary>
/// <remarks>
/// The sizes are those of labelling: features of a run, directions of a summand. QuikGraph gets its graph made, as a caller that holds a
/// Gram matrix would have to.
/// </remarks>
internal static class GraphPeers
{
    public static void Print()
    {
        Console.WriteLine("task                          size     QuikGraph         ours   ratio");
        foreach (int n in (ReadOnlySpan<int>)[8, 20, 100, 400])
            Components(n);
        foreach (int n in (ReadOnlySpan<int>)[8, 20, 60])
            SpanningTree(n);
        foreach (int n in (ReadOnlySpan<int>)[5, 12, 24, 60])
            Assignment(n);
    }

    private static void Components(int n)
    {
        double[] gram = Gram(n, 3 + n);
        double edge = 1 - (2.2 / n);
        int theirs = 0,
            ours = 0;
        double peer = Time(() =>
        {
            var graph = new UndirectedGraph<int, SUndirectedEdge<int>>(allowParallelEdges: false);
            graph.AddVertexRange(Enumerable.Range(0, n));
            for (int i = 0; i < n; i++)
            {
                for (int j = i + 1; j < n; j++)
                {
                    if (gram[(i * n) + j] > edge)
                        graph.AddEdge(new SUndirectedEdge<int>(i, j));
                }
            }
            theirs = graph.ConnectedComponents(new Dictionary<int, int>(n));
        });
        double own = Time(() =>
        {
            var sets = new ConcurrentUnionFind(n);
            for (int i = 0; i < n; i++)
            {
                for (int j = i + 1; j < n; j++)
                {
                    if (gram[(i * n) + j] > edge)
                        sets.Union(i, j);
                }
            }
            ours = 0;
            for (int i = 0; i < n; i++)
                ours += sets.Find(i) == i ? 1 : 0;
        });
        Row("connected components", n, peer, own, theirs == ours);
    }

    private static void SpanningTree(int n)
    {
        double[] gram = Gram(n, 5 + n);
        double theirs = 0,
            ours = 0;
        double peer = Time(() =>
        {
            var graph = new UndirectedGraph<int, SUndirectedEdge<int>>(allowParallelEdges: false);
            graph.AddVertexRange(Enumerable.Range(0, n));
            for (int i = 0; i < n; i++)
            {
                for (int j = i + 1; j < n; j++)
                    graph.AddEdge(new SUndirectedEdge<int>(i, j));
            }
            theirs = graph.MinimumSpanningTreeKruskal(e => -gram[(e.Source * n) + e.Target]).Sum(e => gram[(e.Source * n) + e.Target]);
        });
        double[] reach = new double[n];
        bool[] inside = new bool[n];
        // Prim's algorithm on the matrix, as in LineSystem.WeakestCut.
        double own = Time(() =>
        {
            Array.Clear(inside);
            for (int i = 0; i < n; i++)
                reach[i] = gram[i];
            inside[0] = true;
            ours = 0;
            for (int size = 1; size < n; size++)
            {
                int best = -1;
                for (int k = 0; k < n; k++)
                {
                    if (!inside[k] && (best < 0 || reach[k] > reach[best]))
                        best = k;
                }
                inside[best] = true;
                ours += reach[best];
                for (int k = 0; k < n; k++)
                    reach[k] = Math.Max(reach[k], gram[(best * n) + k]);
            }
        });
        Row("maximum spanning tree", n, peer, own, Math.Abs(theirs - ours) < 1e-9 * n);
    }

    private static void Assignment(int n)
    {
        // QuikGraph's costs are whole numbers.
        double[] cost = [.. Gram(n, 7 + n).Select(g => Math.Floor(g * 1000))];
        int[,] whole = new int[n, n];
        for (int i = 0; i < n * n; i++)
            whole[i / n, i % n] = (int)cost[i];
        int[] theirs = [],
            ours = new int[n];
        double peer = Time(() => theirs = new HungarianAlgorithm((int[,])whole.Clone()).Compute());
        var solver = new LinearAssignment();
        double own = Time(() => solver.Solve(cost, n, ours));
        double Sum(int[] columns) => columns.Select((c, r) => cost[(r * n) + c]).Sum();
        Row("assignment", n, peer, own, Sum(theirs) == Sum(ours));
    }

    /// <summary>Symmetric, uniform in [0, 1).</summary>
    private static double[] Gram(int n, int seed)
    {
        var random = new Random(seed);
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                gram[(i * n) + j] = gram[(j * n) + i] = random.NextDouble();
        }
        return gram;
    }

    /// <summary>Least time of a call, in microseconds, over batches of 5 ms for half a second, after as long a warm-up.</summary>
    private static double Time(Action call)
    {
        double least = double.PositiveInfinity;
        for (int phase = 0; phase < 2; phase++)
        {
            least = double.PositiveInfinity;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < 500; )
            {
                long batch = Stopwatch.GetTimestamp();
                int calls = 0;
                do
                {
                    call();
                    calls++;
                } while (Stopwatch.GetElapsedTime(batch).TotalMilliseconds < 5);
                least = Math.Min(least, Stopwatch.GetElapsedTime(batch).TotalMicroseconds / calls);
            }
        }
        return least;
    }

    private static void Row(string task, int n, double peer, double own, bool equal)
    {
        if (!equal)
            throw new InvalidOperationException($"{task} of {n}: the results differ");
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{task, -26} {n, 7} {peer, 10:0.00} µs {own, 9:0.000} µs {peer / own, 7:0}")
        );
    }
}
