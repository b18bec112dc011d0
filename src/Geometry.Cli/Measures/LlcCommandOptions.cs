using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Measures;
using Geometry.Measures.Llc;
using Geometry.Training.Measures;

namespace Geometry.Cli.Measures;

/// <summary>Options of the measures that sample learning coefficients, with devinterp's names.</summary>
internal sealed class LlcCommandOptions
{
    private readonly Option<double?> _nbeta = Number(
        "--nbeta",
        "nβ of llc; else n/ln n of the samples, or 1e7 on the exact loss of the sparse limit.",
        "number",
        above: true
    );
    private readonly Option<double?> _epsilon = Number(
        "--epsilon",
        "Step size ε of llc; else chosen from the curvature, with a bias of 1.5 %.",
        "number",
        above: true
    );
    private readonly Option<double?> _localisation = Number(
        "--localisation",
        "Pull γ of llc towards the run; else chosen from the curvature.",
        "number",
        above: false
    );
    private readonly Option<int?> _chains = Count("--chains", "Chains per run of llc, 2 or more; 8 by default.", 2);
    private readonly Option<int?> _burnIn = Count(
        "--burn-in",
        "Steps of a chain before its first draw; 2000 by default (dynamics: 500).",
        0
    );
    private readonly Option<int?> _draws = Count(
        "--draws",
        "Draws per chain, one per step; 8000 by default (dynamics: 1000; 0 leaves llc out there).",
        0
    );
    private readonly Option<int?> _samples = Count(
        "--samples",
        "Samples n of a run's data that llc works on; 5000 by default (dynamics: 2000).",
        3
    );
    private readonly Option<int?> _batch = Count("--batch", "Samples that a step of llc sees; all by default.", 1);
    private readonly Option<bool> _sparseLimit = new("--sparse-limit")
    {
        Description = "llc on the exact loss of the sparse limit even where the data are known.",
    };
    private readonly Option<int?> _seed = Count("--seed", "Seed of llc's data and noise; 0 by default.", 0);

    /// <summary>All options.</summary>
    public IEnumerable<Option> All => [_nbeta, _epsilon, _localisation, _chains, _burnIn, _draws, _samples, _batch, _sparseLimit, _seed];

    /// <summary>The measures, configured by these options.</summary>
    public IReadOnlyList<IMeasure> Configure(IReadOnlyList<IMeasure> measures, ParseResult parsed) =>
        [
            .. measures.Select(measure =>
                measure switch
                {
                    LlcMeasure => new LlcMeasure(With(new LlcOptions(), parsed)),
                    DynamicsMeasure => new DynamicsMeasure(With(DynamicsMeasure.Standard, parsed)),
                    _ => measure,
                }
            ),
        ];

    private LlcOptions With(LlcOptions standard, ParseResult parsed) =>
        standard with
        {
            Nbeta = parsed.GetValue(_nbeta),
            Epsilon = parsed.GetValue(_epsilon),
            Localisation = parsed.GetValue(_localisation),
            Chains = parsed.GetValue(_chains) ?? standard.Chains,
            BurnIn = parsed.GetValue(_burnIn) ?? standard.BurnIn,
            Draws = parsed.GetValue(_draws) ?? standard.Draws,
            Samples = parsed.GetValue(_samples) ?? standard.Samples,
            Batch = parsed.GetValue(_batch),
            SparseLimit = parsed.GetValue(_sparseLimit),
            Seed = parsed.GetValue(_seed) ?? standard.Seed,
        };

    private static Option<double?> Number(string name, string description, string help, bool above) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result =>
            {
                if (
                    double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    && double.IsFinite(value)
                    && (above ? value > 0 : value >= 0)
                )
                    return value;
                result.AddError($"{name}: expected a number {(above ? "above 0" : "0 or more")}, found '{result.Tokens[0].Value}'");
                return null;
            },
        };

    private static Option<int?> Count(string name, string description, int least) =>
        new(name)
        {
            Description = description,
            HelpName = "count",
            CustomParser = result =>
            {
                if (
                    int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                    && value >= least
                    && value <= Most
                )
                    return value;
                result.AddError(
                    FormattableString.Invariant($"{name}: expected a whole number, {least} to {Most}, found '{result.Tokens[0].Value}'")
                );
                return null;
            },
        };

    /// <summary>Largest number of draws and samples, ten million: both are kept in memory.</summary>
    private const int Most = 10_000_000;
}
