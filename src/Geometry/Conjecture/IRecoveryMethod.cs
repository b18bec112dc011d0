using Geometry.Configurations;
using Geometry.Formulas;

namespace Geometry.Conjecture;

/// <summary>A way to tell the summands of a feature configuration; the ones that ship are in <see cref="RecoveryMethods"/>.</summary>
public interface IRecoveryMethod
{
    /// <summary>The name in specs and in conjecture.csv.</summary>
    string Name { get; }

    /// <summary>Splits a configuration into summands. Deterministic and thread-safe.</summary>
    /// <param name="configuration">W.</param>
    /// <param name="maxPlaneDim"> K ≥ 1, the largest dimension of a summand that methods of the literature are told to look for; a method
    /// that finds dimensions itself ignores it.
    /// </param>
    RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim);
}

/// <summary>What a method says about a configuration.</summary>
/// <param name="Summand">For each feature the number of its summand; −1: not learned.</param>
/// <param name="Formula">The formula in canonical form.</param>
public sealed record RecoveredSum(IReadOnlyList<int> Summand, string Formula)
{
    /// <summary>
    /// True when the summands are the same sets of features, whatever their numbers, and the same features are unlearned. O(n).
    /// </summary>
    public bool IsPartition(IReadOnlyList<int> truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (truth.Count != Summand.Count)
            return false;
        Dictionary<int, int> forth = [],
            back = [];
        for (int i = 0; i < truth.Count; i++)
        {
            if (truth[i] < 0 != Summand[i] < 0)
                return false;
            if (truth[i] < 0)
                continue;
            if (!forth.TryAdd(truth[i], Summand[i]) && forth[truth[i]] != Summand[i])
                return false;
            if (!back.TryAdd(Summand[i], truth[i]) && back[Summand[i]] != truth[i])
                return false;
        }
        return true;
    }
}
