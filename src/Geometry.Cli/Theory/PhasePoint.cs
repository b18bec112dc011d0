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

    /// <summary>What a diagram shows of the point.</summary>
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
