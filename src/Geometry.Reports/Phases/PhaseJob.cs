using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>What <c>geometry phase</c> does to a folder.</summary>
public static class PhaseJob
{
    /// <summary>Reads the labelled runs of a folder, tabulates them, and writes phase.csv there, whole or not at all; a header alone where no run was labelled.</summary>
    /// <exception cref="ResultsException">No results, an axis that is not there, or a file that cannot be written.</exception>
    public static PhaseTable Run(string folder, PhaseOptions options)
    {
        using ResultsReader results = ResultsReader.Open(folder);
        PhaseTable table = PhaseTable.Build(LabelledRuns.Read(results), options);
        string path = Path.Combine(folder, "phase.csv");
        try
        {
            AtomicFile.Write(path, stream => PhaseCsv.Write(table, stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        return table;
    }
}
