using Geometry.Storage.Files;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>A folder of results, which one process has open at a time.</summary>
/// <remarks>
/// Starting over never destroys finished work: an earlier <c>results.sqlite</c> is renamed to <c>results.previous.sqlite</c> and deleted
/// only when the new results are complete. An interrupted start leaves both databases, and the CSV files stay those of the previous
/// results; <c>--resume</c> continues the newer database.
/// </remarks>
public sealed class OutputFolder : IDisposable
{
    private readonly FileStream _lock;

    private OutputFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder as given.</summary>
    public string Path { get; }

    /// <summary>results.sqlite.</summary>
    public string Database => System.IO.Path.Combine(Path, "results.sqlite");

    /// <summary>labels.csv, one row per run.</summary>
    public string Labels => System.IO.Path.Combine(Path, "labels.csv");

    /// <summary>summands.csv, one row per summand.</summary>
    public string Summands => System.IO.Path.Combine(Path, "summands.csv");

    private string Damaged => System.IO.Path.Combine(Path, "results.damaged.sqlite");

    private string Previous => System.IO.Path.Combine(Path, "results.previous.sqlite");

    /// <summary>Makes the folder where it is missing, and locks it.</summary>
    /// <exception cref="ResultsException">The folder cannot be made or written, or another process has it open.</exception>
    public static OutputFolder Open(string path)
    {
        string lockFile = System.IO.Path.Combine(path, "results.lock");
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot make the output folder: {(File.Exists(path) ? "it is a file" : e.Message)}", e);
        }
        try
        {
            return new OutputFolder(
                path,
                new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose)
            );
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ResultsException($"{path}: the output folder cannot be written", e);
        }
        catch (IOException e)
        {
            throw new ResultsException(
                File.Exists(lockFile)
                    ? $"{path}: another geometry process is writing there; wait for it or choose another --out"
                    : $"{path}: the output folder cannot be written: {e.Message}",
                e
            );
        }
    }

    /// <summary>Opens the folder's database: to resume, the one that is there; otherwise an empty one.</summary>
    /// <param name="resume">Whether to resume. A database that is damaged as a whole is renamed to results.damaged.sqlite, and an empty one
    /// takes its place.</param>
    /// <param name="tell">Called with a line about each such database; null for silence.</param>
    /// <exception cref="ResultsException">What is there is not ours, is damaged, or cannot be written.</exception>
    public ResultsDatabase OpenDatabase(bool resume, Action<string>? tell = null)
    {
        if (!File.Exists(Database) && !File.Exists(Previous) && !File.Exists(Damaged))
        {
            OwnFile.RefuseOther(Labels, "source,instance,");
            OwnFile.RefuseOther(Summands, "source,instance,");
        }
        try
        {
            if (resume)
            {
                if (!File.Exists(Database) && File.Exists(Previous))
                    File.Move(Previous, Database);
                if (File.Exists(Database))
                    return OpenChecked(tell ?? (_ => { }));
            }
            else if (File.Exists(Database))
            {
                ResultsFileState state = ResultsFile.Inspect(Database);
                if (state == ResultsFileState.Foreign)
                    throw ResultsFile.NotOurs(Database);
                // The results of an interrupted start are worth less than the finished ones that they were to replace.
                if (state == ResultsFileState.Empty || File.Exists(Previous))
                    File.Delete(Database);
                else
                    File.Move(Database, Previous);
            }
            return ResultsDatabase.Open(Database);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{Database}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Opens an existing database after checking it. A damaged one is renamed, and its undamaged inputs are copied into a new one, because
    /// rows of a damaged table cannot be deleted reliably.
    /// </summary>
    private ResultsDatabase OpenChecked(Action<string> tell)
    {
        string aside = System.IO.Path.GetFileName(Damaged);
        string? fault = ResultsCheck.Fault(Database);
        string[] damaged = [],
            whole = [];
        if (fault is null)
        {
            ResultsDatabase database = ResultsDatabase.Open(Database);
            try
            {
                damaged = [.. ResultsCheck.DamagedInputs(database, CancellationToken.None)];
                if (damaged.Length == 0)
                    return database;
                whole = [.. database.ReadSources().Except(damaged)];
            }
            catch (SqliteException e)
            {
                fault = ResultsFile.Reason(e);
            }
            database.Dispose();
        }
        File.Move(Database, Damaged, overwrite: true);
        if (fault is not null)
            tell($"{Database} is damaged ({fault}); it is now called {aside}, and everything is labelled again");
        else if (damaged.Length == 1)
            tell($"the stored results of '{damaged[0]}' are damaged or incomplete, so it is labelled again; {aside} has them as they were");
        else
            tell(
                $"the stored results of {damaged.Length} inputs, the first of them '{damaged[0]}', are damaged or incomplete, so "
                    + $"they are labelled again; {aside} has them as they were"
            );
        if (whole.Length > 0)
        {
            using ResultsDatabase fresh = ResultsDatabase.Open(Database);
            ResultsCheck.CopyInputs(fresh, Damaged, whole);
        }
        // Opened anew, so that the inserts know the columns that the copy added.
        return ResultsDatabase.Open(Database);
    }

    /// <summary>Writes both CSV files from the finished database, drops the previous results, and sums up.</summary>
    /// <param name="database">This folder's database.</param>
    /// <param name="formulas">How many formulas to list for each label, ≥ 0.</param>
    /// <exception cref="ResultsException">A file cannot be written; the earlier one is as it was.</exception>
    public LabelSummary Publish(ResultsDatabase database, int formulas = 3)
    {
        try
        {
            // Two connections and two threads: this is the only part of a large job that runs alone.
            Task<LabelSummary> labels = Task.Run(() =>
            {
                using ResultsDatabase second = ResultsDatabase.Open(Database);
                LabelSummary? summary = null;
                AtomicFile.Write(Labels, stream => summary = ResultsCsv.WriteLabels(second, stream, formulas));
                return summary!;
            });
            try
            {
                AtomicFile.Write(Summands, stream => ResultsCsv.WriteSummands(database, stream));
            }
            finally
            {
                ((IAsyncResult)labels).AsyncWaitHandle.WaitOne();
            }
            LabelSummary summary = labels.GetAwaiter().GetResult();
            File.Delete(Previous);
            return summary;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{Path}: {e.Message}", e);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(Database, e);
        }
    }

    /// <summary>Writes labels.parquet and summands.parquet from the finished database.</summary>
    /// <exception cref="ResultsException">A file cannot be written; the earlier one is as it was.</exception>
    public void PublishParquet()
    {
        try
        {
            using ResultsDatabase database = ResultsDatabase.Open(Database);
            AtomicFile.Write(System.IO.Path.Combine(Path, "labels.parquet"), stream => ResultsParquet.WriteLabels(database, stream));
            AtomicFile.Write(System.IO.Path.Combine(Path, "summands.parquet"), stream => ResultsParquet.WriteSummands(database, stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{Path}: {e.Message}", e);
        }
    }

    /// <summary>Writes both CSV files while a caller fills the database, then deletes the previous results.</summary>
    /// <param name="content">Gets the streams of labels.csv and summands.csv. The files appear when it returns; the database must be
    /// complete by then.</param>
    internal void Publish(Action<Stream, Stream> content)
    {
        AtomicFile.Write(Labels, labels => AtomicFile.Write(Summands, summands => content(labels, summands)));
        File.Delete(Previous);
    }

    /// <summary>Unlocks the folder.</summary>
    public void Dispose() => _lock.Dispose();
}
