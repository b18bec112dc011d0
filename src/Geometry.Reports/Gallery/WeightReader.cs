using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Gallery;

/// <summary>Reads runs from the weight files of a labelled folder (<see cref="LabelledFiles"/>).</summary>
/// <remarks>One file is open at a time; not thread-safe.</remarks>
public sealed class WeightReader : IDisposable
{
    private readonly ResultsReader _results;
    private readonly LabelledFiles _files;
    private readonly Dictionary<int, string?> _problems = [];
    private SweepFile? _file;
    private int _open = -1;

    /// <summary>Prepares to read; opens no file.</summary>
    /// <param name="results">The labelled folder.</param>
    /// <param name="further">A further folder to look in; null for none.</param>
    public WeightReader(ResultsReader results, string? further)
    {
        _results = results;
        _files = new LabelledFiles(results.Folder, results.Locations, further, alone: false);
    }

    /// <summary>Why weights could not be read, one line per input that was asked for.</summary>
    public IReadOnlyList<string> Problems =>
        [.. _problems.Where(p => p.Value is not null).OrderBy(p => p.Key).Select(p => $"{_results.Inputs[p.Key].Source}: {p.Value}")];

    /// <summary>Bits per weight in the file of the run read last: 16, 32 or 64.</summary>
    public int WeightBits => _file?.WeightBits ?? 0;

    /// <summary>Path of the file of the run read last.</summary>
    public string? Path { get; private set; }

    /// <summary>Why no run of an input can be read; null where they can be, or were not asked for.</summary>
    public string? Problem(int input) => _problems.GetValueOrDefault(input);

    /// <summary>Reads one run; null when its file is gone, changed or unreadable (see <see cref="Problems"/>).</summary>
    public (FeatureConfiguration W, double[]? Bias)? Read(StoredRun run)
    {
        if (_open != run.Input)
            Open(run.Input);
        if (_file is null)
            return null;
        try
        {
            return (_file.ReadConfiguration(run.Instance), _file.ReadBias(run.Instance));
        }
        catch (Exception e) when (e is InputException or IOException or ArgumentException)
        {
            _problems[run.Input] = FormattableString.Invariant(
                $"instance {run.Instance} cannot be read: {e.Message.ReplaceLineEndings(" ")}"
            );
            return null;
        }
    }

    /// <summary>The decoder of the run read last; null for a tied model.</summary>
    /// <exception cref="InputException">The decoder cannot be read, or is not finite.</exception>
    public FeatureConfiguration? ReadDecoder(StoredRun run) => _open == run.Input ? _file?.ReadDecoder(run.Instance) : null;

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Open(int input)
    {
        _file?.Dispose();
        _file = null;
        _open = input;
        if (_problems.GetValueOrDefault(input) is not null)
            return;
        InputRecord record = _results.Inputs[input];
        try
        {
            if (_files.TryFind(record.Source, record.Fingerprint, out string? other) is { } path)
            {
                _file = SweepFile.Open(path, LabelJobOptions.ReadFingerprint(record.Options).File);
                Path = path;
            }
            else
                _problems[input] = other is not null
                    ? "the weight file has changed since it was labelled"
                    : "the weight file is no longer there";
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            _problems[input] = e.Message.ReplaceLineEndings(" ");
        }
    }
}
