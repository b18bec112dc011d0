using System.Globalization;
using CsvHelper;
using Geometry.Storage.Results;

namespace Geometry.Reports.Recovery;

/// <summary>One row of conjecture.csv.</summary>
/// <param name="Formula">The formula that was perturbed.</param>
/// <param name="NoiseIn">summand or ambient.</param>
/// <param name="Sigma">Standard deviation of the noise per coordinate.</param>
/// <param name="Method">How it was recovered.</param>
/// <param name="Trials">Number of trials.</param>
/// <param name="Recovered">Exact partitions among them.</param>
/// <param name="FormulaRate">Share of exact formulas; NaN when unknown.</param>
public sealed record RecoveryRow(string Formula, string NoiseIn, double Sigma, string Method, double Trials, double Recovered, double FormulaRate);

/// <summary>Reads conjecture.csv.</summary>
public static class RecoveryTable
{
    private static readonly string[] s_columns = ["formula", "noise_in", "sigma", "method", "trials", "recovered", "formula_rate"];

    /// <summary>The rows of the folder's conjecture.csv; none when there is no such file.</summary>
    /// <exception cref="ResultsException">The file is not such a table.</exception>
    public static IReadOnlyList<RecoveryRow> Read(string folder)
    {
        string path = Path.Combine(folder, "conjecture.csv");
        if (!File.Exists(path)) return [];
        try
        {
            using CsvReader csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',', HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
            var rows = new List<RecoveryRow>();
            if (!csv.Read()) return rows;
            string[] header = Cells(csv);
            int[] at = Array.ConvertAll(s_columns, c => Array.IndexOf(header, c));
            int missing = Array.IndexOf(at, -1);
            if (missing >= 0) throw new ResultsException($"{path}: no column '{s_columns[missing]}'; expected {string.Join(',', s_columns)}");
            while (csv.Read())
            {
                string[] cells = Cells(csv);
                if (cells.Length != header.Length) throw new ResultsException(FormattableString.Invariant($"{path}, line {csv.LineNumber}: {cells.Length} cells; expected {header.Length}"));
                double Number(int column) => RecoveryTable.Number(path, csv.LineNumber, s_columns[column], cells[at[column]]);
                rows.Add(new RecoveryRow(cells[at[0]], cells[at[1]], Number(2), cells[at[3]], Number(4), Number(5), Number(6)));
            }
            return rows;
        }
        catch (Exception e) when (e is CsvFormatException or IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static string[] Cells(CsvReader csv)
    {
        var cells = new string[csv.FieldCount];
        for (int k = 0; k < cells.Length; k++) cells[k] = csv.GetString(k);
        return cells;
    }

    private static double Number(string path, long line, string column, string text)
    {
        if (text.Length == 0) return double.NaN;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ResultsException(FormattableString.Invariant($"{path}, line {line}: {column} is '{text}'; expected a number"));
    }
}
