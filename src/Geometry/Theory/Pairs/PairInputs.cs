using Geometry.RandomNumbers;

namespace Geometry.Theory.Pairs;

/// <summary>
/// Draws pairs of features, and inputs with exactly s active features in which the features of the pair have given values. Belongs to one
/// thread.
/// </summary>
/// <remarks>
/// The other active features are a uniform subset of the rest, by Floyd's algorithm (Bentley 1987, CACM 30(9), doi:10.1145/30401.315746):
/// O(s) random numbers, each a function of the seed and its index.
/// </remarks>
internal sealed class PairInputs(int features, int active, uint seed)
{
    private readonly int[] _active = new int[active];
    private readonly int[] _stamp = new int[features];
    private int _now;

    /// <summary>A uniform pair of different features.</summary>
    /// <param name="pair">Number of the pair.</param>
    public (int First, int Second) Pair(int pair)
    {
        (uint x, uint y, _, _) = Philox.Words((uint)pair, 0, 0, 0x50414952, seed, 0);
        int first = Below(x, features),
            second = Below(y, features - 1);
        return (first, second >= first ? second + 1 : second);
    }

    /// <summary>An input of a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="case">0 … 3, see <see cref="PairTasks.Ones"/>.</param>
    /// <param name="name">Number of the input; different numbers give independent inputs.</param>
    /// <param name="purpose">Number of the stream, which separates inputs for different uses.</param>
    /// <returns>The active features, valid until the next call.</returns>
    public ReadOnlySpan<int> Draw((int First, int Second) pair, int @case, long name, uint purpose)
    {
        int count = 0,
            stamp = ++_now,
            rest = features - 2;
        if ((@case & 1) != 0)
            _active[count++] = pair.First;
        if ((@case & 2) != 0)
            _active[count++] = pair.Second;
        int others = active - count;
        (int low, int high) = (Math.Min(pair.First, pair.Second), Math.Max(pair.First, pair.Second));
        for (int k = 0; k < others; k++)
        {
            int j = rest - others + k,
                chosen = Below(Philox.Words((uint)name, (uint)(name >> 32), (uint)k, purpose, seed, (uint)@case).X, j + 1);
            if (_stamp[chosen] == stamp)
                chosen = j;
            _stamp[chosen] = stamp;
            // The chosen one of the features that are not in the pair.
            int feature = chosen >= low ? chosen + 1 : chosen;
            _active[count++] = feature >= high ? feature + 1 : feature;
        }
        return _active;
    }

    private static int Below(uint word, int count) => (int)(((ulong)word * (ulong)count) >> 32);
}
