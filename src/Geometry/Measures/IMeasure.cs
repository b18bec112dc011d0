using System.Globalization;
using System.Numerics;

namespace Geometry.Measures;

/// <summary>Something that can be measured of a labelled run beyond its label.</summary>
/// <remarks>
/// A pure function of the run, called from several threads at once. To add a measure, add it to the registry beside the job that measures
/// folders.
/// </remarks>
public interface IMeasure
{
    /// <summary>Its name on the command line, and that of its table and CSV file: lower-case ASCII letters.</summary>
    string Name { get; }

    /// <summary>What it measures, one line without a full stop.</summary>
    string Description { get; }

    /// <summary>Names of the columns behind source and instance, in order; none is ever renamed or moved, a new one goes last.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Whether every run has at most one row, so that its cells can stand beside the run's label.</summary>
    bool HasOneRow => true;

    /// <summary>A text that changes with every option that changes rows: what was measured with other settings is measured anew.</summary>
    string Settings => "";

    /// <summary>Measures one run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Stops the work; only measures that take longer than a fraction of a second a run need to look at
    /// it.</param>
    /// <exception cref="Labels.UnsupportedRunException">The run is not one that this measure takes; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    MeasureResult Of(MeasuredRun run, CancellationToken cancellation = default);
}

/// <summary>What a measure says of one run.</summary>
/// <param name="Rows">Rows of as many cells as there are columns; none is legitimate.</param>
/// <param name="Shortfall">What had to be left out, and why, one line; null where nothing was.</param>
public sealed record MeasureResult(IReadOnlyList<MeasureCell[]> Rows, string? Shortfall = null)
{
    /// <summary>A result of one row.</summary>
    public static MeasureResult Row(params MeasureCell[] cells) => new([cells]);
}

/// <summary>A cell of a measure's table: a number, a text, or nothing.</summary>
/// <param name="Number">The number; NaN for an empty cell; ignored when there is a text.</param>
/// <param name="Text">The text; null for a number.</param>
public readonly record struct MeasureCell(double Number, string? Text = null)
{
    /// <summary>Integers up to this one are exact as double.</summary>
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
