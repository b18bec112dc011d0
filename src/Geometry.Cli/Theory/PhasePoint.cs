using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Reports.Theory;
using Geometry.Storage.Results;
using Geometry.Theory;

namespace Geometry.Cli.Theory;

/// <summary>One row of the table of phases.</summary>
internal sealed record PhasePoint(
    double Density,
    double Importance,
    IReadOnlyList<double> Losses,
    IdealSolution Best,
    PhaseOptimum? Optimum
)
{
    public static PhasePoint Of(int features, double density, double importance, int? seed)
    {
        double[] losses = IdealSolutions.Losses(features, density, importance);
        return new PhasePoint(
            density,
            importance,
            losses,
            IdealSolutions.Best(losses),
            seed is { } s ? PhaseOptimum.Of(features, density, importance, s) : null
        );
    }

    public static IReadOnlyList<string> Columns(bool optimised) =>
        [
            "density",
            "importance",
            "ignore_other",
            "ignore_last",
            "pair_others",
            "pair_last",
            "best",
            .. optimised ? (string[])["optimum", "optimum_formula", "optimum_learned"] : [],
        ];

    public static string NameOf(IdealSolution solution) =>
        solution switch
        {
            IdealSolution.IgnoreOther => "ignore_other",
            IdealSolution.IgnoreLast => "ignore_last",
            IdealSolution.PairOthers => "pair_others",
            _ => "pair_last",
        };

    public string Learned => string.Join(' ', Optimum?.Learned ?? []);

    /// <summary>The cell of the diagram for this point.</summary>
    public PhaseDiagramCell Cell
    {
        get
        {
            string name = Optimum is { } optimum ? $"{optimum.Formula} ({Learned})" : NameOf(Best);
            return new PhaseDiagramCell(
                Density,
                Importance,
                name,
                FormattableString.Invariant($"{name}, density {Density}, importance {Importance}")
            );
        }
    }

    public void Write(Utf8CsvWriter csv)
    {
        csv.Number(Density);
        csv.Number(Importance);
        foreach (double loss in Losses)
            csv.Number(loss);
        csv.Text(NameOf(Best));
        if (Optimum is { } optimum)
        {
            csv.Number(optimum.Loss);
            csv.Text(optimum.Formula);
            csv.Text(Learned);
        }
        csv.EndRow();
    }
}

/// <summary>Prints phases: the rows if they are few, how often each solution wins, and the curves between them.</summary>
internal static class PhasePointTable
{
    private const int MostRows = 24;

    public static void Write(TextWriter writer, IReadOnlyList<PhasePoint> points, int features)
    {
        bool optimised = points[0].Optimum is not null;
        if (points.Count <= MostRows)
            Rows(writer, points, optimised);
        var counts = new TextTable("best ideal solution", ">points");
        foreach (var group in points.GroupBy(p => p.Best).OrderByDescending(g => g.Count()))
            counts.Add(PhasePoint.NameOf(group.Key), Count(group.Count()));
        counts.Write(writer);
        writer.WriteLine();
        if (optimised)
        {
            var optima = new TextTable("optimum", "learned", ">points", ">largest gain on the ideal");
            foreach (
                var group in points
                    .GroupBy(p => (p.Optimum!.Formula, p.Learned))
                    .OrderByDescending(g => g.Count())
                    .ThenBy(g => g.Key.Formula, StringComparer.Ordinal)
            )
                optima.Add(
                    group.Key.Formula,
                    group.Key.Learned,
                    Count(group.Count()),
                    Percent(group.Max(p => 1 - (p.Optimum!.Loss / p.Losses[(int)p.Best])))
                );
            optima.Write(writer);
            writer.WriteLine();
        }
        writer.WriteLine("ignore_last ↔ pair_last at r = 2p/(4 − 5p)");
        writer.WriteLine(
            features == 2
                ? "ignore_other ↔ pair_last at r = (4 − 5p)/(2p)"
                : "ignore_other ↔ pair_others at p = 4/7, r > 1; pair_others ↔ pair_last at r = 1, p < 4/7"
        );
        writer.WriteLine("all meet in r = 1, p = 4/7");
        writer.WriteLine();
    }

    private static void Rows(TextWriter writer, IReadOnlyList<PhasePoint> points, bool optimised)
    {
        var table = new TextTable([
            ">p",
            ">r",
            ">ignore_other",
            ">ignore_last",
            ">pair_others",
            ">pair_last",
            "best",
            .. optimised ? (string[])[">optimum", "formula", "learned"] : [],
        ]);
        foreach (PhasePoint point in points)
            table.Add([
                Number(point.Density),
                Number(point.Importance),
                .. point.Losses.Select(Number),
                PhasePoint.NameOf(point.Best),
                .. point.Optimum is { } o ? (string[])[Number(o.Loss), o.Formula, point.Learned] : [],
            ]);
        table.Write(writer);
        writer.WriteLine();
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
