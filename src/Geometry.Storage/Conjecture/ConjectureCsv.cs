using Geometry.Conjecture;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Synthesis;

namespace Geometry.Storage.Conjecture;

/// <summary>Writes conjecture.csv.</summary>
public static class ConjectureCsv
{
    private static readonly string[] s_columns =
    [
        "formula",
        "noise_in",
        "sigma",
        "method",
        "trials",
        "recovered",
        "rate",
        "rate_low",
        "rate_high",
        "formula_rate",
    ];

    /// <summary>Writes the rows whole or not at all.</summary>
    /// <exception cref="ResultsException">The folder cannot be made or written.</exception>
    /// <returns>The file's path.</returns>
    public static string Write(string folder, IReadOnlyList<ConjectureRow> rows)
    {
        string path = Path.Combine(folder, "conjecture.csv");
        try
        {
            Directory.CreateDirectory(folder);
            OwnFile.RefuseOther(path, "formula,noise_in,");
            AtomicFile.Write(path, stream => Write(stream, rows));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
        return path;
    }

    private static void Write(Stream stream, IReadOnlyList<ConjectureRow> rows)
    {
        using var csv = new Utf8CsvWriter(stream);
        foreach (string column in s_columns)
            csv.Text(column);
        csv.EndRow();
        foreach (ConjectureRow row in rows)
        {
            csv.Text(row.Formula);
            csv.Text(row.NoiseIn == NoiseIn.Summand ? "summand" : "ambient");
            csv.Number(row.Sigma);
            csv.Text(row.Method);
            csv.Integer(row.Trials);
            csv.Integer(row.Recovered);
            csv.Number(row.Rate);
            csv.Number(row.Interval.Low);
            csv.Number(row.Interval.High);
            csv.Number(row.FormulaRate);
            csv.EndRow();
        }
    }
}
