using System.IO.Enumeration;

namespace Geometry.Storage.Sweeps;

/// <summary>
/// Expands <c>*</c>, <c>?</c> and <c>**</c> in paths as a shell does, for patterns in quotes, which reach the program unexpanded.
/// </summary>
/// <remarks>
/// A star stands for any characters except a slash, a question mark for one such character, and <c>**</c> for any number of folders. Names
/// that begin with a dot match only patterns that do. <c>**</c> does not follow links to folders.
/// </remarks>
internal static class FileGlob
{
    /// <summary>Whether a path is a pattern.</summary>
    public static bool Applies(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>The files and folders that match a pattern, in ordinal order.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public static List<string> Expand(string pattern)
    {
        bool rooted = pattern.StartsWith('/');
        string[] parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Match(rooted ? "/" : "", parts, found);
        return [.. found];
    }

    private static void Match(string folder, ReadOnlySpan<string> parts, SortedSet<string> found)
    {
        if (parts.IsEmpty)
        {
            if (folder.Length > 0 && Path.Exists(folder))
                found.Add(folder);
            return;
        }
        string part = parts[0];
        if (!Applies(part))
        {
            string next = Join(folder, part);
            if (parts.Length == 1 || Directory.Exists(next))
                Match(next, parts[1..], found);
            return;
        }
        if (part == "**")
            Match(folder, parts[1..], found);
        var here = new DirectoryInfo(folder.Length == 0 ? "." : folder);
        if (!here.Exists)
            return;
        foreach (FileSystemInfo entry in here.EnumerateFileSystemInfos())
        {
            if (entry.Name.StartsWith('.') && !part.StartsWith('.'))
                continue;
            bool isFolder = Directory.Exists(entry.FullName);
            if (part == "**")
            {
                if (isFolder && entry.LinkTarget is null)
                    Match(Join(folder, entry.Name), parts, found);
                continue;
            }
            if (FileSystemName.MatchesSimpleExpression(part, entry.Name, ignoreCase: false) && (parts.Length == 1 || isFolder))
                Match(Join(folder, entry.Name), parts[1..], found);
        }
    }

    private static string Join(string folder, string name) =>
        folder.Length == 0 || folder.EndsWith('/') ? folder + name : folder + "/" + name;
}
