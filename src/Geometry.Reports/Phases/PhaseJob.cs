using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Phases;

/// <summary>A phase diagram beside what theory expects of it.</summary>
/// <param name="Table">The cells.</param>
/// <param name="Theory">The expectations; null where theory does not cover the sweep.</param>
public sealed record PhaseResult(PhaseTable Table, PhaseTheory? Theory);

/// <summary>What <c>geometry phase</c> does to a folder.</summary>
public static class PhaseJob
{
    /// <summary>Reads the labelled runs of a folder, tabulates them, and writes phase.csv there, whole or not at all; a header alone where no run was labelled.</summary>
    /// <exception cref="ResultsException">No results, an axis that is not there, or a file that cannot be written.</exception>
    public static PhaseResult Run(string folder, PhaseOptions options, CancellationToken cancellation = default)
    {
        using ResultsReader results = ResultsReader.Open(folder, cancellation);
        PhaseTable table = PhaseTable.Build(LabelledRuns.Read(results), options);
        string sweep = Path.Combine(folder, "sweep.yaml");
        PhaseTheory? theory = File.Exists(sweep) ? PhaseTheory.Of(table, TextFile.Read(sweep, "a spec (YAML)")) : null;
        string path = Path.Combine(folder, "phase.csv");
        try
        {
            AtomicFile.Write(path, stream => PhaseCsv.Write(table, stream, theory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        return new PhaseResult(table, theory);
    }
}
