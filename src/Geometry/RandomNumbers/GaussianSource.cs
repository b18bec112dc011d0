namespace Geometry.RandomNumbers;

/// <summary>A seeded stream of uniform and Gaussian numbers that is the same on every platform and .NET version.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195) and the polar method (Marsaglia, Bray 1964, doi:10.1137/1006063).
/// </remarks>
public sealed class GaussianSource
{
    private ulong _state;
    private double _spare = double.NaN;

    /// <summary>Starts stream number <paramref name="stream"/> of a seed; the streams of one seed do not overlap in practice.</summary>
    public GaussianSource(int seed, long stream = 0)
    {
        _state = Mix(Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15UL) ^ ((ulong)stream * 0xD1B54A32D192ED03UL));
    }

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double Uniform()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Uniform on 0 … bound − 1, for bound far below 2^53.</summary>
    public int Below(int bound) => (int)(Uniform() * bound);

    /// <summary>Standard normal.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            double kept = _spare;
            _spare = double.NaN;
            return kept;
        }
        while (true)
        {
            double u = 2 * Uniform() - 1,
                v = 2 * Uniform() - 1,
                s = u * u + v * v;
            if (s >= 1 || s == 0)
                continue;
            double scale = Math.Sqrt(-2 * Elementary.Log(s) / s);
            _spare = v * scale;
            return u * scale;
        }
    }

    /// <summary>Fills the span with standard normals.</summary>
    public void Normal(Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = Normal();
    }

    /// <summary>Permutes the values at random (Fisher–Yates).</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
