using System.Diagnostics;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>Labels every run of every input into an output folder.</summary>
/// <remarks>
/// One thread reads files and several label them; the caller's thread stores the results in input order and commits them every 4096 runs or
/// every second, whichever comes first. Memory does not grow with the number of runs, except for the summary at the end, which takes eight
/// bytes per run.
/// </remarks>
public sealed class LabelJob
{
    private const int RunsPerCommit = 4096;
    private static readonly TimeSpan s_betweenCommits = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<InputFile> _inputs;
    private readonly LabelJobOptions _options;
    private readonly ResultsDatabase _database;
    private readonly List<RunResult> _results = [];
    private long _lastCommit = Stopwatch.GetTimestamp();
    private int _uncommitted;
    private int _finished;
    private int _kept;
    private long _runs;

    private LabelJob(IReadOnlyList<InputFile> inputs, LabelJobOptions options, ResultsDatabase database)
    {
        _inputs = inputs;
        _options = options;
        _database = database;
    }

    /// <summary>Runs the job; afterwards the folder holds results.sqlite, labels.csv and summands.csv of exactly these inputs.</summary>
    /// <param name="inputs">The inputs, in the order of the rows.</param>
    /// <param name="folder">Where the results go.</param>
    /// <param name="options">How to label.</param>
    /// <param name="cancellation">Stops the job; what is stored by then stays in results.sqlite, and the job can be resumed.</param>
    /// <exception cref="InputException">Two inputs have the same source, or a further parameter's name is taken; nothing was
    /// written.</exception>
    /// <exception cref="ResultsException">The folder or its database cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static LabelJobResult Run(
        IReadOnlyList<InputFile> inputs,
        OutputFolder folder,
        LabelJobOptions options,
        CancellationToken cancellation
    )
    {
        CheckSources(inputs);
        CheckParameters(options.Parameters?.Names ?? []);
        using ResultsDatabase database = folder.OpenDatabase(options.Resume, options.Damage);
        try
        {
            var job = new LabelJob(inputs, options, database);
            job.Run(cancellation);
            InputLocations.Write(database, folder.Path, inputs);
            LabelSummary summary = folder.Publish(database);
            return new LabelJobResult(inputs.Count, job._kept, job._runs, summary);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(folder.Database, e);
        }
    }

    private static void CheckSources(IReadOnlyList<InputFile> inputs)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (InputFile input in inputs.Where(i => i.Failure is null))
        {
            if (!paths.TryAdd(input.Source, input.Path))
                throw new InputException(
                    $"two inputs are called '{input.Source}': {paths[input.Source]} and {input.Path}; give a folder above both, or "
                        + $"the files themselves"
                );
        }
    }

    private static void CheckParameters(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (!seen.Add(name))
                throw new InputException($"two parameter columns are called '{name}' (upper and lower case count as one); rename one");
            if (RunColumns.IsReserved(name) && !RunColumns.Parameters.Contains(name))
                throw new InputException($"the parameter column '{name}' has the name of a column of labels.csv; rename it");
        }
    }

    private void Run(CancellationToken cancellation)
    {
        Dictionary<string, InputRecord> known = _database.ReadInputs().ToDictionary(i => i.Source, StringComparer.Ordinal);
        TellOfOtherOptions(known);
        // Inputs that failed as a whole are tried again.
        _database.ForgetInputFailures();
        var reader = new LabelReader(_inputs, _options, known);
        try
        {
            OrderedPipeline.Run(reader.Steps(), Label, Store, _options.Threads, capacity: (4 * _options.Threads) + 4, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The job stops between two steps, so the stored rows agree with the count of instances. Any other error drops the transaction.
            _database.Commit();
            throw;
        }
        var wanted = _inputs.Select(i => i.Source).ToHashSet(StringComparer.Ordinal);
        foreach (string source in known.Keys.Where(s => !wanted.Contains(s)))
            _database.Remove(source);
        _database.Commit();
    }

    private void TellOfOtherOptions(Dictionary<string, InputRecord> known)
    {
        if (_options.Relabelling is not { } tell)
            return;
        foreach (InputFile input in _inputs)
        {
            LabelJobOptions own = _options.Of(input);
            if (known.GetValueOrDefault(input.Source)?.Options is not { Length: > 0 } earlier || earlier == own.Fingerprint())
                continue;
            tell(own.Difference(earlier));
            return;
        }
    }

    private LabelStep Label(LabelStep step)
    {
        foreach (ref PendingRun run in step.Runs.AsSpan())
        {
            if (run.Configuration is not { } configuration)
                continue;
            try
            {
                run.Result = new RunResult(
                    run.Instance,
                    configuration.Features,
                    configuration.Hidden,
                    run.Parameters,
                    run.Bias,
                    _options.Labeller(configuration, _options.Label)
                );
            }
#pragma warning disable CA1031 // One bad instance must not stop the others, whatever is wrong with it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                run.Failure = Failures.Line(e, file: null);
            }
            run.Configuration = null;
        }
        return step;
    }

    private void Store(LabelStep step)
    {
        InputRecord input = step.Input;
        switch (step.Kind)
        {
            case LabelStepKind.Keep:
                _database.Place(input.Source, step.Position);
                TellAgain(input.Source);
                _kept++;
                _finished++;
                break;
            case LabelStepKind.Begin:
                _options.Opened?.Invoke(input.Source, step.Message);
                _database.Begin(input, step.Position);
                break;
            case LabelStepKind.Continue:
                _options.Opened?.Invoke(input.Source, step.Message);
                _database.Place(input.Source, step.Position);
                TellAgain(input.Source);
                break;
            case LabelStepKind.Runs:
                Store(input, step.Runs);
                bool complete = step.End == input.Instances;
                _database.Advance(input.Source, step.End, complete);
                if (complete)
                    _finished++;
                break;
            case LabelStepKind.Fail:
                _database.Begin(input, step.Position);
                Fail(new InputFailure(input.Source, null, step.Message));
                _finished++;
                break;
            case LabelStepKind.FailDuplicate:
                Fail(new InputFailure(input.Source, null, step.Message));
                _finished++;
                break;
            default:
                throw new InvalidOperationException($"no step is called {step.Kind}");
        }
        _uncommitted += Math.Max(1, step.Runs.Length);
        if (_uncommitted >= RunsPerCommit || Stopwatch.GetElapsedTime(_lastCommit) >= s_betweenCommits)
        {
            _database.Commit();
            _uncommitted = 0;
            _lastCommit = Stopwatch.GetTimestamp();
        }
        _options.Progress?.Invoke(new LabelProgress(_inputs.Count, _finished, input.Source, step.End, input.Instances, _runs));
    }

    private void Store(InputRecord input, PendingRun[] runs)
    {
        _results.Clear();
        foreach (ref readonly PendingRun run in runs.AsSpan())
        {
            if (run.Result is { } result)
                _results.Add(result);
            else
                Fail(new InputFailure(input.Source, run.Instance, run.Failure ?? "not labelled"));
        }
        if (_results.Count > 0)
            _database.Add(input, _results);
        _runs += _results.Count;
    }

    private void Fail(InputFailure failure)
    {
        _database.Add(failure);
        _options.Failed?.Invoke(failure);
    }

    private void TellAgain(string source)
    {
        if (_options.Failed is null)
            return;
        foreach (InputFailure failure in _database.ReadFailures(source))
            _options.Failed(failure);
    }
}
