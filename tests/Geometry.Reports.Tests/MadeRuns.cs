using Geometry.Reports.Phases;
using Geometry.Storage.Results;

namespace Geometry.Reports.Tests;

/// <summary>Runs made by hand.</summary>
internal static class MadeRuns
{
    /// <summary>One run a row; a formula says the label.</summary>
    public static LabelledRuns Of(params (double Sparsity, double Importance, int Seed, double Loss, string Formula)[] rows) =>
        new(
            [
                .. rows.Select(
                    (r, i) =>
                        new StoredRun
                        {
                            Input = 0,
                            Instance = i,
                            Features = 5,
                            Hidden = 2,
                            Sparsity = new ParameterValue(r.Sparsity),
                            Importance = new ParameterValue(r.Importance),
                            Seed = new ParameterValue(r.Seed),
                            Loss = r.Loss,
                            Label = Label(r.Formula),
                            Formula = r.Formula,
                            DimsPerFeature = 1.0 / (i + 1),
                            Learned = 4,
                        }
                ),
            ],
            [],
            ["made"]
        );

    /// <summary>Runs along sparsity alone, one letter a run and one word a cell: O orthogonal, A antipodal, P pentagon.</summary>
    public static LabelledRuns Line(string cells) =>
        Of([
            .. cells
                .Split(' ')
                .SelectMany(
                    (cell, i) =>
                        cell.Select(
                            (letter, seed) =>
                                (
                                    i / 10.0,
                                    double.NaN,
                                    seed,
                                    1.0 + seed,
                                    letter switch
                                    {
                                        'O' => "2 dedicated",
                                        'A' => "2 antipode",
                                        _ => "pentagon",
                                    }
                                )
                        )
                ),
        ]);

    private static string Label(string formula) =>
        formula switch
        {
            "" => "none",
            "2 dedicated" => "orthogonal",
            "2 antipode" => "antipodal",
            _ => formula.Contains(" + ", StringComparison.Ordinal) ? "tegum-product" : formula,
        };
}
