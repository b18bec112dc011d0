using System.Diagnostics;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Reports.Gallery;
using Geometry.Reports.Measures.Summaries;
using Geometry.Reports.Phases;
using Geometry.Storage.Files;
using Geometry.Storage.Measures;
using Geometry.Storage.Results;
using Geometry.Storage.Training;
using Geometry.Training;
using Geometry.Training.Measures;
using Microsoft.Data.Sqlite;

namespace Geometry.Reports.Measures;

/// <summary>How to measure the runs of a folder.</summary>
public sealed record MeasureJobOptions
{
    /// <summary>A further folder to look for weight files in; null for none.</summary>
    public string? Inputs { get; init; }

    /// <summary>Whether to keep the rows of inputs that did not change since they were measured.</summary>
    public bool Resume { get; init; }

    /// <summary>Number of measuring threads, ≥ 1; nothing in the results depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Called with the numbers of finished and of all runs; null for silence.</summary>
    public Action<(long Done, long Total)>? Progress { get; init; }

    /// <summary>
    /// Called with each failure and the name of the measure, which is empty where it concerns all of them; null for silence.
    /// </summary>
    public Action<string, InputFailure>? Failed { get; init; }
}

/// <summary>The size of a measure's table.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Runs">Number of runs with rows.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record MeasuredTable(string Measure, long Runs, long Rows);

/// <summary>The result of measuring.</summary>
/// <param name="Tables">The measures' tables.</param>
/// <param name="Summaries">The tables of cells that were made from them.</param>
public sealed record MeasureOutcome(IReadOnlyList<MeasuredTable> Tables, IReadOnlyList<SummaryTable> Summaries);

/// <summary>
/// The job of <c>geometry measure</c>: measures the runs of a labelled folder into one table per measure, in its database and as CSV.
/// </summary>
/// <remarks>
/// One thread reads weights and several measure; the caller's thread stores the rows in the order of labels.csv and commits them every few
/// seconds. Memory does not grow with the number of runs.
/// </remarks>
public sealed class MeasureJob
{
    private const int RunsAtATime = 2048;
    private static readonly TimeSpan s_betweenCommits = TimeSpan.FromSeconds(2);
    private readonly ResultsReader _results;
    private readonly WeightReader _weights;
    private readonly RunOrigins _origins;
    private readonly MeasureStore[] _stores;
    private readonly MeasureJobOptions _options;
    private readonly HashSet<int> _unreadable = [];
    private readonly long _total;
    private long _done;
    private long _lastCommit = Stopwatch.GetTimestamp();

    private MeasureJob(ResultsReader results, WeightReader weights, RunOrigins origins, MeasureStore[] stores, MeasureJobOptions options)
    {
        (_results, _weights, _origins, _stores, _options) = (results, weights, origins, stores, options);
        _total = results.Inputs.Sum(i => (long)i.Instances);
    }

    /// <summary>Measures all runs; afterwards the folder has a table and a CSV file for each measure.</summary>
    /// <param name="folder">A folder that label wrote.</param>
    /// <param name="measures">The measures.</param>
    /// <param name="options">How to measure.</param>
    /// <param name="cancellation">Stops the job; earlier tables and files stay as they were, and the job can be resumed.</param>
    /// <exception cref="ResultsException">The folder or its database cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static MeasureOutcome Run(
        string folder,
        IReadOnlyList<IMeasure> measures,
        MeasureJobOptions options,
        CancellationToken cancellation
    )
    {
        using ResultsReader results = ResultsReader.Open(folder, cancellation);
        using OutputFolder held = OutputFolder.Open(folder);
        MeasureStore[] stores = [.. measures.Select(m => MeasureStore.Begin(results, m, options.Resume))];
        try
        {
            using var weights = new WeightReader(results, options.Inputs);
            using var origins = new RunOrigins(measures.OfType<ITrainedMeasure>().Any(m => m.WantsCheckpoints));
            var job = new MeasureJob(results, weights, origins, stores, options);
            job.Run(cancellation);
            MeasuredTable[] tables =
            [
                .. stores
                    .Select(s => (s.Measure.Name, Table: s.Publish()))
                    .Select(t => new MeasuredTable(t.Name, t.Table.Runs, t.Table.Rows)),
            ];
            return new MeasureOutcome(tables, Summarise(results, measures));
        }
        catch (SqliteException e)
        {
            throw new ResultsException($"{held.Database}: {e.Message}", e);
        }
        finally
        {
            foreach (MeasureStore store in stores)
                store.Dispose();
        }
    }

    /// <summary>Makes the tables of cells from these measures and writes them as CSV.</summary>
    private static List<SummaryTable> Summarise(ResultsReader results, IReadOnlyList<IMeasure> measures)
    {
        var made = new List<SummaryTable>();
        var runs = new Lazy<LabelledRuns>(() => LabelledRuns.Read(results));
        foreach (IMeasureSummary summary in MeasureRegistry.Summaries.Where(s => measures.Any(m => m.Name == s.Measure)))
        {
            string file = Path.Combine(results.Folder, summary.Name + ".csv");
            if (SummaryTable.Of(summary, results, runs.Value) is { } table)
            {
                CsvFile.Write(file, table.Columns, table.WriteRows);
                made.Add(table);
            }
            // A table of other runs must not stay.
            else
                File.Delete(file);
        }
        return made;
    }

    private void Run(CancellationToken cancellation)
    {
        foreach (MeasureStore store in _stores)
        {
            foreach (InputFailure failure in store.Failures())
                _options.Failed?.Invoke(store.Measure.Name, failure);
        }
        _stores[0].BeginTransaction();
        try
        {
            foreach (Labelled[] window in Runs().Chunk(RunsAtATime))
            {
                Labelled[] missing = [.. window.Where(r => !_stores.All(s => s.Has(r.Run)))];
                _done += window.Length - missing.Length;
                OrderedPipeline.Run(
                    missing.Select(Read),
                    work => Measure(work, cancellation),
                    Store,
                    _options.Threads,
                    capacity: (4 * _options.Threads) + 4,
                    cancellation
                );
            }
        }
        catch (OperationCanceledException)
        {
            // The job stops between two runs, so rows and bookkeeping agree.
            _stores[0].Commit();
            throw;
        }
        _stores[0].Commit();
    }

    /// <summary>The runs with their summands, in the order of labels.csv.</summary>
    private IEnumerable<Labelled> Runs()
    {
        using IEnumerator<StoredSummand> summands = _results.ReadSummands().GetEnumerator();
        bool more = summands.MoveNext();
        foreach (StoredRun run in _results.ReadRuns())
        {
            var own = new List<MeasuredSummand>();
            for (; more && (summands.Current.Input, summands.Current.Instance) == (run.Input, run.Instance); more = summands.MoveNext())
                own.Add(
                    new MeasuredSummand(summands.Current.Dim, summands.Current.Shape, summands.Current.Features)
                    {
                        ResidualDegrees = summands.Current.ResidualDegrees,
                    }
                );
            yield return new Labelled(run, own);
        }
    }

    private Work Read(Labelled labelled)
    {
        StoredRun run = labelled.Run;
        if (_weights.Read(run) is not var (w, bias))
            return new Work(run, null, null, _weights.Problem(run.Input));
        FeatureConfiguration? decoder;
        RunOrigin? origin;
        try
        {
            decoder = _weights.ReadDecoder(run);
            origin = _origins.Of(_weights.Path!, run.Instance) is { } found ? found with { Matrix = run.Weights } : null;
        }
        catch (Exception e) when (e is InputException or ResultsException or IOException)
        {
            return new Work(
                run,
                null,
                null,
                FormattableString.Invariant($"instance {run.Instance} cannot be read: {e.Message.ReplaceLineEndings(" ")}")
            );
        }
        double density = run.Sparsity.Text is null ? 1 - run.Sparsity.Number : double.NaN;
        return new Work(
            run,
            new MeasuredRun
            {
                Instance = run.Instance,
                Weights = w,
                Decoder = decoder,
                // The files of models without a bias have zeros.
                Bias = origin?.Run.Model.Bias == false ? null : bias,
                Summands = labelled.Summands,
                NoiseScale = run.NoiseScale,
                Density = density is >= 0 and <= 1 ? density : double.NaN,
                Groups = origin?.Run.Data.Groups is { Kind: not GroupKind.None } groups
                    ? new MeasuredGroups(groups.Kind == GroupKind.Correlated, groups.Groups)
                    : null,
                Precision = _weights.WeightBits >= 64 ? MeasuredRun.DoublePrecision : MeasuredRun.SinglePrecision,
            },
            origin,
            null
        );
    }

    private Work Measure(Work work, CancellationToken cancellation)
    {
        if (work.Measured is not { } run)
            return work;
        for (int k = 0; k < _stores.Length; k++)
        {
            if (!_stores[k].Has(work.Run))
                work.Outcomes.Add((k, Of(_stores[k].Measure, run, work.Origin, cancellation)));
        }
        return work;
    }

    private static MeasureResult Of(IMeasure measure, MeasuredRun run, RunOrigin? origin, CancellationToken cancellation)
    {
        try
        {
            int bad = run.Bias is null ? -1 : Array.FindIndex(run.Bias, b => !double.IsFinite(b));
            if (bad >= 0)
                throw new UnsupportedRunException(
                    $"the bias of feature {bad} is {(double.IsNaN(run.Bias![bad]) ? "NaN" : "infinite")}; expected finite numbers"
                );
            return measure is ITrainedMeasure trained ? trained.Of(run, origin, cancellation) : measure.Of(run, cancellation);
        }
#pragma warning disable CA1031 // One bad run must not stop the others, whatever is wrong with it.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            string message = e is UnsupportedRunException ? e.Message : $"unexpected {e.GetType().Name}: {e.Message}";
            return new MeasureResult([], message.ReplaceLineEndings(" "));
        }
    }

    private void Store(Work work)
    {
        string source = _results.Inputs[work.Run.Input].Source;
        if (work.Measured is null && _unreadable.Add(work.Run.Input))
        {
            var failure = new InputFailure(
                source,
                null,
                $"{work.Problem}; expected the file that was labelled: name a folder that has it with --inputs, or label again"
            );
            foreach (MeasureStore store in _stores)
                store.Add(failure);
            _options.Failed?.Invoke("", failure);
        }
        foreach ((int k, MeasureResult result) in work.Outcomes)
        {
            _stores[k].Add(work.Run, result.Rows);
            if (result.Shortfall is null)
                continue;
            var failure = new InputFailure(source, work.Run.Instance, result.Shortfall);
            _stores[k].Add(failure);
            _options.Failed?.Invoke(_stores[k].Measure.Name, failure);
        }
        _done++;
        _options.Progress?.Invoke((_done, _total));
        if (Stopwatch.GetElapsedTime(_lastCommit) < s_betweenCommits)
            return;
        _stores[0].Commit();
        _stores[0].BeginTransaction();
        _lastCommit = Stopwatch.GetTimestamp();
    }

    private sealed record Labelled(StoredRun Run, IReadOnlyList<MeasuredSummand> Summands);

    private sealed record Work(StoredRun Run, MeasuredRun? Measured, RunOrigin? Origin, string? Problem)
    {
        public List<(int Store, MeasureResult Result)> Outcomes { get; } = [];
    }
}
