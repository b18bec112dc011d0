using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Reports.Phases;
using Geometry.Reports.Theory;
using Geometry.Reports.Training;

namespace Geometry.Cli.Phases;

/// <summary>
/// Compares a sweep with theory in the terminal: how many cells agree and which do not, the subsets of linear models, the levels of
/// checkpoints.
/// </summary>
internal static class TheoryComparison
{
    private const int MostRows = 12;

    public static void Write(TextWriter writer, PhaseResult result, string folder)
    {
        if (result.Theory is { Cells: > 0 } theory)
            Cells(writer, result.Table, theory);
        if (result.LinearRuns.Count > 0)
            Subsets(writer, result, folder);
        if (result.Plateaus is { } plateaus)
            Levels(writer, plateaus, folder);
    }

    private static void Cells(TextWriter writer, PhaseTable table, PhaseTheory theory)
    {
        writer.WriteLine(
            FormattableString.Invariant($"theory: the run of lowest loss is what is expected in {theory.Agreeing} of {theory.Cells} cells")
        );
        if (theory.Contradictions.Count == 0)
            return;
        var text = new TextTable([.. table.Axes.Select(a => a.Name), "expected", "found", ">loss above the expected one"]);
        foreach (PhaseContradiction c in theory.Contradictions.OrderByDescending(c => c.Excess).Take(MostRows))
            text.Add([
                .. table.Axes.Select((a, i) => a.Text(c.Cell.Place[i])),
                c.Expected.Name,
                c.Found,
                double.IsNaN(c.Excess) ? "" : c.Excess.ToString("0.0 %", CultureInfo.InvariantCulture),
            ]);
        text.Write(writer);
        if (theory.Contradictions.Count > MostRows)
            writer.WriteLine(FormattableString.Invariant($"and {theory.Contradictions.Count - MostRows} more, which the report lists"));
        writer.WriteLine();
    }

    private static void Subsets(TextWriter writer, PhaseResult result, string folder)
    {
        var text = new TextTable("critical point", ">runs", ">largest residual", ">loss", ">loss of the point");
        foreach (
            var group in result
                .LinearRuns.GroupBy(l => l.Match.IsNear ? l.Match.Name : "none within " + LinearNear, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
        )
        {
            double Mean(Func<LinearRun, double> of) => group.Average(l => of(l) / result.Table.Runs.Runs[l.Run].Features);
            text.Add(
                group.Key,
                Integer(group.Count()),
                Number(group.Max(l => l.Match.Residual)),
                Number(Mean(l => l.Match.Loss)),
                Number(Mean(l => l.Match.PointLoss))
            );
        }
        text.Write(writer);
        writer.WriteLine($"the subset of each run is in {Path.Combine(folder, LinearRun.FileName)}");
        writer.WriteLine();
    }

    private static void Levels(TextWriter writer, PlateauTable plateaus, string folder)
    {
        var text = new TextTable("k-gon", ">loss", ">checkpoints", ">share");
        int all = plateaus.Rows.Count,
            at = 0;
        foreach ((Geometry.Theory.PolygonPoint point, int count) in plateaus.Counts)
        {
            at += count;
            text.Add(
                point.Name,
                point.Loss.ToString("0.00000", CultureInfo.InvariantCulture),
                Integer(count),
                ((double)count / all).ToString("0.0 %", CultureInfo.InvariantCulture)
            );
        }
        text.Write(writer);
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{at} of {all} checkpoints ({(double)at / all:0.0 %}) are within {Geometry.Theory.PolygonLevels.Tolerance} of a "
                    + $"level; {Path.Combine(folder, PlateauTable.FileName)} has them"
            )
        );
        writer.WriteLine();
    }

    private static string LinearNear => Geometry.Theory.LinearMatch.Near.ToString(CultureInfo.InvariantCulture);

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
}
