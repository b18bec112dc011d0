using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Results;

/// <summary>Finds the weight files that a folder's labels came from.</summary>
/// <remarks>
/// A source is looked for where it was when it was labelled (relative to the folder, see <see cref="InputLocations"/>), below the folder, and below the
/// working folder; below one other folder instead, if that is named. A file counts only when its content is that which was labelled.
/// </remarks>
/// <param name="folder">The labelled folder.</param>
/// <param name="locations">Where each source was, relative to the folder; may lack any.</param>
/// <param name="instead">The only folder to look in; null: those above.</param>
public sealed class LabelledFiles(string folder, IReadOnlyDictionary<string, string> locations, string? instead = null)
{
    /// <summary>The path of an input's file.</summary>
    /// <exception cref="InputException">None of the places has it; the message names them, not the source.</exception>
    /// <exception cref="IOException">A candidate cannot be read.</exception>
    public string Find(string source, string fingerprint)
    {
        string[] places = [.. Places(source).Distinct(StringComparer.Ordinal)];
        string[] there = Array.FindAll(places, File.Exists);
        return Array.Find(there, p => ContentFingerprint.Of(p) == fingerprint)
            ?? throw new InputException(there.Length > 0
                ? $"expected the weight file that was labelled, found another content in {there[0]}; label again, or name the folder with the old one with --weights-in"
                : $"the weight file is not at {string.Join(", ", places)}; name the folder that was labelled with --weights-in");
    }

    private IEnumerable<string> Places(string source)
    {
        if (instead is not null)
        {
            // A source that was given as a path of its own need not lie below the folder by that path.
            if (!Path.IsPathRooted(source)) yield return Path.Combine(instead, source);
            yield return Path.Combine(instead, Path.GetFileName(source));
            yield break;
        }
        if (locations.TryGetValue(source, out string? path)) yield return Path.GetRelativePath(".", Path.Combine(folder, path));
        yield return Path.GetRelativePath(".", Path.Combine(folder, source));
        yield return source;
    }
}
