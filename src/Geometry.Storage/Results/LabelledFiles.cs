using Geometry.Storage.Files;

namespace Geometry.Storage.Results;

/// <summary>Finds the weight files that a folder's labels came from.</summary>
/// <remarks>
/// A source is looked for where it was when it was labelled (relative to the folder, see <see cref="InputLocations"/>), below the folder,
/// and below the working folder. A folder that the caller names is searched instead or as well. A file counts only if it has the content
/// that was labelled.
/// </remarks>
/// <param name="folder">The labelled folder.</param>
/// <param name="locations">Where each source was, relative to the folder; sources may be missing.</param>
/// <param name="named">A folder to look in; null for none.</param>
/// <param name="alone">Whether the named folder is the only one.</param>
public sealed class LabelledFiles(string folder, IReadOnlyDictionary<string, string> locations, string? named = null, bool alone = true)
{
    /// <summary>The path of an input's file.</summary>
    /// <exception cref="InputException">None of the places has it; the message names them, not the source.</exception>
    /// <exception cref="IOException">A candidate cannot be read.</exception>
    public string Find(string source, string fingerprint)
    {
        string? path = TryFind(source, fingerprint, out string? other);
        if (path is not null)
            return path;
        throw new InputException(
            other is not null
                ? $"expected the weight file that was labelled, found another content in {other}; label again, or name the folder "
                    + $"with the old one with --weights-in"
                : $"the weight file is not at {string.Join(", ", Places(source).Distinct(StringComparer.Ordinal))}; name the folder "
                    + $"that was labelled with --weights-in"
        );
    }

    /// <summary>The path of an input's file; null when none of the places has it.</summary>
    /// <param name="source">The input.</param>
    /// <param name="fingerprint">What its file contained.</param>
    /// <param name="other">Where no place has that content: the first place that has a file with another content.</param>
    /// <exception cref="IOException">A candidate cannot be read.</exception>
    public string? TryFind(string source, string fingerprint, out string? other)
    {
        other = null;
        foreach (string path in Places(source).Distinct(StringComparer.Ordinal).Where(File.Exists))
        {
            if (ContentFingerprint.Of(path) == fingerprint)
                return path;
            other ??= path;
        }
        return null;
    }

    /// <summary>
    /// Where a source may lie. A source that is one matrix of a file is called by the file, a hash sign and the matrix's key.
    /// </summary>
    private IEnumerable<string> Places(string source)
    {
        foreach (string path in PlacesOf(source))
            yield return path;
        for (int hash = source.IndexOf('#', StringComparison.Ordinal); hash > 0; hash = source.IndexOf('#', hash + 1))
        {
            foreach (string path in PlacesOf(source[..hash]))
                yield return path;
        }
    }

    private IEnumerable<string> PlacesOf(string source)
    {
        if (named is not null)
        {
            // A source that is an absolute path cannot be below the folder under that path.
            if (!Path.IsPathRooted(source))
                yield return Path.Combine(named, source);
            yield return Path.Combine(named, Path.GetFileName(source));
            if (alone)
                yield break;
        }
        if (locations.TryGetValue(source, out string? path))
            yield return Path.GetRelativePath(".", Path.Combine(folder, path));
        yield return Path.GetRelativePath(".", Path.Combine(folder, source));
        yield return source;
    }
}
