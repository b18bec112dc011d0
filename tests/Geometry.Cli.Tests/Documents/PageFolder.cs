using System.Collections.Concurrent;
using Geometry.Cli.Tests.Cluster;
using Geometry.Cli.Tests.RepositoryRules;
using Xunit;

namespace Geometry.Cli.Tests.Documents;

/// <summary>
/// The folders in which the commands of the pages are run: one a page, its blocks in order, beside links to the folders of the repository.
/// </summary>
public sealed class PageFolder : IDisposable
{
    /// <summary>The tests that share the folders, so that each page is run once.</summary>
    public const string Collection = "documents";

    private const string Prelude = """
        geometry() { command dotnet "$GEOMETRY" "$@"; }
        dotnet() {
          [ "$1 $2 $3 $4 $5 $6" = "run -c Release --project src/Geometry.Cli --" ] || { echo "not for a test: dotnet $*" >&2; return 2; }
          shift 6; geometry "$@"
        }

        """;

    private static readonly string[] s_linked = ["fixtures", "tools", "docs", "src"];
    private readonly string _root = Directory.CreateTempSubdirectory("geometry-docs-").FullName;
    private readonly ConcurrentDictionary<string, (string Folder, string? Failure)> _pages = new(StringComparer.Ordinal);

    /// <summary>Python with NumPy and pandas; null where there is none.</summary>
    internal static string? Python { get; } =
        new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p =>
        {
            try
            {
                return Shell.Run(".", new Dictionary<string, string>(), p, "-c", "import numpy, pandas").Status == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        });

    /// <summary>Runs what a page's blocks without further needs say, once.</summary>
    /// <returns>
    /// The folder they were run in, and what was wrong: null where each block ended with 0 and printed what the page shows.
    /// </returns>
    internal (string Folder, string? Failure) Of(DocumentPage page) => _pages.GetOrAdd(page.Path, _ =>
        {
            string folder = Directory.CreateDirectory(Path.Combine(_root, page.Path.Replace('/', '-'))).FullName;
            foreach (string name in s_linked)
                Directory.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(Repository.Root, name));
            return (folder, Run(page, folder, ""));
        });

    /// <summary>Runs the blocks of a page that need something, after the others.</summary>
    internal string? Of(DocumentPage page, string need)
    {
        (string folder, string? failure) = Of(page);
        return failure ?? Run(page, folder, need);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string? Run(DocumentPage page, string folder, string need)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "geometry.dll");
        foreach (FencedBlock block in page.Blocks.Where(b => b.IsRun && b.Need == need))
        {
            string text = string.Join('\n', block.Lines) + "\n";
            var environment = new Dictionary<string, string>
            {
                ["GEOMETRY"] = program,
                ["GEOMETRY_COMMAND"] = $"dotnet '{program}'",
                ["PYTHONPATH"] = Path.Combine(Repository.Root, "tools", "python"),
                ["PYTHONDONTWRITEBYTECODE"] = "1",
            };
            CommandRun run =
                block.Language == "python"
                    ? Shell.Run(folder, environment, Python!, "-c", text)
                    : Shell.Run(folder, environment, "bash", "-euo", "pipefail", "-c", Prelude + text);
            if (run.Status != 0)
                return $"{page.Path}:{block.Line}: status {run.Status}\n{run.Out}{run.Error}";
            if (page.OutputOf(block) is not { } shown)
                continue;
            string[] printed = run.Out.TrimEnd('\n').Split('\n');
            if (ExpectedOutput.Difference(shown, printed.Length == 1 && printed[0].Length == 0 ? [] : printed) is { } difference)
                return $"{page.Path}:{block.Line}: {difference}\nall of it:\n{run.Out}";
        }
        return null;
    }
}

/// <summary>See <see cref="PageFolder.Collection"/>.</summary>
[CollectionDefinition(PageFolder.Collection)]
#pragma warning disable CA1711 // xUnit calls it a collection.
public sealed class PageFolderCollection : ICollectionFixture<PageFolder>;
#pragma warning restore CA1711
