using System.Globalization;
using Geometry.Labels;

namespace Geometry.Storage.Results;

/// <summary>One labelled run, ready to be stored.</summary>
/// <param name="Instance">Index of the run in its source, ≥ 0.</param>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Parameters">Its parameters, in the order of the source's <see cref="InputRecord.ParameterNames"/>.</param>
/// <param name="Bias">The bias b, length n; null when the source has none.</param>
/// <param name="Label">The outcome of labelling.</param>
public sealed record RunResult(
    int Instance,
    int Features,
    int Hidden,
    IReadOnlyList<ParameterValue> Parameters,
    double[]? Bias,
    RunLabel Label
);

/// <summary>An input, or one instance of it, that could not be labelled.</summary>
/// <param name="Source">The input's name.</param>
/// <param name="Instance">Index of the run; null for the whole input.</param>
/// <param name="Message">One line: what was found, what was expected.</param>
public sealed record InputFailure(string Source, int? Instance, string Message);

/// <summary>What the database knows about one input.</summary>
public sealed record InputRecord
{
    /// <summary>The input's name, unique.</summary>
    public required string Source { get; init; }

    /// <summary>Content hash of the file; empty when it could not be read.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Everything else that the results depend on, as one text: options, table of parameters, build of the library.</summary>
    public required string Options { get; init; }

    /// <summary>Names of the runs' parameters.</summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>
    /// Key of the array where the matrices of a file are labelled one by one, else null. Stored with each run, not with the input.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>Number of instances in the file.</summary>
    public required int Instances { get; init; }

    /// <summary>Instances 0 … Done−1 are in the database, as runs or as failures.</summary>
    public int Done { get; init; }

    /// <summary>Whether every instance is in the database; false as well for an input that failed as a whole.</summary>
    public bool Complete { get; init; }
}

/// <summary>One parameter of one run: a number, a text, or nothing.</summary>
/// <param name="Number">The number, NaN for an empty value; ignored when there is a text.</param>
/// <param name="Text">The text; null for a number.</param>
public readonly record struct ParameterValue(double Number, string? Text = null)
{
    /// <summary>No value: an empty cell.</summary>
    public static ParameterValue Empty => new(double.NaN);

    /// <summary>
    /// Reads a cell of a table: a finite number (invariant culture) becomes a number, an empty cell becomes <see cref="Empty"/>, and
    /// anything else stays text. So do digits behind a leading zero: <c>007</c> is a name, not a quantity.
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
