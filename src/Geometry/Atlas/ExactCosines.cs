using System.Globalization;

namespace Geometry.Atlas;

/// <summary>Recognises cosines that have a closed form.</summary>
/// <remarks>
/// Tried in this order, simplest first: fractions p/q; ±√(p/q); cos(2πj/p); (a + b√r)/q. A candidate is accepted when it agrees to
/// <see cref="Accuracy"/>, which is far above the rounding error of exact coordinates and far below the distance between candidates: there
/// are about 10⁴ of them in [−1, 1], so a random number is accepted with probability below 10⁻⁵.
/// </remarks>
internal static class ExactCosines
{
    /// <summary>Largest difference between the cosine and its closed form.</summary>
    public const double Accuracy = 1e-10;

    private const int LargestDenominator = 24,
        MostVertices = 24,
        LargestNumerator = 12;
    private static readonly int[] s_radicands = [2, 3, 5, 6, 7, 10, 13];

    /// <summary>
    /// The closed form as text, for example <c>-1/4</c>, <c>cos(2π/5)</c>, <c>√(2/3)</c> or <c>(1-2√2)/7</c>; null for none.
    /// </summary>
    public static string? Recognise(double cosine)
    {
        if (!(Math.Abs(cosine) <= 1 + Accuracy))
            return null;
        for (int q = 1; q <= LargestDenominator; q++)
        {
            double p = Math.Round(cosine * q);
            if (Matches(cosine, p / q))
                return Fraction((int)p, q);
        }
        for (int q = 1; q <= LargestDenominator; q++)
        {
            double p = Math.Round(cosine * cosine * q);
            if (p > 0 && Matches(Math.Abs(cosine), Math.Sqrt(p / q)))
                return (cosine < 0 ? "-" : "") + "√(" + Fraction((int)p, q) + ")";
        }
        for (int p = 5; p <= MostVertices; p++)
        {
            for (int j = 1; 2 * j < p; j++)
            {
                if (Matches(cosine, Elementary.Cos(2 * Math.PI * j / p)))
                    return string.Create(CultureInfo.InvariantCulture, $"cos({(j == 1 ? 2 : 2 * j)}π/{p})");
            }
        }
        foreach (int r in s_radicands)
        {
            for (int q = 1; q <= LargestDenominator; q++)
            {
                for (int b = -LargestNumerator; b <= LargestNumerator; b++)
                {
                    if (b == 0)
                        continue;
                    double a = Math.Round((cosine * q) - (b * Math.Sqrt(r)));
                    if (Math.Abs(a) <= LargestNumerator && Matches(cosine, (a + (b * Math.Sqrt(r))) / q))
                        return Surd((int)a, b, r, q);
                }
            }
        }
        return null;
    }

    private static bool Matches(double cosine, double candidate) => Math.Abs(cosine - candidate) <= Accuracy;

    private static string Fraction(int p, int q) =>
        q == 1 ? p.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{p}/{q}");

    private static string Surd(int a, int b, int r, int q)
    {
        string root =
            (Math.Abs(b) == 1 ? "" : Math.Abs(b).ToString(CultureInfo.InvariantCulture)) + "√" + r.ToString(CultureInfo.InvariantCulture);
        string sum = a == 0 ? (b < 0 ? "-" : "") + root : a.ToString(CultureInfo.InvariantCulture) + (b < 0 ? "-" : "+") + root;
        return q == 1 ? sum : (a == 0 ? sum : "(" + sum + ")") + "/" + q.ToString(CultureInfo.InvariantCulture);
    }
}
