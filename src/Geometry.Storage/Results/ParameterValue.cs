using System.Globalization;

namespace Geometry.Storage.Results;

/// <summary>One parameter of one run: a number, a text, or nothing.</summary>
/// <param name="Number">The number, NaN for an empty value; ignored when there is a text.</param>
/// <param name="Text">The text; null for a number.</param>
public readonly record struct ParameterValue(double Number, string? Text = null)
{
    /// <summary>No value: an empty cell.</summary>
    public static ParameterValue Empty => new(double.NaN);

    /// <summary>
    /// Reads a cell of a table: a finite invariant-culture number becomes a number, nothing becomes <see cref="Empty"/>, anything else
    /// stays text, and so do digits behind a leading zero (<c>007</c> is a name, not a quantity).
    /// </summary>
    public static ParameterValue Parse(string cell)
    {
        string trimmed = cell.Trim();
        if (trimmed.Length == 0)
            return Empty;
        ReadOnlySpan<char> digits = trimmed.AsSpan().TrimStart("+-");
        bool isName = digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
        return
            !isName
            && double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? new ParameterValue(number)
            : new ParameterValue(double.NaN, cell);
    }
}
