using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>
/// Writes labels.csv and summands.csv of merged labels window by window from memory, with the bytes that <see cref="ResultsCsv"/> would
/// write from the database.
/// </summary>
internal sealed class MergedCsv : IDisposable
{
    private const int Runs = 0,
        Summands = 1;
    private readonly Utf8CsvWriter _labels;
    private readonly Utf8CsvWriter _summands;
    private readonly int[] _labelCells;
    private readonly int[] _summandCells;
    private readonly int _label,
        _formula,
        _residual;

    /// <summary>Writes the headers.</summary>
    /// <param name="labels">Where labels.csv goes.</param>
    /// <param name="summands">Where summands.csv goes.</param>
    /// <param name="tables">The tables of the windows, runs and summands first.</param>
    /// <param name="further">Parameters beyond those with a column of their own, in the order of the columns.</param>
    public MergedCsv(Stream labels, Stream summands, IReadOnlyList<LabelTable> tables, IReadOnlyList<string> further)
    {
        _labels = new Utf8CsvWriter(labels);
        _summands = new Utf8CsvWriter(summands);
        string[] columns = [.. RunColumns.Labels, .. further];
        ResultsCsv.Header(_labels, columns);
        ResultsCsv.Header(_summands, ResultsSchema.SummandColumns);
        // Source and instance are those of the merged file; the other cells are copied.
        _labelCells = [.. columns.Skip(2).Select(c => Cell(tables[Runs], c))];
        _summandCells = [.. ResultsSchema.SummandColumns.Skip(2).Select(c => Cell(tables[Summands], c))];
        (_label, _formula, _residual) = (
            Cell(tables[Runs], "label"),
            Cell(tables[Runs], "formula"),
            Cell(tables[Runs], "max_residual_deg")
        );
    }

    /// <summary>The counts of everything that has been written so far.</summary>
    public LabelTally Tally { get; } = new();

    /// <summary>Writes the rows of a window.</summary>
    public void Write(LabelWindow window, CancellationToken cancellation)
    {
        StoredRow run = new(window.Rows[Runs]),
            summand = new(window.Rows[Summands]);
        int slot = 0;
        for (int file = 0; file < window.Window.Files.Count; file++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> source = window.Source(file);
            for (int instance = 0; instance < window.Window.Files[file].Runs.Count; instance++, slot++)
            {
                run.Start(slot);
                while (run.Next())
                {
                    Row(_labels, source, instance, run, _labelCells);
                    Tally.Add(run, _label, _formula, _residual);
                }
                summand.Start(slot);
                while (summand.Next())
                    Row(_summands, source, instance, summand, _summandCells);
            }
        }
    }

    /// <summary>Writes what is buffered to the streams, which stay open.</summary>
    public void Dispose()
    {
        _labels.Dispose();
        _summands.Dispose();
    }

    private static int Cell(LabelTable table, string column) =>
        table.Columns.ToList().FindIndex(c => c.Equals(column, StringComparison.OrdinalIgnoreCase));

    private static void Row(Utf8CsvWriter csv, ReadOnlySpan<byte> source, int instance, StoredRow row, int[] cells)
    {
        csv.Text(source);
        csv.Integer(instance);
        foreach (int cell in cells)
            ResultsCsv.Cell(csv, row, cell);
        csv.EndRow();
    }
}
