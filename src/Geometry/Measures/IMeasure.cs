using System.Globalization;
using System.Numerics;

namespace Geometry.Measures;

/// <summary>A quantity of a labelled run beyond its label.</summary>
/// <remarks>
/// A measure is a pure function of the run, and is called from several threads at once. A new one must be listed in the MeasureRegistry of
/// Geometry.Reports.
/// </remarks>
public interface IMeasure
{
    /// <summary>Its name on the command line and in the names of its table and CSV file: lower-case ASCII letters.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line without a full stop.</summary>
    string Description { get; }

    /// <summary>
    /// Names of the columns after source and instance, in order. Columns are never renamed or moved, and a new one goes last.
    /// </summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Whether every run has at most one row, whose cells can then be shown beside the run's label.</summary>
    bool HasOneRow => true;

    /// <summary>
    /// A text that differs wherever options differ that change the rows: runs measured with other settings are measured again.
    /// </summary>
    string Settings => "";

    /// <summary>Measures one run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Stops the work; only measures that take more than a fraction of a second per run need to check
    /// it.</param>
    /// <exception cref="Labels.UnsupportedRunException">The measure does not apply to this run; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    MeasureResult Of(MeasuredRun run, CancellationToken cancellation = default);
}

/// <summary>The result of a measure for one run.</summary>
/// <param name="Rows">Rows with one cell per column; there may be none.</param>
/// <param name="Shortfall">What had to be left out, and why, in one line; null where nothing was left out.</param>
public sealed record MeasureResult(IReadOnlyList<MeasureCell[]> Rows, string? Shortfall = null)
{
    /// <summary>A result of one row.</summary>
    public static MeasureResult Row(params MeasureCell[] cells) => new([cells]);
}

/// <summary>A cell of a measure's table: a number, a text, or nothing.</summary>
/// <param name="Number">The number; NaN for an empty cell; ignored where there is a text.</param>
/// <param name="Text">The text; null for a number.</param>
public readonly record struct MeasureCell(double Number, string? Text = null)
{
    /// <summary>All integers up to this one are exact as a double.</summary>
    private static readonly BigInteger s_exact = new(1L << 53);

    /// <summary>An empty cell.</summary>
    public static MeasureCell Empty => new(double.NaN);

    /// <summary>A number.</summary>
    public static implicit operator MeasureCell(double number) => FromDouble(number);

    /// <summary>A text.</summary>
    public static implicit operator MeasureCell(string text) => FromString(text);

    /// <summary>An integer of any size, exactly: beyond 2⁵³ its digits are a text.</summary>
    public static implicit operator MeasureCell(BigInteger number) => FromBigInteger(number);

    /// <summary>A number; NaN and the infinities are empty cells.</summary>
    public static MeasureCell FromDouble(double number) => new(double.IsFinite(number) ? number : double.NaN);

    /// <summary>A text.</summary>
    public static MeasureCell FromString(string text) => new(double.NaN, text);

    /// <summary>An integer of any size, exactly: beyond 2⁵³ its digits are a text.</summary>
    public static MeasureCell FromBigInteger(BigInteger number) =>
        BigInteger.Abs(number) <= s_exact ? new((double)number) : new(double.NaN, number.ToString(CultureInfo.InvariantCulture));
}
