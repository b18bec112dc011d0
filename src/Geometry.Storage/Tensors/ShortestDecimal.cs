using System.Globalization;
using Geometry.Words;

namespace Geometry.Storage.Tensors;

/// <summary>
/// Replaces a short float by the double that prints like it: 0.3 for the float32 nearest to 0.3, not 0.30000001192092896.
/// </summary>
internal static class ShortestDecimal
{
    private const int MostDigits = 9;

    /// <summary>The double nearest to the shortest decimal that rounds to <paramref name="value"/> in <paramref name="type"/>.</summary>
    /// <param name="value">A value of that type, widened.</param>
    /// <param name="type">The type it was stored as; only float16, bfloat16 and float32 are changed.</param>
    public static double Clean(double value, ElementType type)
    {
        if (!double.IsFinite(value))
            return value;
        return type switch
        {
            ElementType.Float32 => Parse(NumberText.Of((float)value)),
            ElementType.Float16 => HalfFloat(value),
            ElementType.BFloat16 => BrainFloat(value),
            _ => value,
        };
    }

    /// <summary>1 − value in decimal arithmetic, so that 1 − 0.9 is 0.1.</summary>
    public static double Complement(double value)
    {
        if (!(Math.Abs(value) <= 1e6))
            return 1 - value;
        return (double)(1 - decimal.Parse(NumberText.Of(value), NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// As <see cref="Clean"/> for float16; the value itself where the runtime's text does not read back as the same half.
    /// </summary>
    private static double HalfFloat(double value)
    {
        double clean = Parse(((Half)value).ToString("R", CultureInfo.InvariantCulture));
        return (Half)clean == (Half)value ? clean : value;
    }

    private static double BrainFloat(double value)
    {
        for (int digits = 1; digits < MostDigits; digits++)
        {
            double candidate = Parse(value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
            if (Round(candidate) == value)
                return candidate;
        }
        return value;
    }

    /// <summary>Nearest bfloat16, ties to even.</summary>
    private static float Round(double value)
    {
        uint bits = BitConverter.SingleToUInt32Bits((float)value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff0000);
    }

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
