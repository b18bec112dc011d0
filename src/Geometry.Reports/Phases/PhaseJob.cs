using Geometry.Reports.Theory;
using Geometry.Reports.Training;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Phases;

/// <summary>A phase diagram beside what theory expects of it.</summary>
/// <param name="Table">The cells.</param>
/// <param name="Theory">The expectations; null where theory does not cover the sweep.</param>
/// <param name="LinearRuns">Linear models, recognised; none for others.</param>
/// <param name="Plateaus">Checkpoints beside the levels of k-gons; null where there are none to compare.</param>
public sealed record PhaseResult(PhaseTable Table, PhaseTheory? Theory, IReadOnlyList<LinearRun> LinearRuns, PlateauTable? Plateaus);

/// <summary>What <c>geometry phase</c> does to a folder.</summary>
public static class PhaseJob
{
    /// <summary>
    /// Reads the labelled runs of a folder, tabulates them, and writes phase.csv there, whole or not at all; a header alone where no run
    /// was labelled. Linear models that theory covers get linear.csv, checkpoints that have the levels of k-gons plateaus.csv.
    /// </summary>
    /// <exception cref="ResultsException">No results, an axis that is not there, or a file that cannot be written.</exception>
    public static PhaseResult Run(string folder, PhaseOptions options, CancellationToken cancellation = default)
    {
        using ResultsReader results = ResultsReader.Open(folder, cancellation);
        PhaseTable table = PhaseTable.Build(LabelledRuns.Read(results), options);
        string sweep = Path.Combine(folder, "sweep.yaml");
        string? spec = File.Exists(sweep) ? TextFile.Read(sweep, "a spec (YAML)") : null;
        SweepTheory? expected = SweepTheory.Read(results, table.Runs, spec, memo: options.Theory, cancellation: cancellation);
        PhaseTheory? theory = expected is null ? null : new PhaseTheory(table, expected);
        IReadOnlyList<LinearRun> linear = expected?.LinearRuns ?? [];
        PlateauTable? plateaus = PlateauTable.Read(folder, CheckpointLevels.Of(spec));
        string path = Path.Combine(folder, "phase.csv");
        try
        {
            AtomicFile.Write(path, stream => PhaseCsv.Write(table, stream, theory));
            if (linear.Count > 0)
                LinearRun.Write(linear, table.Runs, Path.Combine(folder, LinearRun.FileName));
            plateaus?.Write(Path.Combine(folder, PlateauTable.FileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        return new PhaseResult(table, theory, linear, plateaus);
    }
}
