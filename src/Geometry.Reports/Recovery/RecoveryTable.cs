using Geometry.Reports.Tables;
using Geometry.Storage.Results;

namespace Geometry.Reports.Recovery;

/// <summary>One row of conjecture.csv.</summary>
/// <param name="Formula">The formula that was perturbed.</param>
/// <param name="NoiseIn">summand or ambient.</param>
/// <param name="Sigma">Standard deviation of the noise per coordinate.</param>
/// <param name="Method">The method of recovery.</param>
/// <param name="Trials">Number of trials.</param>
/// <param name="Recovered">Number of exact partitions among them.</param>
/// <param name="FormulaRate">Share of exact formulas; NaN when unknown.</param>
public sealed record RecoveryRow(
    string Formula,
    string NoiseIn,
    double Sigma,
    string Method,
    double Trials,
    double Recovered,
    double FormulaRate
);

/// <summary>Reads conjecture.csv.</summary>
public static class RecoveryTable
{
    /// <summary>The rows of the folder's conjecture.csv; empty when there is no such file.</summary>
    /// <exception cref="ResultsException">The file is not such a table.</exception>
    public static IReadOnlyList<RecoveryRow> Read(string folder)
    {
        string path = Path.Combine(folder, "conjecture.csv");
        if (!File.Exists(path))
            return [];
        var table = CsvTable.Read(path, "formula", "noise_in", "sigma", "method", "trials", "recovered", "formula_rate");
        return
        [
            .. table.Rows.Select(r => new RecoveryRow(
                r.Cells[0],
                r.Cells[1],
                table.Number(r, 2),
                r.Cells[3],
                table.Number(r, 4),
                table.Number(r, 5),
                table.Number(r, 6)
            )),
        ];
    }
}
