using System.Globalization;
using Geometry.Configurations;

namespace Geometry.Measures.Codes;

/// <summary>
/// Compares the learned directions with the optimal arrangements of their number and dimension, all together and for each summand.
/// </summary>
/// <remarks>
/// The first row of a run is for all learned features, with <c>summand</c> empty; one row per summand follows. <c>best_code_deg</c> is
/// empty where the size is not tabulated, and <c>thomson_energy</c> where the search would take too long (count × dim above 160). The other
/// columns are filled in the first row only. For <c>tie_…</c>, <c>role_split_deg</c> and <c>norm_ratio</c> see <see cref="UntiedValues"/>;
/// they are empty for tied models. <c>near_…</c> are the shares of the weights of the learned features, in encoder and decoder, within 0.1
/// of −1, 0 and 1, which are high where a model uses the axes of its hidden space.
/// </remarks>
public sealed class CodesMeasure : IMeasure
{
    private const double Near = 0.1;

    /// <inheritdoc/>
    public string Name => "codes";

    /// <inheritdoc/>
    public string Description => "distance from best codes, Thomson optima and tight frames";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "summand",
        "dim",
        "count",
        "angle_deg",
        "best_code_deg",
        "energy",
        "thomson_energy",
        "frame_potential",
        "frame_excess",
        "tie_cosine",
        "tie_defect",
        "role_split_deg",
        "norm_ratio",
        "near_minus_one",
        "near_zero",
        "near_one",
    ];

    /// <inheritdoc/>
    public bool HasOneRow => false;

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, CancellationToken cancellation = default)
    {
        IReadOnlyList<int> learned = run.Learned;
        if (learned.Count == 0)
            return new MeasureResult([]);
        int m = run.Weights.Hidden;
        CodeValues whole = CodeValues.Of(run.UnitColumns(learned), m, run.Rank);
        var rows = new List<MeasureCell[]> { Row(MeasureCell.Empty, whole, [.. OfMatrices(run, learned)]) };
        for (int s = 0; s < run.Summands.Count; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            MeasuredSummand summand = run.Summands[s];
            rows.Add(
                Row(s, CodeValues.Of(run.UnitColumns(summand.Features), m, summand.Dim), [.. Enumerable.Repeat(MeasureCell.Empty, 7)])
            );
        }
        return new MeasureResult(
            rows,
            !whole.IsTooLarge
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"the Thomson optimum of {whole.Count} directions in {whole.Dim} dimensions is left out; expected count × dim "
                        + $"of at most {CodeValues.MostCoordinates}"
                )
        );
    }

    private static MeasureCell[] Row(MeasureCell summand, CodeValues code, MeasureCell[] further) =>
        [
            summand,
            code.Dim,
            code.Count,
            code.AngleDegrees,
            code.BestCodeDegrees,
            code.Energy,
            code.ThomsonEnergy,
            code.FramePotential,
            code.FrameExcess,
            .. further,
        ];

    private static IEnumerable<MeasureCell> OfMatrices(MeasuredRun run, IReadOnlyList<int> learned)
    {
        FeatureConfiguration[] matrices = run.Decoder is { } decoder ? [run.Weights, decoder] : [run.Weights];
        if (run.Decoder is null)
            for (int k = 0; k < 4; k++)
                yield return MeasureCell.Empty;
        else
        {
            UntiedValues untied = UntiedValues.Of(run.Weights, run.Decoder, learned);
            yield return untied.TieCosine;
            yield return untied.TieDefect;
            yield return untied.RoleSplitDegrees;
            yield return untied.NormRatio;
        }
        double[] weights = [.. matrices.SelectMany(w => learned.SelectMany(i => w.Column(i).ToArray()))];
        (double minus, double zero, double plus) = UntiedValues.Ternary(weights, Near);
        yield return minus;
        yield return zero;
        yield return plus;
    }
}
