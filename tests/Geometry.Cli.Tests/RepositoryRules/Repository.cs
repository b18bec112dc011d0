using System.Runtime.CompilerServices;

namespace Geometry.Cli.Tests.RepositoryRules;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] s_built =
    [
        "bin",
        "obj",
        "TestResults",
        "BenchmarkDotNet.Artifacts",
        "__pycache__",
        ".git",
        ".vs",
        ".idea",
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Paths of all source files below a folder, relative to the root, with forward slashes; nothing that a build leaves.
    /// </summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        string top = Path.Combine(Root, folder);
        return Directory.Exists(top) ? Walk(top, extensions).Order(StringComparer.Ordinal) : [];
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder, string[] extensions)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            if (extensions.Length == 0 || extensions.Contains(Path.GetExtension(file)))
                yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }
        foreach (string sub in Directory.EnumerateDirectories(folder))
        {
            if (s_built.Contains(Path.GetFileName(sub)))
                continue;
            foreach (string file in Walk(sub, extensions))
                yield return file;
        }
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        foreach (string start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here) ?? "" })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Geometry.sln")))
                    return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("no Geometry.sln above the tests");
    }
}
