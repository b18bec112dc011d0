using Geometry.Reports.Theory;
using Geometry.Reports.Training;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Phases;

/// <summary>A phase diagram, and the expectations of theory for it.</summary>
/// <param name="Table">The cells.</param>
/// <param name="Theory">The expectations; null where theory does not cover the sweep.</param>
/// <param name="LinearRuns">Linear models beside their critical points; empty for other models.</param>
/// <param name="Plateaus">Checkpoints beside the levels of k-gons; null where there are none to compare.</param>
public sealed record PhaseResult(PhaseTable Table, PhaseTheory? Theory, IReadOnlyList<LinearRun> LinearRuns, PlateauTable? Plateaus);

/// <summary>The job of <c>geometry phase</c>.</summary>
public static class PhaseJob
{
    /// <summary>
    /// Reads the labelled runs of a folder, tabulates them, and writes phase.csv there, whole or not at all; it has only a header where no
    /// run was labelled. For linear models that theory covers it also writes linear.csv, and for checkpoints with levels of k-gons
    /// plateaus.csv.
    /// </summary>
    /// <exception cref="ResultsException">There are no results, an axis does not exist, or a file cannot be written.</exception>
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

/// <summary>How to make a phase diagram.</summary>
public sealed record PhaseOptions
{
    /// <summary>First axis; null for the first swept parameter.</summary>
    public string? X { get; init; }

    /// <summary>Second axis; null for none if <see cref="X"/> is given, and else for the other swept parameters.</summary>
    public string? Y { get; init; }

    /// <summary>Share of each cell's runs to keep, those of lowest loss, in (0, 1]; the number kept is rounded up. 1 keeps all.</summary>
    public double Best { get; init; } = 1;

    /// <summary>Seed of the bootstrap.</summary>
    public int Seed { get; init; }

    /// <summary>Resamples of the bootstrap, ≥ 1.</summary>
    public int Resamples { get; init; } = 400;

    /// <summary>Expectations of theory that are shared with the report of the same sweep; null to compute them for this diagram.</summary>
    public TheoryMemo? Theory { get; init; }
}
