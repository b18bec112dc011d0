using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Conjecture;
using Geometry.Storage.Conjecture;
using Geometry.Storage.Results;

namespace Geometry.Cli.Conjecture;

/// <summary>The request of a command line without <c>--on</c>.</summary>
internal sealed record ExperimentRequest(ConjectureSpec Spec, string Output, bool Resume, int Threads);

/// <summary>Measures how well perturbed direct sums are recovered, and prints the table.</summary>
internal static class ExperimentStep
{
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Run(Streams streams, ExperimentRequest request, CancellationToken cancellation)
    {
        ConjectureSpec spec = request.Spec;
        using OutputFolder folder = OutputFolder.Open(request.Output);
        ConjectureJournal journal = ConjectureJournal.Open(request.Output, spec, request.Resume);
        try
        {
            IReadOnlyList<ConjectureRow> rows = ProgressBar.Run<double, IReadOnlyList<ConjectureRow>>(
                streams,
                "recovering",
                share => (share, "recovering"),
                (progress, _) => ConjectureExperiment.Run(spec, request.Threads, progress, journal.Start, journal.Keep, cancellation)
            );
            string path = ConjectureCsv.Write(request.Output, rows);
            journal.Delete();
            ConjectureTable.Write(streams.Out, rows);
            streams.Out.WriteLine();
            streams.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"exact partitions of {spec.Formulas.Count} formula{(spec.Formulas.Count == 1 ? "" : "s")}, {spec.Trials} "
                        + $"configuration{(spec.Trials == 1 ? "" : "s")} each, 95 % intervals; one row a formula is in {path}"
                )
            );
            return ExitStatus.Done;
        }
        catch (OperationCanceledException)
        {
            streams.Message(
                journal.Kept == 0
                    ? "interrupted; nothing is counted yet"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"interrupted; {journal.Kept} of {ConjectureExperiment.Configurations(spec)} configurations are counted in "
                            + $"{request.Output}, --resume goes on from there"
                    )
            );
            throw;
        }
    }
}
