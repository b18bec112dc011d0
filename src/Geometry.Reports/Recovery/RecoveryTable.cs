using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
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
            using var reader = new StreamReader(path);
            using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture));
            var rows = new List<RecoveryRow>();
            if (!csv.Read() || !csv.ReadHeader()) return rows;
            foreach (string column in s_columns)
            {
                if (csv.HeaderRecord?.Contains(column) != true) throw new ResultsException($"{path}: no column '{column}'; expected {string.Join(',', s_columns)}");
            }
            while (csv.Read())
            {
                rows.Add(new RecoveryRow(
                    csv.GetField("formula") ?? "", csv.GetField("noise_in") ?? "", Number(csv, path, "sigma"), csv.GetField("method") ?? "",
                    Number(csv, path, "trials"), Number(csv, path, "recovered"), Number(csv, path, "formula_rate")));
            }
            return rows;
        }
        catch (Exception e) when (e is CsvHelperException or IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be read: {e.Message.Split('\n')[0].Trim()}", e);
        }
    }

    private static double Number(CsvReader csv, string path, string column)
    {
        string text = csv.GetField(column) ?? "";
        if (text.Length == 0) return double.NaN;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ResultsException(FormattableString.Invariant($"{path}, line {csv.Parser.Row}: {column} is '{text}'; expected a number"));
    }
}
