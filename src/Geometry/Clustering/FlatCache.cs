namespace Geometry.Clustering;

/// <summary>
/// A small direct-mapped cache of flats (sets of features), compared bit by bit: it may forget, it never errs.
/// </summary>
/// <remarks>Memory: 1024 slots of n bits; allocated when the first flat is put in.</remarks>
internal sealed class FlatCache(int n)
{
    private const int Slots = 1024;

    private readonly int _words = (n + 63) / 64;
    private readonly ulong[] _key = new ulong[(n + 63) / 64];
    private ulong[] _table = [];

    /// <summary>Whether the flat was put in and not yet displaced.</summary>
    internal bool Holds(ReadOnlySpan<int> flat)
    {
        if (_table.Length == 0) return false;
        return Slot(flat).SequenceEqual(_key);
    }

    /// <summary>Remembers a flat.</summary>
    internal void Put(ReadOnlySpan<int> flat)
    {
        if (_table.Length == 0) _table = new ulong[Slots * _words];
        Span<ulong> slot = Slot(flat);
        _key.CopyTo(slot);
    }

    private Span<ulong> Slot(ReadOnlySpan<int> flat)
    {
        Array.Clear(_key);
        foreach (int j in flat) _key[j >> 6] |= 1UL << (j & 63);
        ulong hash = 0;
        foreach (ulong word in _key) hash = (hash ^ word) * 0x9E3779B97F4A7C15UL;
        hash ^= hash >> 32;
        return _table.AsSpan((int)(hash % Slots) * _words, _words);
    }
}
