using Geometry.Measures;
using Geometry.Numerics;
using MathNet.Numerics.Distributions;

namespace Geometry.Reports.Measures.Summaries;

/// <summary>
/// The odds that two features of a group share a summand, compared with permuted features, by kind of group and number of summands.
/// </summary>
/// <remarks>
/// <para>
/// Counts are added over runs with the same number of summands (2, 3, 4 and more, and all with at least 2): of G pairs within groups, C
/// share a summand, with mean E and variance V under permutations of each run's features. odds = C/(G−C), null_odds = E/(G−E); odds_ratio
/// is their quotient, with half a pair added to each count where one is zero; its 95 % interval follows from √V by the delta method; z =
/// (C−E)/√V, with its two-sided normal p-value.
/// </para>
/// <para>Runs with one summand, or without a group of two learned members, have no information and are left out.</para>
/// </remarks>
public sealed class GroupOdds : IMeasureSummary
{
    private const double Normal95 = 1.959963984540054;
    private static readonly (string Name, Func<double, bool> Holds)[] s_classes =
    [
        ("2", n => n == 2),
        ("3", n => n == 3),
        ("4+", n => n >= 4),
        ("all", _ => true),
    ];

    /// <inheritdoc/>
    public string Measure => "groups";

    /// <inheritdoc/>
    public string Name => "groups-cells";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } =
    [
        "kind",
        "summands",
        "runs",
        "group_pairs",
        "shared",
        "expected",
        "odds",
        "null_odds",
        "odds_ratio",
        "odds_ratio_low",
        "odds_ratio_high",
        "z",
        "p_value",
    ];

    /// <inheritdoc/>
    public IEnumerable<MeasureCell[]> Of(IReadOnlyList<SummarisedRun> runs, Func<string, int> column)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(column);
        int kind = column("kind"),
            summands = column("summands"),
            pairs = column("group_pairs");
        foreach (
            IGrouping<string?, SummarisedRun> of in runs.Where(r => r.Cells[summands].Number >= 2 && r.Cells[pairs].Number > 0)
                .GroupBy(r => r.Cells[kind].Text)
                .OrderByDescending(g => g.Key, StringComparer.Ordinal)
        )
        {
            foreach ((string name, Func<double, bool> holds) in s_classes)
            {
                SummarisedRun[] members = [.. of.Where(r => holds(r.Cells[summands].Number))];
                if (members.Length > 0)
                    yield return Row(of.Key!, name, members, column);
            }
        }
    }

    private static MeasureCell[] Row(string kind, string summands, SummarisedRun[] runs, Func<string, int> column)
    {
        double Sum(string name) => runs.Sum(r => r.Cells[column(name)].Number);
        double pairs = Sum("group_pairs"),
            shared = Sum("shared"),
            expected = Sum("expected"),
            variance = Sum("variance");
        double half = shared == 0 || shared == pairs || expected == 0 || expected >= pairs ? 0.5 : 0;
        double odds = (shared + half) / (pairs - shared + half),
            chance = (expected + half) / (pairs - expected + half),
            ratio = odds / chance;
        double share = expected / pairs,
            spread = Normal95 * Math.Sqrt(variance) / (pairs * share * (1 - share)),
            z = (shared - expected) / Math.Sqrt(variance);
        return
        [
            kind,
            summands,
            runs.Length,
            pairs,
            shared,
            expected,
            shared / (pairs - shared),
            expected / (pairs - expected),
            ratio,
            ratio * Elementary.Exp(-spread),
            ratio * Elementary.Exp(spread),
            z,
            2 * Normal.CDF(0, 1, -Math.Abs(z)),
        ];
    }
}
