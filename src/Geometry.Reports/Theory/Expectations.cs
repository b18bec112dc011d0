using System.Collections.Concurrent;
using Geometry.Labels;
using Geometry.Theory;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Reports.Theory;

/// <summary>What theory expects of the set-ups of a sweep, each computed once.</summary>
/// <remarks>
/// Covered are models with more features than hidden dimensions, at one density for all features: tied ReLU models with bias of up to
/// <see cref="MostExact"/> independent features (least exact loss over all weights, <see cref="PhaseOptimum"/>), or of m+1 features of
/// importance 1 but for the last one (the best ideal solution, <see cref="IdealSolutions"/>); the same with exactly one active feature a
/// sample, of at most <see cref="MostOneActive"/> (the ground state, <see cref="GroundStates"/>, where it is no flat family); and linear
/// models of independent features (<see cref="LinearRecognition"/>), tied ones where they have a bias or equal importances, for otherwise
/// their critical points are not subsets of eigenvectors. Milliseconds a set-up for n = 2, tens for n = 3, up to a second for ground
/// states.
/// </remarks>
internal sealed class Expectations(SweepSpec spec)
{
    /// <summary>Most features whose exact loss is minimised for every cell of a diagram.</summary>
    public const int MostExact = 3;

    /// <summary>Most features whose ground states are sought.</summary>
    public const int MostOneActive = 24;

    /// <summary>Most features of a linear model.</summary>
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
        // The energy is that of all inputs together: n times the mean loss, which is n times that of a feature.
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
