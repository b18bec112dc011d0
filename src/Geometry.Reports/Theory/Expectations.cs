using System.Collections.Concurrent;
using Geometry.Labels;
using Geometry.Theory;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Reports.Theory;

/// <summary>The expectations of theory for the set-ups of a sweep, each computed once.</summary>
/// <remarks>
/// Covered are models with more features than hidden dimensions and one density for all features. Tied ReLU models with bias: up to <see
/// cref="MostExact"/> independent features (least exact loss over all weights, <see cref="PhaseOptimum"/>); m+1 features of importance 1
/// except the last one (the best ideal solution, <see cref="IdealSolutions"/>); and with exactly one active feature per sample, up to <see
/// cref="MostOneActive"/> features (the ground state, <see cref="GroundStates"/>, unless it is a flat family). Linear models of independent
/// features (<see cref="LinearRecognition"/>); tied ones only with a bias or equal importances, because otherwise their critical points are
/// not subsets of eigenvectors. A set-up takes milliseconds for n = 2, tens of them for n = 3, and up to a second for ground states.
/// </remarks>
internal sealed class Expectations(SweepSpec spec)
{
    /// <summary>Largest number of features for which the exact loss is minimised for every cell of a diagram.</summary>
    public const int MostExact = 3;

    /// <summary>Largest number of features for which ground states are searched.</summary>
    public const int MostOneActive = 24;

    /// <summary>Largest number of features of a linear model.</summary>
    public const int MostLinear = 256;

    private const int Starts = 200;

    private readonly ConcurrentDictionary<SetUp, Expectation?> _known = new();
    private readonly ConcurrentDictionary<SetUp, LinearRecognition?> _linear = new();

    /// <summary>The expectation of a set-up; null where theory does not cover it.</summary>
    public Expectation? Of(SetUp setUp) => _known.GetOrAdd(setUp, Compute);

    /// <summary>Whether the models are linear.</summary>
    public bool IsLinear => spec.Activation == Activation.Linear;

    /// <summary>Recognises the linear models of a set-up; null where theory does not cover it.</summary>
    public LinearRecognition? Linear(SetUp setUp) => _linear.GetOrAdd(setUp, s =>
        {
            double[]? importances =
                Covered(s) && s.Features <= MostLinear && spec.Groups.Kind == GroupKind.None ? s.Importances(spec) : null;
            bool eigenvectors = importances is not null && (!spec.Tied || spec.Bias || importances.Distinct().Count() == 1);
            return eigenvectors ? new LinearRecognition(s.Density, importances!, spec.Bias) : null;
        });

    private bool Covered(SetUp s) =>
        !spec.IsNetwork && spec.Density.PerFeature is null && s.Hidden < s.Features && s.Density is > 0 and <= 1;

    private Expectation? Compute(SetUp s)
    {
        if (!Covered(s) || s.Importances(spec) is not { } importances)
            return null;
        if (IsLinear)
            return Linear(s)?.Minimum(s.Hidden) is { } minimum
                ? new Expectation(minimum.Name, "", minimum.Name, minimum.Loss / s.Features, "eigenvectors")
                : null;
        if (spec is not { Activation: Activation.Relu, Tied: true, Bias: true })
            return null;
        if (s.IsOneActive(spec))
            return s.Features <= MostOneActive ? GroundState(s, importances) : null;
        if (spec.Groups.Kind != GroupKind.None)
            return null;
        bool last = importances[..^1].All(i => i == 1),
            oneMore = s.Hidden == s.Features - 1;
        if (s.Features <= MostExact)
        {
            PhaseOptimum optimum =
                last && oneMore
                    ? PhaseOptimum.Of(s.Features, s.Density, importances[^1])
                    : PhaseOptimum.Of(s.Hidden, s.Density, importances);
            return Made(optimum.Formula, optimum.Summands, importances, optimum.Loss / s.Features, "optimum");
        }
        return last && oneMore ? Ideal(s, importances) : null;
    }

    private static Expectation? GroundState(SetUp s, double[] importances)
    {
        GroundState state = GroundStates.Find(s.Hidden, s.Features, importances, Starts)[0];
        if (state.IsFlat)
            return null;
        RunLabel label = LabelPipeline.Label(state.Minimum.Weights, new LabelOptions());
        // The energy is that of all inputs together: n times the mean loss, which is itself a sum over n features.
        return Made(
            label.Formula,
            label.Summands.Select(x => (x.Match.Shape, x.Features)),
            importances,
            state.Minimum.Energy / ((double)s.Features * s.Features),
            "ground state"
        );
    }

    private static Expectation Ideal(SetUp s, double[] importances)
    {
        double[] losses = IdealSolutions.Losses(s.Features, s.Density, importances[^1]);
        IdealSolution best = IdealSolutions.Best(losses);
        (int first, int second) = best switch
        {
            IdealSolution.PairOthers => (0, 1),
            IdealSolution.PairLast => (0, s.Features - 1),
            _ => (-1, -1),
        };
        int ignored = best switch
        {
            IdealSolution.IgnoreOther => 0,
            IdealSolution.IgnoreLast => s.Features - 1,
            _ => -1,
        };
        var summands = new List<(string Shape, IReadOnlyList<int> Features)>();
        if (first >= 0)
            summands.Add(("antipode", [first, second]));
        for (int i = 0; i < s.Features; i++)
        {
            if (i != ignored && i != first && i != second)
                summands.Add(("dedicated", [i]));
        }
        int dedicated = summands.Count - (first >= 0 ? 1 : 0);
        string alone = dedicated > 1 ? FormattableString.Invariant($"{dedicated} dedicated") : "dedicated";
        return Made(first >= 0 ? $"antipode + {alone}" : alone, summands, importances, losses[(int)best] / s.Features, "ideal");
    }

    private static Expectation Made(
        string formula,
        IEnumerable<(string Shape, IReadOnlyList<int> Features)> summands,
        double[] importances,
        double loss,
        string source
    )
    {
        (string Shape, IReadOnlyList<int> Features)[] all = [.. summands];
        return new Expectation(
            formula,
            string.Join(" | ", all.Select(s => string.Join(' ', s.Features))),
            RunSignature.Of(all, importances),
            loss,
            source
        );
    }
}

/// <summary>The expectation of theory for the models of one set-up.</summary>
/// <param name="Formula">The formula of the best weights; for a linear model the eigenvectors onto which it projects, as <c>eigenvectors 0
/// 1</c>.</param>
/// <param name="Features">The features of each summand, as <c>0 2 | 1</c>; empty for a linear model. Features of equal importance may be
/// exchanged.</param>
/// <param name="Signature">The signature of a run that agrees (<see cref="RunSignature"/>).</param>
/// <param name="Loss">The least loss, per feature, as in weight files.</param>
/// <param name="Source"> Where it comes from: <c>optimum</c> (least exact loss over all weights), <c>ideal</c> (the best of the ideal
/// solutions), <c>ground state</c> (least loss with one active feature) or <c>eigenvectors</c>.
/// </param>
public sealed record Expectation(string Formula, string Features, string Signature, double Loss, string Source)
{
    /// <summary>The formula with the features of its summands: <c>antipode + dedicated (0 2 | 1)</c>.</summary>
    public string Name => Features.Length == 0 ? Formula : $"{Formula} ({Features})";
}

/// <summary>
/// Keeps the expectations for the sweep that was last asked for, because <c>run</c> tabulates and reports the same sweep.
/// </summary>
/// <remarks>Not thread-safe, but the expectations are.</remarks>
public sealed class TheoryMemo
{
    private string? _text;
    private Expectations? _expectations;

    /// <summary>The expectations for a spec; computed ones are reused if it is the last spec.</summary>
    /// <param name="text">The text of sweep.yaml.</param>
    /// <param name="spec">The same, parsed.</param>
    internal Expectations Of(string text, SweepSpec spec)
    {
        if (_expectations is null || text != _text)
            (_text, _expectations) = (text, new Expectations(spec));
        return _expectations;
    }
}
