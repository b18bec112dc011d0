using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>The runs of a labelled folder with their parameters by name.</summary>
/// <remarks>About 300 bytes per run; features and summands are read only when a figure needs them.</remarks>
public sealed class LabelledRuns
{
    private static readonly string[] s_own = ["sparsity", "importance", "weights", "n", "m", "seed"];
    private readonly Dictionary<string, int> _further;

    /// <summary>Makes the set from runs and the names of their further parameters.</summary>
    public LabelledRuns(IReadOnlyList<StoredRun> runs, IReadOnlyList<string> furtherParameters, IReadOnlyList<string> sources)
    {
        Runs = runs;
        FurtherParameters = furtherParameters;
        Sources = sources;
        _further = furtherParameters.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The runs, in the order of labels.csv.</summary>
    public IReadOnlyList<StoredRun> Runs { get; }

    /// <summary>Names of the parameters beyond sparsity, importance, seed and loss.</summary>
    public IReadOnlyList<string> FurtherParameters { get; }

    /// <summary>Names of the inputs.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>
    /// Names that can be an axis: sparsity, importance, weights (which matrix of a model), n, m, seed, then the further parameters.
    /// </summary>
    public IReadOnlyList<string> Parameters => [.. s_own, .. FurtherParameters];

    /// <summary>No runs at all.</summary>
    public static LabelledRuns None { get; } = new([], [], []);

    /// <summary>Reads all runs of a folder; empty where every run failed.</summary>
    public static LabelledRuns Read(ResultsReader results) =>
        new([.. results.ReadRuns()], results.FurtherParameters, [.. results.Inputs.Select(i => i.Source)]);

    /// <summary>The spelling of a parameter's name here, or null when no run has it; density means sparsity.</summary>
    public string? Find(string name) =>
        name.Equals("density", StringComparison.OrdinalIgnoreCase) && !_further.ContainsKey(name)
            ? "sparsity"
            : Parameters.FirstOrDefault(p => p.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A parameter of a run; <see cref="ParameterValue.Empty"/> where it has none.</summary>
    public ParameterValue Value(StoredRun run, string parameter) =>
        parameter switch
        {
            "sparsity" => run.Sparsity,
            "importance" => run.Importance,
            "seed" => run.Seed,
            "weights" => run.Weights is { } weights ? new ParameterValue(double.NaN, weights) : ParameterValue.Empty,
            "n" => new ParameterValue(run.Features),
            "m" => new ParameterValue(run.Hidden),
            _ => _further.TryGetValue(parameter, out int i) ? run.Further[i] : ParameterValue.Empty,
        };
}
