using System.Text.RegularExpressions;

namespace Geometry.Cli.Tests.RepositoryRules;

/// <summary>Which folders of a library the code of a folder uses.</summary>
/// <remarks>
/// A namespace is a folder, so a type of another folder is reached by a <c>using</c>, by its full name, or by its name behind that of its
/// folder (<c>Shapes.Shape</c> within the library). All three are found in the text; comments do not count. A <c>using</c> counts whether
/// or not it is needed, and constants count, which a compiled library no longer shows.
/// </remarks>
internal sealed partial class FolderUse
{
    private readonly string _root;
    private readonly (string Path, string Code)[] _files;
    private readonly Dictionary<string, HashSet<string>> _types;

    /// <param name="root">The root namespace of the library.</param>
    /// <param name="files">Paths relative to the library, the first part being the folder, and the texts.</param>
    public FolderUse(string root, IEnumerable<(string Path, string Text)> files)
    {
        _root = root;
        _files = [.. files.Select(f => (f.Path, Comment().Replace(f.Text, "")))];
        _types = _files
            .GroupBy(f => Folder(f.Path), StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.SelectMany(f => Declaration().Matches(f.Code)).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
    }

    /// <summary>The folders that hold code.</summary>
    public IReadOnlyCollection<string> Folders => _types.Keys;

    /// <summary>Every use of a folder that does not come before the one that uses it, one line each.</summary>
    /// <param name="order">The folders; what is not among them comes after all.</param>
    /// <param name="everywhere">Folders whose namespaces the project file gives to every file.</param>
    public IReadOnlyList<string> AgainstTheOrder(IReadOnlyList<string> order, IReadOnlyList<string> everywhere)
    {
        int Place(string folder) => order.Contains(folder) ? order.ToList().IndexOf(folder) : int.MaxValue;
        return
        [
            .. from file in _files
            let mine = Folder(file.Path)
            from used in Used(file.Code).Concat(everywhere).Distinct()
            where used != mine && Place(used) >= Place(mine)
            select $"{file.Path} uses {used}, which does not come before {mine}",
        ];
    }

    /// <summary>The files whose namespace is not that of their folder.</summary>
    public IReadOnlyList<string> WithAnotherNamespace() =>
        [
            .. from file in _files
            let expected = $"{_root}.{string.Join('.', file.Path.Split('/')[..^1])}"
            where Namespace().Match(file.Code).Groups[1].Value != expected
            select $"{file.Path}: expected namespace {expected}",
        ];

    private IEnumerable<string> Used(string code)
    {
        foreach (string name in FullName().Matches(code).Select(m => m.Value))
        {
            if (
                name.StartsWith(_root + ".", StringComparison.Ordinal)
                && Folder(name[(_root.Length + 1)..].Replace('.', '/')) is var folder
                && _types.ContainsKey(folder)
            )
                yield return folder;
        }
        foreach (Match name in ShortName().Matches(code))
        {
            string folder = name.Groups[1].Value;
            if (_types.TryGetValue(folder, out HashSet<string>? types) && name.Groups[2].Value.Split('.').Any(types.Contains))
                yield return folder;
        }
    }

    private static string Folder(string path) => path.Split('/')[0];

    [GeneratedRegex(@"(?<![:\w])//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+([A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?<![\w.])Geometry(?:\.\w+)+")]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w*)\.(\w+(?:\.\w+)*)")]
    private static partial Regex ShortName();
}
