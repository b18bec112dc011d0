using Geometry.Storage.Files;
using Geometry.Storage.Results;

namespace Geometry.Storage.Training;

/// <summary>
/// failures.csv: <c>source,instance,run,seed,step</c>, one row a run that diverged, in order of runs; the header alone when none did.
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
