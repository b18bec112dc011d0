using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Storage.Training;

/// <summary>
/// Writes failures.csv: <c>source,instance,run,seed,step</c>, one row per run that diverged, in the order of the runs; only the header when
/// none did.
/// </summary>
internal static class FailuresCsv
{
    /// <summary>How the file begins.</summary>
    public const string FirstColumns = "source,instance,run";

    public static void Write(string path, IEnumerable<RunFailure> failures) => AtomicFile.Write(path, stream =>
        {
            using var csv = new Utf8CsvWriter(stream);
            foreach (string column in (ReadOnlySpan<string>)["source", "instance", "run", "seed", "step"])
                csv.Text(column);
            csv.EndRow();
            foreach (RunFailure failure in failures.OrderBy(f => f.Run))
            {
                csv.Text(failure.Source);
                csv.Integer(failure.Instance);
                csv.Integer(failure.Run);
                csv.Integer(failure.Seed);
                csv.Integer(failure.Step);
                csv.EndRow();
            }
        });
}

/// <summary>A run that diverged.</summary>
/// <param name="Source">Its weight file, relative to the output folder.</param>
/// <param name="Instance">Its index in the complete file.</param>
/// <param name="Run">Its index in the sweep.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Step">The first step whose loss or weights were NaN or infinite.</param>
public sealed record RunFailure(string Source, int Instance, int Run, int Seed, int Step);
