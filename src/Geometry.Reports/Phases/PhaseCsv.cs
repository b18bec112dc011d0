using Geometry.Reports.Theory;
using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>Writes phase.csv: one row per cell.</summary>
/// <remarks>
/// Columns: the axes; <c>runs</c> in the cell and how many are <c>kept</c> (<c>--best</c>), to which the other columns apply;
/// <c>dominant_label</c>, <c>dominant_share</c>, <c>dominant_formula</c>; <c>entropy_bits</c> of the label shares; <c>best_label</c>,
/// <c>best_formula</c>, <c>best_loss</c> of the run of lowest loss; <c>mean_dims_per_feature</c>, <c>std_dims_per_feature</c> of D*;
/// <c>mean_loss</c>; <c>mean_learned</c>; then the share of each label as <c>label:NAME</c> and of each formula family as
/// <c>family:NAME</c>, most frequent first. Where theory covers the sweep (<see cref="PhaseTheory"/>) there follow <c>theory_formula</c>,
/// <c>theory_loss</c> (per feature, like <c>best_loss</c>), <c>theory_share</c>, the share of the runs that agree, <c>theory_features</c>,
/// the features of each summand, and <c>theory_source</c> (<see cref="Expectation"/>).
/// </remarks>
public static class PhaseCsv
{
    private static readonly string[] s_columns =
    [
        "runs",
        "kept",
        "dominant_label",
        "dominant_share",
        "dominant_formula",
        "entropy_bits",
        "best_label",
        "best_formula",
        "best_loss",
        "mean_dims_per_feature",
        "std_dims_per_feature",
        "mean_loss",
        "mean_learned",
    ];

    private static readonly string[] s_theory = ["theory_formula", "theory_loss", "theory_share", "theory_features", "theory_source"];

    /// <summary>Writes the table.</summary>
    public static void Write(PhaseTable table, Stream stream, PhaseTheory? theory = null)
    {
        using var csv = new Utf8CsvWriter(stream);
        foreach (PhaseAxis axis in table.Axes)
            csv.Text(axis.Name);
        foreach (string column in s_columns)
            csv.Text(column);
        foreach (Count label in table.Labels)
            csv.Text("label:" + label.Name);
        foreach (Count family in table.Families)
            csv.Text("family:" + family.Name);
        foreach (string column in theory is null ? [] : s_theory)
            csv.Text(column);
        csv.EndRow();
        foreach (PhaseCell cell in table.Cells)
        {
            Row(csv, table, cell);
            if (theory is not null)
                Expectation(csv, theory, cell);
            csv.EndRow();
        }
    }

    private static void Row(Utf8CsvWriter csv, PhaseTable table, PhaseCell cell)
    {
        for (int a = 0; a < table.Axes.Count; a++)
        {
            ParameterValue value = table.Axes[a].Values[cell.Place[a]];
            if (value.Text is { } text)
                csv.Text(text);
            else
                csv.Number(value.Number);
        }
        StoredRun best = table.Runs.Runs[cell.BestRun];
        csv.Integer(cell.AllRuns);
        csv.Integer(cell.Members.Count);
        csv.Text(cell.Labels[0].Name);
        csv.Number(cell.Share(cell.Labels[0]));
        csv.Text(cell.Formulas[0].Name);
        csv.Number(cell.EntropyBits);
        bool hasBest = !double.IsNaN(best.Loss);
        if (hasBest)
            csv.Text(best.Label);
        else
            csv.Empty();
        if (hasBest)
            csv.Text(best.Formula);
        else
            csv.Empty();
        csv.Number(best.Loss);
        csv.Number(cell.MeanDims);
        csv.Number(cell.StdDims);
        csv.Number(cell.MeanLoss);
        csv.Number(cell.MeanLearned);
        Shares(csv, cell, table.Labels, cell.Labels);
        Shares(csv, cell, table.Families, cell.Families);
    }

    private static void Expectation(Utf8CsvWriter csv, PhaseTheory theory, PhaseCell cell)
    {
        Expectation? expected = theory.Find(cell);
        csv.Text(expected?.Formula ?? "");
        csv.Number(expected?.Loss ?? double.NaN);
        csv.Number(theory.Share(cell));
        csv.Text(expected?.Features ?? "");
        csv.Text(expected?.Source ?? "");
    }

    private static void Shares(Utf8CsvWriter csv, PhaseCell cell, IReadOnlyList<Count> columns, IReadOnlyList<Count> counts)
    {
        foreach (Count column in columns)
        {
            int runs = 0;
            foreach (Count count in counts)
            {
                if (count.Name == column.Name)
                    runs = count.Runs;
            }
            csv.Number((double)runs / cell.Members.Count);
        }
    }
}
