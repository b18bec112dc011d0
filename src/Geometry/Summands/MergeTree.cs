using Geometry.Clustering;

namespace Geometry.Summands;

/// <summary>
/// The single-linkage merge tree of a complete graph with edge strengths: the 0-dimensional persistence of its super-level sets.
/// </summary>
/// <remarks>
/// Leaves are 0 … n−1, inner nodes n … 2n−2 in order of falling edge strength. A cut between two heights gives the connected components of
/// the graph at that threshold. Prim's algorithm, O(n²) time, O(n) memory beside the strengths. Ties are broken by index.
/// </remarks>
internal sealed class MergeTree
{
    private readonly int[] _left,
        _right,
        _parent;
    private readonly double[] _height;
    private readonly int[][] _features;

    private MergeTree(int n)
    {
        Leaves = n;
        _left = new int[2 * n - 1];
        _right = new int[2 * n - 1];
        _parent = new int[2 * n - 1];
        _height = new double[2 * n - 1];
        _features = new int[2 * n - 1][];
    }

    /// <summary>n.</summary>
    public int Leaves { get; }

    /// <summary>Index of the node that holds everything.</summary>
    public int Root => 2 * Leaves - 2;

    /// <summary>Strength of the edge that joined the node's children; +∞ for a leaf.</summary>
    public double Height(int node) => _height[node];

    /// <summary>The children of an inner node; (−1, −1) for a leaf.</summary>
    public (int Left, int Right) Children(int node) => (_left[node], _right[node]);

    /// <summary>Whether two nodes have the same parent.</summary>
    public bool AreSiblings(int a, int b) => a < _parent.Length && b < _parent.Length && _parent[a] == _parent[b];

    /// <summary>The features under a node, ascending.</summary>
    public int[] Features(int node) => _features[node];

    /// <summary>Builds the tree of an n×n symmetric matrix of strengths.</summary>
    public static MergeTree Build(ReadOnlySpan<double> strength, int n)
    {
        var edges = MaximumSpanningTree(strength, n);
        Array.Sort(edges, static (p, q) => q.Strength != p.Strength ? q.Strength.CompareTo(p.Strength)
            : p.A != q.A ? p.A.CompareTo(q.A)
            : p.B.CompareTo(q.B));

        var tree = new MergeTree(n);
        int[] parent = new int[2 * n - 1];
        for (int i = 0; i < n; i++)
        {
            tree._features[i] = FeatureSets.Of(i);
            tree._height[i] = double.PositiveInfinity;
            tree._left[i] = tree._right[i] = -1;
        }
        UnionFind.Reset(parent);
        for (int e = 0; e < edges.Length; e++)
        {
            int node = n + e,
                a = UnionFind.Root(parent, edges[e].A),
                b = UnionFind.Root(parent, edges[e].B);
            tree._left[node] = a;
            tree._right[node] = b;
            tree._height[node] = edges[e].Strength;
            tree._parent[a] = tree._parent[b] = node;
            tree._features[node] = Merge(tree._features[a], tree._features[b]);
            parent[a] = parent[b] = node;
        }
        return tree;
    }

    private static (double Strength, int A, int B)[] MaximumSpanningTree(ReadOnlySpan<double> strength, int n)
    {
        var edges = new (double Strength, int A, int B)[n - 1];
        double[] best = new double[n];
        int[] from = new int[n];
        bool[] inside = new bool[n];
        Array.Fill(best, -1);
        int current = 0;
        inside[0] = true;
        for (int e = 0; e < n - 1; e++)
        {
            int next = -1;
            for (int j = 0; j < n; j++)
            {
                if (inside[j])
                    continue;
                double s = strength[current * n + j];
                if (s > best[j])
                {
                    best[j] = s;
                    from[j] = current;
                }
                if (next < 0 || best[j] > best[next])
                    next = j;
            }
            edges[e] = (best[next], Math.Min(from[next], next), Math.Max(from[next], next));
            inside[next] = true;
            current = next;
        }
        return edges;
    }

    private static int[] Merge(int[] a, int[] b)
    {
        int[] merged = new int[a.Length + b.Length];
        int i = 0,
            j = 0;
        for (int k = 0; k < merged.Length; k++)
            merged[k] = j == b.Length || (i < a.Length && a[i] < b[j]) ? a[i++] : b[j++];
        return merged;
    }
}
