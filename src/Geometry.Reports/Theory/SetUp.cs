using Geometry.Storage.Results;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Reports.Theory;

/// <summary>The properties of a run that theory uses: its size and its data.</summary>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Density">p.</param>
/// <param name="Importance">The number in the spec's rule of importance; NaN where the rule has none.</param>
internal readonly record struct SetUp(int Features, int Hidden, double Density, double Importance)
{
    /// <summary>The set-up of a labelled run.</summary>
    public static SetUp Of(StoredRun run) => new(run.Features, run.Hidden, 1 - run.Sparsity.Number, run.Importance.Number);

    /// <summary>The importances, or null where they are unknown or some are 0.</summary>
    public double[]? Importances(SweepSpec spec)
    {
        if (spec.Importance.Value is not null && double.IsNaN(Importance))
            return null;
        if (spec.Importance.Listed is { } listed && listed.Count != Features)
            return null;
        double[] importances = spec.Importance.Importances(Importance, Features);
        return importances.All(i => i > 0 && double.IsFinite(i)) ? importances : null;
    }

    /// <summary>Whether exactly one feature is active in every sample.</summary>
    public bool IsOneActive(SweepSpec spec)
    {
        GroupRule groups = spec.Groups;
        bool all = groups.Size is { Count: 1 } size ? size.Values[0] == Features : groups.Listed is [var only] && only.Count == Features;
        return groups.Kind == GroupKind.Anticorrelated && all && Density == 1;
    }
}

/// <summary>The property of a run that is compared with theory: its summands, up to exchanges of features of equal importance.</summary>
/// <remarks>
/// A summand is written as its shape and, for each of its features, the first feature of the same importance: in <c>antipode[0 2] +
/// dedicated[0]</c> a feature is paired with the last of three, which has another importance.
/// </remarks>
internal static class RunSignature
{
    /// <summary>The signature of some summands.</summary>
    /// <param name="summands">Shape and features of each.</param>
    /// <param name="importance">I_1 … I_n.</param>
    public static string Of(IEnumerable<(string Shape, IReadOnlyList<int> Features)> summands, IReadOnlyList<double> importance)
    {
        int Class(int feature)
        {
            int first = 0;
            while (importance[first] != importance[feature])
                first++;
            return first;
        }
        return string.Join(
            " + ",
            summands.Select(s => $"{s.Shape}[{string.Join(' ', s.Features.Select(Class).Order())}]").Order(StringComparer.Ordinal)
        );
    }
}
