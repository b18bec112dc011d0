namespace Geometry.Training.Data;

/// <summary>The distribution of a sample as a list of independent units, and how a batch of N samples is drawn from it.</summary>
/// <remarks>
/// A sample is empty with probability 1 − q = Π(1 − p_u), and the N samples of a batch are exchangeable. So the number K ~ Binomial(N, q)
/// of samples that are not empty is drawn once, K samples are drawn conditioned on being not empty, and the N − K empty ones, whose
/// gradient is known, are only counted. A sample that is not empty is drawn unit by unit: as long as no unit is active, unit u is active
/// with probability π_u = p_u / (1 − Π_{v≥u}(1 − p_v)), afterwards with p_u. The joint distribution is exactly that of N independent
/// samples.
/// </remarks>
internal sealed class SampleLaw
{
    internal SampleLaw(SparseData data)
    {
        Data = data;
        int n = data.Density.Count;
        int[][] members = UnitMembers(data.Groups, n);
        var units = new SampleUnit[members.Length];
        double logEmpty = 0;
        for (int u = members.Length - 1; u >= 0; u--)
        {
            double p = data.Density[members[u][0]];
            logEmpty += Elementary.LogP1(-p);
            UnitKind kind =
                members[u].Length == 1 ? UnitKind.Single
                : data.Groups.Kind == GroupKind.Correlated ? UnitKind.Together
                : UnitKind.OneOf;
            // 1 − Π(1 − p) without cancellation; exactly 1 when some p is.
            units[u] = new SampleUnit(kind, members[u], p, Math.Min(1, p / -Elementary.ExpM1(logEmpty)), 0);
        }
        units[^1] = units[^1] with { First = 1 };
        int slot = 0;
        for (int u = 0; u < units.Length; u++)
        {
            units[u] = units[u] with { Slot = slot };
            slot += units[u].Kind == UnitKind.Together ? 1 + units[u].Features.Length : 1;
        }
        Units = units;
        Occupied = Math.Min(1, -Elementary.ExpM1(logEmpty));
        MeanActive = Units.Sum(u => u.Probability * (u.Kind == UnitKind.Together ? u.Features.Length : 1));
    }

    internal SparseData Data { get; }

    internal IReadOnlyList<SampleUnit> Units { get; }

    /// <summary>q, the probability that a sample is not empty, (0, 1].</summary>
    internal double Occupied { get; }

    /// <summary>The expected number of active features of a sample.</summary>
    internal double MeanActive { get; }

    /// <summary>
    /// The units, in the order of their smallest features. Groups of one feature, and features outside all groups, are units by themselves.
    /// </summary>
    private static int[][] UnitMembers(FeatureGroups groups, int n)
    {
        var grouped = groups.Groups.SelectMany(g => g).ToHashSet();
        IEnumerable<int[]> alone = Enumerable.Range(0, n).Where(i => !grouped.Contains(i)).Select(i => new[] { i });
        return [.. groups.Groups.Select(g => g.ToArray()).Concat(alone).OrderBy(g => g.Min())];
    }
}

/// <summary>How the features of one unit become active.</summary>
internal enum UnitKind
{
    /// <summary>A single feature.</summary>
    Single,

    /// <summary>All members are active together, with independent values.</summary>
    Together,

    /// <summary>Exactly one member is active.</summary>
    OneOf,
}

/// <summary>Features with one common decision: a group, or a single feature. Units are active independently of each other.</summary>
/// <param name="Kind">Which members are active in an active unit.</param>
/// <param name="Features">The members.</param>
/// <param name="Probability">p, the probability of being active, (0, 1].</param>
/// <param name="First">π, the probability of being active given that no earlier unit is and that some unit is, in [p, 1].</param>
/// <param name="Slot">Index of its first uniform number; a unit of kind together has one further number per member.</param>
internal sealed record SampleUnit(UnitKind Kind, int[] Features, double Probability, double First, int Slot);
