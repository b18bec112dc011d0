using System.Globalization;
using System.Text.Json;

namespace Geometry.Words;

/// <summary>Writes numbers as the shortest decimals that read back to the same bits.</summary>
/// <remarks>
/// The runtime's own shortest form (<c>R</c>) is wrong for some powers of two, where it is one unit low in its last digit: 2⁻²⁵ is printed
/// as 2.980232238769531E-08. (The neighbour below a power of two is half as far away as the one above.) So the text of a power of two is
/// read back, and where it gives another number, 17 digits are written (9 for a float), which always suffice. Invariant culture.
/// </remarks>
public static class NumberText
{
    /// <summary>The text; <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> for what is not finite.</summary>
    public static string Of(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return !IsPowerOfTwo(value) || ReadsBack(value, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            ? text
            : value.ToString("G17", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc cref="Of(double)"/>
    public static string Of(float value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return !IsPowerOfTwo(value) || ReadsBack(value, float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
            ? text
            : value.ToString("G9", CultureInfo.InvariantCulture);
    }

    /// <summary>Number of bytes in which the text of every number fits.</summary>
    private const int MostBytes = 24;

    /// <summary>Writes the text as UTF-8; 24 bytes are enough.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public static int Write(double value, Span<byte> utf8)
    {
        if (
            value.TryFormat(utf8, out int written, "R", CultureInfo.InvariantCulture)
            && (
                !IsPowerOfTwo(value)
                || (
                    double.TryParse(utf8[..written], NumberStyles.Float, CultureInfo.InvariantCulture, out double read)
                    && ReadsBack(value, read)
                )
            )
        )
            return written;
        return value.TryFormat(utf8, out written, "G17", CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException($"{utf8.Length} bytes are too few for a number", nameof(utf8));
    }

    /// <summary>Writes a number as a JSON number, or null when it is not finite.</summary>
    /// <param name="json">Receives the number as its next value.</param>
    /// <param name="value">The number.</param>
    public static void Write(Utf8JsonWriter json, double value)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (!double.IsFinite(value))
        {
            json.WriteNullValue();
            return;
        }
        Span<byte> text = stackalloc byte[MostBytes];
        json.WriteRawValue(text[..Write(value, text)], skipInputValidation: true);
    }

    /// <summary>Whether no bit of the mantissa is set; a float that is a power of two is one as a double as well.</summary>
    private static bool IsPowerOfTwo(double value) => (BitConverter.DoubleToInt64Bits(value) & ((1L << 52) - 1)) == 0;

    private static bool ReadsBack(double value, double read) => read.Equals(value) && double.IsNegative(read) == double.IsNegative(value);
}
