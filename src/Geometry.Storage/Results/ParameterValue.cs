namespace Geometry.Storage.Results;

/// <summary>One parameter of one run: a number, a text, or nothing.</summary>
/// <param name="Number">The number, NaN for an empty value; ignored when there is a text.</param>
/// <param name="Text">The text; null for a number.</param>
public readonly record struct ParameterValue(double Number, string? Text = null)
{
    /// <summary>No value: an empty cell.</summary>
    public static ParameterValue Empty => new(double.NaN);
}
