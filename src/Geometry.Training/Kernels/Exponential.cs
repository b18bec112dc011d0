using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>
/// exp for numbers in [−87, 88] with relative error below 2e-7: 2^k·exp(r) with r = x − k ln 2, |r| ≤ ½ ln 2, and the Taylor polynomial of
/// degree 7 (remainder below 6e-9). ln 2 is split in two, so that the reduction is exact to float32. The bits are the same on every
/// processor.
/// </summary>
internal static class Exponential
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Of<V, L>(V x)
        where V : struct
        where L : struct, ILanes<V>
    {
        V k = L.Floor(L.MultiplyAdd(x, L.All(1.44269504f), L.All(0.5f))),
            one = L.All(1);
        V r = L.MultiplyAdd(k, L.All(-0.693359375f), x);
        r = L.MultiplyAdd(k, L.All(2.12194440e-4f), r);
        V sum = L.MultiplyAdd(L.All(1f / 5040), r, L.All(1f / 720));
        sum = L.MultiplyAdd(sum, r, L.All(1f / 120));
        sum = L.MultiplyAdd(sum, r, L.All(1f / 24));
        sum = L.MultiplyAdd(sum, r, L.All(1f / 6));
        sum = L.MultiplyAdd(sum, r, L.All(0.5f));
        sum = L.MultiplyAdd(sum, r, one);
        sum = L.MultiplyAdd(sum, r, one);
        return L.Multiply(sum, L.ShiftLeft(L.AddBits(L.ToInteger(k), L.Bits(127)), 23));
    }
}

/// <summary>
/// Natural logarithm of positive normal numbers up to 1 with relative error below 3e-7: v = 2^e·f with f in [√½, √2), and ln f = 2 artanh s
/// = 2(s + s³/3 + s⁵/5 + …), s = (f−1)/(f+1), |s| &lt; 0.172, up to the term of degree 9 (remainder below 8e-10). The bits are the same on
/// every processor.
/// </summary>
internal static class Logarithm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Of<V, L>(V v)
        where V : struct
        where L : struct, ILanes<V>
    {
        // Adding the distance from √½ to 1 to the bits raises the exponent exactly when f would be √½ or more.
        V bits = L.AddBits(v, L.Bits(0x3F800000 - 0x3F3504F3)),
            one = L.All(1);
        V e = L.FromInteger(L.AddBits(L.ShiftRight(bits, 23), L.Bits(-127)));
        V f = L.AddBits(L.And(bits, L.Bits(0x007FFFFF)), L.Bits(0x3F3504F3));
        V s = L.Divide(L.Subtract(f, one), L.Add(f, one)),
            square = L.Multiply(s, s);
        V sum = L.MultiplyAdd(L.All(2f / 9), square, L.All(2f / 7));
        sum = L.MultiplyAdd(sum, square, L.All(2f / 5));
        sum = L.MultiplyAdd(sum, square, L.All(2f / 3));
        V small = L.MultiplyAdd(L.Multiply(sum, square), s, L.Add(s, s));
        return L.MultiplyAdd(e, L.All(0.693147182f), small);
    }
}
