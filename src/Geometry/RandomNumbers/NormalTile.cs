using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.RandomNumbers;

/// <summary>
/// Standard normal numbers, 64 at a time. Like the words of <see cref="Philox"/>, each number is determined by its counter and key alone.
/// </summary>
/// <remarks>
/// Box and Muller's transform (1958, doi:10.1214/aoms/1177706645) of pairs of 32-bit numbers u, v: √(−2 ln u)·(cos 2πv, sin 2πv), so that
/// no number exceeds 6.8. Logarithm, sine and cosine are series, exact to 1e-12, made of products and sums alone in a fixed order: the same
/// bits on every processor. About 2 ns per number.
/// </remarks>
public static class NormalTile
{
    /// <summary>How many numbers a tile has.</summary>
    public const int Size = 64;

    /// <summary>Fills a tile.</summary>
    /// <param name="place">Number of the tile, below 2^28.</param>
    /// <param name="slot">Second word of the counter.</param>
    /// <param name="step">Third word of the counter.</param>
    /// <param name="purpose">Fourth word of the counter.</param>
    /// <param name="seed">First word of the key.</param>
    /// <param name="run">Second word of the key.</param>
    /// <param name="destination">Length ≥ 64.</param>
    public static void Fill(uint place, uint slot, uint step, uint purpose, uint seed, uint run, Span<double> destination)
    {
        if (destination.Length < Size)
            throw new ArgumentException($"expected length at least {Size}, found {destination.Length}", nameof(destination));
        Philox.Words16(
            place * 16,
            slot,
            step,
            purpose,
            seed,
            run,
            out Vector512<uint> x,
            out Vector512<uint> y,
            out Vector512<uint> z,
            out Vector512<uint> w
        );
        ref double target = ref MemoryMarshal.GetReference(destination);
        Pairs(Vector512.WidenLower(x), Vector512.WidenLower(y), ref target, 0);
        Pairs(Vector512.WidenUpper(x), Vector512.WidenUpper(y), ref target, 16);
        Pairs(Vector512.WidenLower(z), Vector512.WidenLower(w), ref target, 32);
        Pairs(Vector512.WidenUpper(z), Vector512.WidenUpper(w), ref target, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pairs(Vector512<ulong> u, Vector512<ulong> v, ref double target, nuint at)
    {
        Vector512<double> radius = Vector512.Sqrt(MinusTwoLog(Fraction(u)));
        (Vector512<double> cosine, Vector512<double> sine) = Circle(Fraction(v));
        (radius * cosine).StoreUnsafe(ref target, at);
        (radius * sine).StoreUnsafe(ref target, at + 8);
    }

    /// <summary>(u + ½)/2^32 in (0, 1), by placing the 32 bits of u into the low part of a double near 2^52.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fraction(Vector512<ulong> u) =>
        ((u | Vector512.Create(0x4330000000000000UL)).AsDouble() - Vector512.Create(4503599627370496.0 - 0.5))
        * Vector512.Create(1.0 / (1L << 32));

    /// <summary>−2 ln u = −2(e ln 2 + 2 artanh((m−1)/(m+1))), u = m·2^e, m near 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> MinusTwoLog(Vector512<double> u)
    {
        Vector512<ulong> bits = u.AsUInt64();
        Vector512<double> m = ((bits & Vector512.Create(0x000FFFFFFFFFFFFFUL)) | Vector512.Create(0x3FF0000000000000UL)).AsDouble();
        Vector512<double> e =
            ((bits >>> 52) | Vector512.Create(0x4330000000000000UL)).AsDouble() - Vector512.Create(4503599627370496.0 + 1023);
        Vector512<double> large = Vector512.GreaterThan(m, Vector512.Create(1.4142135623730951));
        m = Vector512.ConditionalSelect(large, m * Vector512.Create(0.5), m);
        e = Vector512.ConditionalSelect(large, e + Vector512<double>.One, e);
        Vector512<double> s = (m - Vector512<double>.One) / (m + Vector512<double>.One),
            q = s * s;
        Vector512<double> series = Vector512.Create(1.0 / 15);
        series = (series * q) + Vector512.Create(1.0 / 13);
        series = (series * q) + Vector512.Create(1.0 / 11);
        series = (series * q) + Vector512.Create(1.0 / 9);
        series = (series * q) + Vector512.Create(1.0 / 7);
        series = (series * q) + Vector512.Create(1.0 / 5);
        series = (series * q) + Vector512.Create(1.0 / 3);
        series = (series * q) + Vector512<double>.One;
        return (e * Vector512.Create(-2 * 0.6931471805599453)) - (Vector512.Create(4.0) * s * series);
    }

    /// <summary>cos 2πv and sin 2πv: series on [−π/4, π/4], then turned by quarters of a circle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Cosine, Vector512<double> Sine) Circle(Vector512<double> v)
    {
        Vector512<double> quarter = Vector512.Floor((v * Vector512.Create(4.0)) + Vector512.Create(0.5));
        Vector512<double> x = (v - (quarter * Vector512.Create(0.25))) * Vector512.Create(2 * Math.PI),
            q = x * x;
        Vector512<double> sine = Vector512.Create(1.0 / 6227020800);
        sine = (sine * q) - Vector512.Create(1.0 / 39916800);
        sine = (sine * q) + Vector512.Create(1.0 / 362880);
        sine = (sine * q) - Vector512.Create(1.0 / 5040);
        sine = (sine * q) + Vector512.Create(1.0 / 120);
        sine = (sine * q) - Vector512.Create(1.0 / 6);
        sine = x * ((sine * q) + Vector512<double>.One);
        Vector512<double> cosine = Vector512.Create(-1.0 / 87178291200);
        cosine = (cosine * q) + Vector512.Create(1.0 / 479001600);
        cosine = (cosine * q) - Vector512.Create(1.0 / 3628800);
        cosine = (cosine * q) + Vector512.Create(1.0 / 40320);
        cosine = (cosine * q) - Vector512.Create(1.0 / 720);
        cosine = (cosine * q) + Vector512.Create(1.0 / 24);
        cosine = (cosine * q) - Vector512.Create(0.5);
        cosine = (cosine * q) + Vector512<double>.One;
        Vector512<double> first = Vector512.Equals(quarter, Vector512<double>.One),
            second = Vector512.Equals(quarter, Vector512.Create(2.0)),
            third = Vector512.Equals(quarter, Vector512.Create(3.0));
        Vector512<double> turned = first | third;
        return (
            Sign(Vector512.ConditionalSelect(turned, sine, cosine), first | second),
            Sign(Vector512.ConditionalSelect(turned, cosine, sine), second | third)
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sign(Vector512<double> value, Vector512<double> negative) =>
        value ^ (negative & Vector512.Create(-0.0));
}
