using Geometry.Configurations;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Gallery;

/// <summary>Finds the weight files that a folder's labels came from, and reads runs from them.</summary>
/// <remarks>
/// A source is looked for where it was when it was labelled (relative to the folder), below the folder, below a further folder if one is given, and
/// below the working folder. A file counts only when its content is that which was labelled. One file is open at a time; not thread-safe.
/// </remarks>
public sealed class WeightFinder : IDisposable
{
    private readonly ResultsReader _results;
    private readonly string? _further;
    private readonly Dictionary<int, string?> _problems = [];
    private SweepFile? _file;
    private int _open = -1;

    /// <summary>Prepares to read; touches no file.</summary>
    /// <param name="results">The labelled folder.</param>
    /// <param name="further">A folder to look in as well; null for none.</param>
    public WeightFinder(ResultsReader results, string? further)
    {
        _results = results;
        _further = further;
    }

    /// <summary>Why weights of an input could not be read, one line an input that was asked for.</summary>
    public IReadOnlyList<string> Problems => [.. _problems.Where(p => p.Value is not null).OrderBy(p => p.Key).Select(p => $"{_results.Inputs[p.Key].Source}: {p.Value}")];

    /// <summary>Reads one run; null when its file is gone, changed or unreadable (see <see cref="Problems"/>).</summary>
    public (FeatureConfiguration W, double[]? Bias)? Read(StoredRun run)
    {
        if (_open != run.Input) Open(run.Input);
        if (_file is null) return null;
        try
        {
            return (_file.ReadConfiguration(run.Instance), _file.ReadBias(run.Instance));
        }
        catch (Exception e) when (e is InputException or IOException or ArgumentException)
        {
            _problems[run.Input] = FormattableString.Invariant($"instance {run.Instance} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Open(int input)
    {
        _file?.Dispose();
        _file = null;
        _open = input;
        if (_problems.GetValueOrDefault(input) is not null) return;
        InputRecord record = _results.Inputs[input];
        bool changed = false;
        try
        {
            foreach (string path in Candidates(record.Source).Where(File.Exists))
            {
                if (ContentFingerprint.Of(path) != record.Fingerprint)
                {
                    changed = true;
                    continue;
                }
                _file = SweepFile.Open(path, LabelJobOptions.ReadFingerprint(record.Options).File);
                return;
            }
            _problems[input] = changed ? "the weight file has changed since it was labelled" : "the weight file is no longer there";
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            _problems[input] = e.Message.ReplaceLineEndings(" ");
        }
    }

    private IEnumerable<string> Candidates(string source)
    {
        if (_results.Locations.TryGetValue(source, out string? path)) yield return Path.GetFullPath(Path.Combine(_results.Folder, path));
        yield return Path.Combine(_results.Folder, source);
        if (_further is not null) yield return Path.Combine(_further, source);
        yield return source;
    }
}
