using System.Numerics;

namespace Geometry.Grassmannian.Planes;

/// <summary>
/// A set of k-subsets as a bitmap over lexicographic ranks; the index of each member in the sorted set is found in O(1).
/// </summary>
/// <remarks>Memory: 1.5 bits per k-subset that could be in it. Adding is thread-safe; <see cref="Freeze"/> ends adding.</remarks>
internal sealed class SubsetIndex(long subsets)
{
    private readonly ulong[] _bits = new ulong[(subsets + 63) / 64];
    private int[] _before = [];

    /// <summary>Number of members, after <see cref="Freeze"/>.</summary>
    internal int Count { get; private set; }

    /// <summary>Adds the subset of a lexicographic rank.</summary>
    internal void Add(long rank) => Interlocked.Or(ref _bits[rank >> 6], 1UL << (int)(rank & 63));

    /// <summary>Whether a subset has been added, as far as this thread sees.</summary>
    internal bool Contains(long rank) => (Volatile.Read(ref _bits[rank >> 6]) >> (int)(rank & 63) & 1) != 0;

    /// <summary>Ends adding, and counts the members.</summary>
    internal void Freeze()
    {
        _before = new int[_bits.Length];
        long count = 0;
        for (int word = 0; word < _bits.Length; word++)
        {
            _before[word] = (int)count;
            count += BitOperations.PopCount(_bits[word]);
        }
        Count = checked((int)count);
    }

    /// <summary>The index of a subset among the members, −1 when it is no member.</summary>
    internal int IndexOf(long rank)
    {
        ulong word = _bits[rank >> 6],
            bit = 1UL << (int)(rank & 63);
        return (word & bit) == 0 ? -1 : _before[rank >> 6] + BitOperations.PopCount(word & (bit - 1));
    }

    /// <summary>Writes the members in lexicographic order, k features each.</summary>
    internal ushort[] List(int n, int k)
    {
        ushort[] features = new ushort[(long)Count * k];
        Span<int> subset = stackalloc int[k];
        long at = -1;
        int next = 0;
        for (int word = 0; word < _bits.Length; word++)
        {
            for (ulong rest = _bits[word]; rest != 0; rest &= rest - 1)
            {
                long rank = ((long)word << 6) + BitOperations.TrailingZeroCount(rest);
                // Stepping to a near subset is faster than unranking it.
                if (at >= 0 && rank - at < 32)
                {
                    for (; at < rank; at++)
                        KSubsets.Next(subset, n);
                }
                else
                {
                    KSubsets.Unrank(rank, n, subset);
                    at = rank;
                }
                for (int i = 0; i < k; i++)
                    features[next++] = (ushort)subset[i];
            }
        }
        return features;
    }
}
