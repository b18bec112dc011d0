namespace Geometry.Clustering;

/// <summary>Union–find on one thread. Each set is a tree: <c>parent[i]</c> leads from element i towards the root of its set.</summary>
/// <remarks>Finds halve their paths, O(log n) amortised. Source: Tarjan and van Leeuwen 1984, doi:10.1145/62.2160.</remarks>
internal static class UnionFind
{
    /// <summary>Makes every element a set of its own.</summary>
    internal static void Reset(Span<int> parent)
    {
        for (int i = 0; i < parent.Length; i++)
            parent[i] = i;
    }

    /// <summary>The root of an element's set.</summary>
    internal static int Root(Span<int> parent, int element)
    {
        while (parent[element] != element)
            element = parent[element] = parent[parent[element]];
        return element;
    }

    /// <summary>Merges the sets of two elements; the smaller root becomes the root of both.</summary>
    internal static void Union(Span<int> parent, int a, int b)
    {
        (a, b) = (Root(parent, a), Root(parent, b));
        parent[Math.Max(a, b)] = Math.Min(a, b);
    }
}

/// <summary>
/// Lock-free union–find: disjoint sets under concurrent unions, the smallest element being each set's root.
/// </summary>
/// <remarks>
/// A root is only ever linked below a smaller root (one compare-and-swap), finds halve their paths. The final sets, and with them the
/// roots, do not depend on the order in which threads arrive. Source: Anderson and Woll 1991, doi:10.1145/103418.103458.
/// Memory: one int per element.
/// </remarks>
internal sealed class ConcurrentUnionFind
{
    private readonly int[] _parent;

    internal ConcurrentUnionFind(int count)
    {
        _parent = new int[count];
        for (int i = 0; i < count; i++)
            _parent[i] = i;
    }

    /// <summary>The root of x at some moment during the call; once two elements agree they agree forever.</summary>
    internal int Find(int x)
    {
        while (true)
        {
            int parent = Volatile.Read(ref _parent[x]);
            if (parent == x)
                return x;
            int grand = Volatile.Read(ref _parent[parent]);
            if (grand == parent)
                return parent;
            Interlocked.CompareExchange(ref _parent[x], grand, parent);
            x = grand;
        }
    }

    /// <summary>Merges the sets of x and y.</summary>
    internal void Union(int x, int y)
    {
        while (true)
        {
            x = Find(x);
            y = Find(y);
            if (x == y)
                return;
            if (x < y)
                (x, y) = (y, x);
            if (Interlocked.CompareExchange(ref _parent[x], y, x) == x)
                return;
        }
    }
}
