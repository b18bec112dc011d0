using Geometry.Reports.Phases;
using Geometry.Storage.Results;
using Geometry.Training.Specs;

namespace Geometry.Reports.Theory;

/// <summary>
/// Compares a labelled sweep with theory: what its set-ups should learn and what its runs have learned, in the same notation.
/// </summary>
public sealed class SweepTheory
{
    private static readonly (string Signature, string Features) s_nothing = ("", "");

    private readonly Expectations _expectations;
    private readonly Dictionary<(int Input, int Instance), (string Signature, string Features)> _signatures;

    private SweepTheory(Expectations expectations, Dictionary<(int, int), (string, string)> signatures, IReadOnlyList<LinearRun> linear) =>
        (_expectations, _signatures, LinearRuns) = (expectations, signatures, linear);

    /// <summary>The runs of linear models beside their critical points; empty for other models.</summary>
    public IReadOnlyList<LinearRun> LinearRuns { get; }

    /// <summary>Reads the data for the comparison; null where the spec is missing or theory covers no run.</summary>
    /// <param name="results">The labelled folder.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="spec">The text of sweep.yaml; null for none.</param>
    /// <param name="inputs">A further folder to look for the weight files of linear models in; null for none.</param>
    /// <param name="memo">Stores the expectations and provides those it has; null for none.</param>
    /// <param name="cancellation">Stops between set-ups.</param>
    public static SweepTheory? Read(
        ResultsReader results,
        LabelledRuns runs,
        string? spec,
        string? inputs = null,
        TheoryMemo? memo = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(results);
        if (
            Parse(spec) is not { } sweep
            || Covering((memo ?? new TheoryMemo()).Of(spec!, sweep), runs, cancellation) is not { } expectations
        )
            return null;
        if (expectations.IsLinear)
        {
            IReadOnlyList<LinearRun> linear = LinearRun.Read(results, runs, expectations, sweep.Tied, inputs);
            return new SweepTheory(
                expectations,
                linear.ToDictionary(l => Key(runs.Runs[l.Run]), l => (l.Match.IsNear ? l.Match.Name : "", "")),
                linear
            );
        }
        return new SweepTheory(expectations, Signatures(results.ReadSummands(), runs, sweep), []);
    }

    /// <summary>The same, from summands that have been read.</summary>
    internal static SweepTheory? Of(IEnumerable<StoredSummand> summands, LabelledRuns runs, string? spec) =>
        Parse(spec) is { } sweep && Covering(new Expectations(sweep), runs, CancellationToken.None) is { } expectations
            ? new SweepTheory(expectations, Signatures(summands, runs, sweep), [])
            : null;

    /// <summary>The expectation for a run; null where theory does not cover it.</summary>
    public Expectation? Expect(StoredRun run) => _expectations.Of(SetUp.Of(run));

    /// <summary>Whether a run agrees with its expectation.</summary>
    public bool Agrees(StoredRun run, Expectation expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return _signatures.GetValueOrDefault(Key(run), s_nothing).Signature == expected.Signature;
    }

    /// <summary>
    /// The features of each summand of a run, as <c>0 2 | 1</c>; for a linear model, the eigenvectors of its critical point.
    /// </summary>
    public string FeaturesOf(StoredRun run)
    {
        (string signature, string features) = _signatures.GetValueOrDefault(Key(run), s_nothing);
        return _expectations.IsLinear ? signature : features;
    }

    private static (int Input, int Instance) Key(StoredRun run) => (run.Input, run.Instance);

    private static Expectations? Covering(Expectations expectations, LabelledRuns runs, CancellationToken cancellation)
    {
        SetUp[] setUps = [.. runs.Runs.Select(SetUp.Of).Distinct()];
        Parallel.ForEach(setUps, new ParallelOptions { CancellationToken = cancellation }, s => expectations.Of(s));
        return setUps.Any(s => expectations.Of(s) is not null) ? expectations : null;
    }

    private static Dictionary<(int, int), (string, string)> Signatures(
        IEnumerable<StoredSummand> summands,
        LabelledRuns runs,
        SweepSpec spec
    )
    {
        Dictionary<(int, int), StoredRun> known = runs.Runs.ToDictionary(Key);
        var signatures = new Dictionary<(int, int), (string, string)>();
        foreach (var run in Together(summands))
        {
            if (!known.TryGetValue(run.Key, out StoredRun? stored) || SetUp.Of(stored).Importances(spec) is not { } importances)
                continue;
            string signature = RunSignature.Of(run.Summands.Select(s => (s.Shape, s.Features)), importances);
            string features = string.Join(" | ", run.Summands.Select(s => string.Join(' ', s.Features)));
            // Interned, because millions of runs have few different texts.
            signatures[run.Key] = (string.Intern(signature), string.Intern(features));
        }
        return signatures;
    }

    /// <summary>Groups the summands by run; those of a run follow each other.</summary>
    private static IEnumerable<((int, int) Key, List<StoredSummand> Summands)> Together(IEnumerable<StoredSummand> summands)
    {
        List<StoredSummand> run = [];
        foreach (StoredSummand summand in summands)
        {
            if (run.Count > 0 && (run[0].Input, run[0].Instance) != (summand.Input, summand.Instance))
            {
                yield return ((run[0].Input, run[0].Instance), run);
                run = [];
            }
            run.Add(summand);
        }
        if (run.Count > 0)
            yield return ((run[0].Input, run[0].Instance), run);
    }

    private static SweepSpec? Parse(string? text)
    {
        try
        {
            return text is null ? null : SweepSpec.Parse(text);
        }
        catch (SpecException)
        {
            return null;
        }
    }
}
