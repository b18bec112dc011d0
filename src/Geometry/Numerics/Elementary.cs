namespace Geometry.Numerics;

/// <summary>
/// Elementary functions whose bits are the same on every machine: sums, products and quotients of double precision in a fixed order.
/// </summary>
/// <remarks>
/// <see cref="Math"/> calls the C library, whose results differ in the last digit between its versions, between systems, and on one system
/// between processors with and without fused multiply-add. Errors here are below two units of the last place (those of <see cref="Pow"/>
/// below a few), as tests check. The series are those of Taylor and of the area hyperbolic tangent, after a reduction of the argument (Cody
/// and Waite 1980, "Software Manual for the Elementary Functions"). Cost: 10 to 30 ns.
/// </remarks>
public static partial class Elementary
{
    // ln 2 as the sum of two parts, the first of 32 bits, so that its products with exponents are exact.
    private const double Ln2High = 0.6931471803691238,
        Ln2Low = 1.9082149292705877e-10;

    /// <summary>eˣ; 0 or ∞ beyond the range of doubles.</summary>
    public static double Exp(double x)
    {
        if (!(x > -746))
            return double.IsNaN(x) ? x : 0;
        if (x > 710)
            return double.PositiveInfinity;
        double k = Math.Floor((x * 1.4426950408889634) + 0.5),
            high = x - (k * Ln2High),
            low = k * Ln2Low,
            r = high - low;
        double y = 1 + (r + ((r * r * ExpTail(r)) + ((high - r) - low)));
        return k is > -1022 and < 1024 ? y * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52) : Math.ScaleB(y, (int)k);
    }

    /// <summary>eˣ − 1, accurate for small x.</summary>
    public static double ExpM1(double x) => Math.Abs(x) < 0.34 ? x + (x * x * ExpTail(x)) : Exp(x) - 1;

    /// <summary>ln x; −∞ at 0, NaN below.</summary>
    public static double Log(double x)
    {
        if (!(x > 0))
            return x == 0 ? double.NegativeInfinity : double.NaN;
        if (x == double.PositiveInfinity)
            return x;
        int e = 0;
        if (x < 2.2250738585072014e-308)
            (x, e) = (x * (1L << 54), -54);
        long bits = BitConverter.DoubleToInt64Bits(x) + (0x3FF0000000000000 - 0x3FE6A09E667F3BCD);
        e += (int)(bits >> 52) - 1023;
        // x = 2^e (1 + t), √½ ≤ 1 + t < √2; ln(1 + t) = 2 artanh(t/(2 + t)).
        double t = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) + 0x3FE6A09E667F3BCD) - 1,
            s = t / (2 + t),
            z = s * s,
            w = z * z;
        double odd = 2.0 / 5 + (w * (2.0 / 9 + (w * (2.0 / 13 + (w * (2.0 / 17 + (w * (2.0 / 21))))))));
        double even = 2.0 / 3 + (w * (2.0 / 7 + (w * (2.0 / 11 + (w * (2.0 / 15 + (w * (2.0 / 19 + (w * (2.0 / 23))))))))));
        double rest = (z * even) + (w * odd),
            half = 0.5 * t * t;
        return (e * Ln2High) - ((half - ((s * (half + rest)) + (e * Ln2Low))) - t);
    }

    /// <summary>ln(1 + x), accurate for small x.</summary>
    public static double LogP1(double x)
    {
        double sum = 1 + x;
        // The rounding of the sum is a rounding of x; the quotient undoes it (Kahan).
        return sum == 1 ? x
            : double.IsPositiveInfinity(sum) || !(sum > 0) ? Log(sum)
            : Log(sum) * (x / (sum - 1));
    }

    /// <summary>
    /// xʸ: the whole part of y by squaring in twice the precision, the rest by logarithm and exponential; NaN for x &lt; 0 and an exponent
    /// that is not whole.
    /// </summary>
    public static double Pow(double x, double y)
    {
        double whole = Math.Round(y),
            rest = y - whole;
        if (Math.Abs(whole) > 1 << 20 || !double.IsFinite(y))
            return Math.Pow(x, y);
        double power = WholePower(x, (int)Math.Abs(whole));
        if (whole < 0)
            power = 1 / power;
        return rest == 0 ? power
            : x == 0 ? (y > 0 ? 0 : double.PositiveInfinity)
            : power * Exp(rest * Log(x));
    }

    private static double WholePower(double x, int n)
    {
        double high = 1,
            low = 0,
            baseHigh = x,
            baseLow = 0;
        while (true)
        {
            if ((n & 1) != 0)
                (high, low) = Product(high, low, baseHigh, baseLow);
            n >>= 1;
            if (n == 0)
                return high + low;
            (baseHigh, baseLow) = Product(baseHigh, baseLow, baseHigh, baseLow);
        }
    }

    /// <summary>The product of two numbers, each given as the sum of two doubles.</summary>
    private static (double High, double Low) Product(double a, double aLow, double b, double bLow)
    {
        double high = a * b;
        if (!double.IsFinite(high))
            return (high, 0);
        double low = Math.FusedMultiplyAdd(a, b, -high) + ((a * bLow) + (aLow * b)),
            sum = high + low;
        return (sum, low - (sum - high));
    }

    /// <summary>(eʳ − 1 − r)/r² for |r| &lt; 0.35, to the term of degree 12.</summary>
    private static double ExpTail(double r)
    {
        double s = r * r,
            q = s * s;
        double a = (1.0 / 2) + (r * (1.0 / 6)) + (s * ((1.0 / 24) + (r * (1.0 / 120))));
        double b = (1.0 / 720) + (r * (1.0 / 5040)) + (s * ((1.0 / 40320) + (r * (1.0 / 362880))));
        double c = (1.0 / 3628800) + (r * (1.0 / 39916800)) + (s * ((1.0 / 479001600) + (r * (1.0 / 6227020800))));
        return a + (q * (b + (q * c)));
    }
}
