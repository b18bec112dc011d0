using Geometry.Labels;

namespace Geometry.Measures.Groups;

/// <summary>
/// Tests whether features that are active together, or never together, share a summand more often than in permutations of the features.
/// </summary>
/// <remarks>
/// There is one row per run, of counts that may be added over runs; the summary <c>groups-cells</c> has the odds by cell and by number of
/// summands. Runs with one summand carry no information, because all features share it; they have a row too, with <c>expected</c> =
/// <c>group_pairs</c>. See <see cref="CoLocation"/>.
/// </remarks>
public sealed class GroupsMeasure : IMeasure
{
    /// <inheritdoc/>
    public string Name => "groups";

    /// <inheritdoc/>
    public string Description => "whether features of a correlated or anticorrelated group share a summand";

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; } = ["kind", "summands", "learned", "group_pairs", "shared", "expected", "variance"];

    /// <inheritdoc/>
    public MeasureResult Of(MeasuredRun run, CancellationToken cancellation = default)
    {
        if (run.Groups is not { } groups)
            throw new UnsupportedRunException(
                "no groups: expected a run of a sweep with data.groups, its sweep.yaml beside the folder weights/"
            );
        int[] learned = [.. run.Learned];
        int[] summandOf = new int[run.Weights.Features],
            groupOf = new int[run.Weights.Features];
        Array.Fill(groupOf, -1);
        for (int s = 0; s < run.Summands.Count; s++)
        {
            foreach (int i in run.Summands[s].Features)
                summandOf[i] = s;
        }
        for (int g = 0; g < groups.Members.Count; g++)
        {
            foreach (int i in groups.Members[g])
                groupOf[i] = g;
        }
        var of = CoLocation.Of([.. learned.Select(i => groupOf[i])], [.. learned.Select(i => summandOf[i])]);
        return MeasureResult.Row(
            groups.Together ? "correlated" : "anticorrelated",
            run.Summands.Count,
            learned.Length,
            of.GroupPairs,
            of.Shared,
            of.Expected,
            of.Variance
        );
    }
}
