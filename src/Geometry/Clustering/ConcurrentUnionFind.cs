namespace Geometry.Clustering;

/// <summary>
/// Lock-free union–find: disjoint sets under concurrent unions, the smallest element being each set's root.
/// </summary>
/// <remarks>
/// A root is only ever linked below a smaller root (one compare-and-swap), finds halve their paths. The final sets, and with them the
/// roots, do not depend on the order in which threads arrive. Source: Anderson and Woll 1991, doi:10.1145/103418.103458.
/// Memory: one int an element.
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
