using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>Oblique direct sums: how often the formula comes back, by angle and noise.</summary>
internal static class ObliqueExperiment
{
    public static readonly string[] Formulas =
    [
        "2 pentagon",
        "pentagon + antipode + dedicated",
        "tetrahedron + triangle",
        "2 triangle",
        "triangle + dedicated",
        "square-antiprism + pentagon",
        "pentagon + 2 dedicated",
        "hexagon + antipode",
        "simplex-4 + pentagon + triangle",
        "3 pentagon",
        "2 tetrahedron + antipode",
        "icosahedron + heptagon",
        "antipode + dedicated",
        "2 antipode",
        "2 dedicated",
    ];

    public static (int Recovered, string Miss) Run(string text, double degrees, double sigma, int room, int trials, int seed)
    {
        Formula formula = FormulaParser.Parse(text);
        IReadOnlyList<SyntheticPart> parts = SyntheticParts.Of(formula);
        var options = new SyntheticOptions
        {
            Sigma = sigma,
            Hidden = formula.Dim + room,
            ObliqueDegrees = degrees,
            NormSpread = 0.15,
            Seed = seed,
        };
        string?[] misses = new string?[trials];
        Parallel.For(0, trials, t =>
        {
            string found = LabelPipeline.Label(SyntheticSum.Make(parts, options, t).Configuration, Labelling.Options).Formula;
            if (found != formula.ToString())
                misses[t] = found;
        });
        return (
            misses.Count(m => m is null),
            misses.Where(m => m is not null).GroupBy(m => m).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key ?? ""
        );
    }
}
