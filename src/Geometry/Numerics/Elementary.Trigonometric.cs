namespace Geometry.Numerics;

public static partial class Elementary
{
    // π/2 as the sum of three parts, the first two of 33 bits.
    private const double Quarter1 = 1.5707963267341256,
        Quarter2 = 6.077100506303966e-11,
        Quarter3 = 2.0222662487959506e-21;

    /// <summary>arctan(j/8) for j = 0 … 8, each as a double and its rounding error.</summary>
    private static readonly (double High, double Low)[] s_arctangents =
    [
        (0, 0),
        (0.12435499454676144, -3.1253241424539383e-18),
        (0.24497866312686414, 1.0698755618734451e-17),
        (0.35877067027057225, -2.4623815582638635e-17),
        (0.4636476090008061, 2.2698777452961687e-17),
        (0.5585993153435624, -5.4556305485916264e-18),
        (0.6435011087932844, 1.5834785051444286e-17),
        (0.7188299996216245, -2.1478388444456983e-17),
        (0.7853981633974483, 3.061616997868383e-17),
    ];

    /// <summary>sin x, as accurate as |x| is below 10⁵; beyond, the error grows with x.</summary>
    public static double Sin(double x) => SinCos(x).Sin;

    /// <summary>cos x, with the same accuracy.</summary>
    public static double Cos(double x) => SinCos(x).Cos;

    /// <summary>sin x and cos x.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        double turns = Math.Round(x * 0.6366197723675814),
            first = x - (turns * Quarter1),
            take = turns * Quarter2,
            r = first - take;
        double low = (turns * Quarter3) - ((first - r) - take),
            angle = r - low;
        low = (r - angle) - low;
        double z = angle * angle,
            half = 0.5 * z,
            one = 1 - half;
        double sin = angle + ((angle * z * SinTail(z)) + (low * one)),
            cos = one + (((1 - one) - half) + ((z * z * CosTail(z)) - (angle * low)));
        return ((long)turns & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>arctan x, in [−π/2, π/2].</summary>
    public static double Atan(double x) =>
        Math.Abs(x) <= 1 ? UnitAtan(x)
        : double.IsNaN(x) ? x
        : Math.CopySign(Complement(UnitAtan(1 / Math.Abs(x))), x);

    /// <summary>The angle of the point (x, y), in [−π, π].</summary>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        double a = Math.Abs(x),
            b = Math.Abs(y);
        double angle =
            a == b ? (a == 0 ? 0 : Math.PI / 4)
            : b < a ? UnitAtan(b / a)
            : Complement(UnitAtan(a / b));
        if (double.IsNegative(x))
            angle = Math.PI - (angle - 1.2246467991473532e-16);
        return Math.CopySign(angle, y);
    }

    /// <summary>arcsin x; NaN outside of [−1, 1].</summary>
    public static double Asin(double x) => Math.Abs(x) <= 1 ? Atan2(x, Math.Sqrt((1 - x) * (1 + x))) : double.NaN;

    /// <summary>arccos x; NaN outside of [−1, 1].</summary>
    public static double Acos(double x) => Math.Abs(x) <= 1 ? Atan2(Math.Sqrt((1 - x) * (1 + x)), x) : double.NaN;

    /// <summary>π/2 − angle, with π/2 as the sum of two doubles.</summary>
    private static double Complement(double angle) => 1.5707963267948966 - (angle - 6.123233995736766e-17);

    /// <summary>arctan x for |x| ≤ 1, as the sum of arctan of the nearest eighth and of a remainder of at most 1/16.</summary>
    private static double UnitAtan(double x)
    {
        double positive = Math.Abs(x),
            eighth = Math.Round(8 * positive) / 8,
            t = (positive - eighth) / (1 + (positive * eighth)),
            z = t * t;
        (double high, double low) = s_arctangents[(int)(8 * eighth)];
        double tail =
            t * z * ((1.0 / 3) - (z * ((1.0 / 5) - (z * ((1.0 / 7) - (z * ((1.0 / 9) - (z * ((1.0 / 11) - (z * (1.0 / 13)))))))))));
        return Math.CopySign(high + (t - (tail - low)), x);
    }

    /// <summary>(sin r/r − 1)/r² as a function of z = r², |r| ≤ π/4, up to the term of degree 17 of the sine.</summary>
    private static double SinTail(double z) =>
        (-1.0 / 6)
        + (
            z
            * (
                (1.0 / 120)
                + (
                    z
                    * (
                        (-1.0 / 5040)
                        + (
                            z
                            * (
                                (1.0 / 362880)
                                + (
                                    z
                                    * (
                                        (-1.0 / 39916800)
                                        + (z * ((1.0 / 6227020800) + (z * ((-1.0 / 1307674368000) + (z * (1.0 / 355687428096000))))))
                                    )
                                )
                            )
                        )
                    )
                )
            )
        );

    /// <summary>(cos r − 1 + r²/2)/r⁴ as a function of z = r², |r| ≤ π/4, up to the term of degree 16 of the cosine.</summary>
    private static double CosTail(double z) =>
        (1.0 / 24)
        + (
            z
            * (
                (-1.0 / 720)
                + (
                    z
                    * (
                        (1.0 / 40320)
                        + (z * ((-1.0 / 3628800) + (z * ((1.0 / 479001600) + (z * ((-1.0 / 87178291200) + (z * (1.0 / 20922789888000))))))))
                    )
                )
            )
        );
}
