using Geometry.Storage.Results;
using Geometry.Training;
using Geometry.Training.Measures;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>Finds the training of runs in the <c>sweep.yaml</c> beside the folder <c>weights/</c> that a weight file lies in.</summary>
/// <remarks>
/// A file that was not trained by that sweep, or was moved away from it, has no origin: only its labels and weights are known. One file is
/// open at a time; not thread-safe.
/// </remarks>
/// <param name="checkpoints">Whether to read checkpoints too.</param>
public sealed class RunOrigins(bool checkpoints) : IDisposable
{
    private readonly Dictionary<string, SweepGrid?> _grids = new(StringComparer.Ordinal);
    private TrainedFile? _file;
    private string? _path;

    /// <summary>The origin of a run; null where there is none.</summary>
    /// <param name="weights">Path of its weight file.</param>
    /// <param name="instance">Index of the run in the file.</param>
    /// <exception cref="ResultsException">The file of its checkpoints cannot be read.</exception>
    public RunOrigin? Of(string weights, int instance)
    {
        if (_path != weights)
            Open(weights);
        if (_file is null)
            return null;
        TrainingRun run = _file.Origin(instance);
        return new RunOrigin(run, checkpoints ? _file.ReadCheckpoints(instance) : [])
        {
            Final = run.Model.IsNetwork ? _file.ReadFinal(instance) : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Open(string weights)
    {
        _file?.Dispose();
        _file = null;
        _path = weights;
        if (Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(weights))) is not { } root)
            return;
        if (!_grids.TryGetValue(root, out SweepGrid? grid))
            _grids.Add(root, grid = ReadGrid(root));
        if (grid is null)
            return;
        string aside = Path.Combine(new SweepFiles(root).CheckpointsFolder, Path.GetFileName(weights));
        try
        {
            _file = TrainedFile.Open(weights, checkpoints && File.Exists(aside) ? aside : null, grid, verify: false);
        }
        catch (ResultsException)
        {
            // Weights that are not of this sweep have no origin.
        }
    }

    private static SweepGrid? ReadGrid(string root)
    {
        try
        {
            string spec = new SweepFiles(root).Spec;
            return File.Exists(spec) ? new SweepGrid(SweepSpec.Parse(File.ReadAllText(spec))) : null;
        }
        catch (Exception e) when (e is SpecException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
