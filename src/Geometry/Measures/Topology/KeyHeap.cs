namespace Geometry.Measures.Topology;

/// <summary>A chain with coefficients in Z/2: a binary heap of keys in which pairs of equal keys cancel when they reach the top.</summary>
internal sealed class KeyHeap
{
    /// <summary>The result of <see cref="Pop"/> for the zero chain; no simplex has this key.</summary>
    public const ulong None = ulong.MaxValue;

    private ulong[] _keys = new ulong[64];
    private int _count;

    /// <summary>Makes it the zero chain.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a simplex.</summary>
    public void Push(ulong key)
    {
        if (_count == _keys.Length)
            Array.Resize(ref _keys, 2 * _count);
        int at = _count++;
        while (at > 0)
        {
            int parent = (at - 1) >> 1;
            if (_keys[parent] <= key)
                break;
            _keys[at] = _keys[parent];
            at = parent;
        }
        _keys[at] = key;
    }

    /// <summary>Removes and returns the smallest key whose coefficient is not zero.</summary>
    public ulong Pop()
    {
        while (_count > 0)
        {
            ulong top = Remove();
            if (_count == 0 || _keys[0] != top)
                return top;
            Remove();
        }
        return None;
    }

    /// <summary>Returns the smallest key whose coefficient is not zero, without removing it.</summary>
    public ulong Peek()
    {
        ulong top = Pop();
        if (top != None)
            Push(top);
        return top;
    }

    private ulong Remove()
    {
        ulong top = _keys[0],
            last = _keys[--_count];
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _keys[child + 1] < _keys[child])
                child++;
            if (_keys[child] >= last)
                break;
            _keys[at] = _keys[child];
            at = child;
        }
        _keys[at] = last;
        return top;
    }
}
