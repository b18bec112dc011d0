using Geometry.Conjecture;
using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Storage.Conjecture;

/// <summary>Writes direct_sums.csv: per cell one row of the trained runs and one of their null models.</summary>
/// <remarks>
/// Columns: n, m, the axes, <c>model</c> (trained | random), <c>runs</c>, <c>decomposed</c> (share with at least two summands),
/// <c>named</c> (share with all summands named), <c>decomposed_named</c>, each followed by the ends of its 95 % interval (Wilson) as
/// <c>_low</c> and <c>_high</c>, <c>median_defect</c>.
/// </remarks>
public static class DirectSumCsv
{
    private static readonly string[] s_shares = ["decomposed", "named", "decomposed_named"];

    /// <summary>Writes the cells whole or not at all.</summary>
    /// <exception cref="ResultsException">The folder cannot be made or written.</exception>
    /// <returns>The file's path.</returns>
    public static string Write(string folder, DirectSumResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string path = Path.Combine(folder, "direct_sums.csv");
        try
        {
            Directory.CreateDirectory(folder);
            OwnFile.RefuseOther(path, "n,m,");
            AtomicFile.Write(path, stream =>
            {
                using var csv = new Utf8CsvWriter(stream);
                foreach (
                    string column in (string[])
                        [
                            "n",
                            "m",
                            .. result.Axes,
                            "model",
                            "runs",
                            .. s_shares.SelectMany(c => (string[])[c, c + "_low", c + "_high"]),
                            "median_defect",
                        ]
                )
                    csv.Text(column);
                csv.EndRow();
                foreach (DirectSumCell cell in result.Cells)
                {
                    Row(csv, cell, "trained", cell.Trained);
                    Row(csv, cell, "random", cell.Random);
                }
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
        return path;
    }

    private static void Row(Utf8CsvWriter csv, DirectSumCell cell, string model, DirectSumTally tally)
    {
        csv.Integer(cell.Features);
        csv.Integer(cell.Hidden);
        foreach (double value in cell.Values)
            csv.Number(value);
        csv.Text(model);
        csv.Integer(tally.Runs);
        foreach (int count in (ReadOnlySpan<int>)[tally.Decomposed, tally.Named, tally.DecomposedAndNamed])
        {
            WilsonInterval interval = WilsonInterval.Of(count, tally.Runs);
            csv.Number((double)count / tally.Runs);
            csv.Number(interval.Low);
            csv.Number(interval.High);
        }
        csv.Number(tally.MedianDefect);
        csv.EndRow();
    }
}
