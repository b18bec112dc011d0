using Geometry.Configurations;
using Geometry.Formulas;

namespace Geometry.Conjecture;

/// <summary>A method that finds the summands of a feature configuration; <see cref="RecoveryMethods"/> has those of this library.</summary>
public interface IRecoveryMethod
{
    /// <summary>Its name in specs and in conjecture.csv.</summary>
    string Name { get; }

    /// <summary>Splits a configuration into summands. Deterministic and thread-safe.</summary>
    /// <param name="configuration">W.</param>
    /// <param name="maxPlaneDim">K ≥ 1, the largest dimension of a summand that the methods of the literature search for; a method that
    /// determines dimensions itself ignores it.</param>
    RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim);
}

/// <summary>The result of a method for a configuration.</summary>
/// <param name="Summand">For each feature the number of its summand; −1 for features that are not learned.</param>
/// <param name="Formula">The formula in canonical form.</param>
public sealed record RecoveredSum(IReadOnlyList<int> Summand, string Formula)
{
    /// <summary>
    /// Whether the summands are the same sets of features as in <paramref name="truth"/>, in any numbering, and the same features are not
    /// learned. O(n).
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

/// <summary>The methods that <c>conjecture</c> compares, in the order of its tables.</summary>
public static class RecoveryMethods
{
    /// <summary>echelon, orthonormal, gram, pipeline, spheres.</summary>
    public static IReadOnlyList<IRecoveryMethod> All { get; } =
    [new EchelonMethod(), new OrthonormalMethod(), new GramMethod(), new PipelineMethod(), new SpheresMethod()];

    /// <summary>Finds a method by its exact name; null when there is none.</summary>
    public static IRecoveryMethod? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
