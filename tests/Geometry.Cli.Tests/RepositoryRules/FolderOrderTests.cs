using System.Text.RegularExpressions;
using Geometry.Cli.Tests.Documents;
using Xunit;

namespace Geometry.Cli.Tests.RepositoryRules;

/// <summary>The lists of folders in docs/architecture.md are complete, and each folder uses only those before it in its list.</summary>
public sealed partial class FolderOrderTests
{
    /// <summary>Library, root namespace, heading of its list.</summary>
    public static TheoryData<string, string, string> Libraries =>
        new()
        {
            { "src/Geometry", "Geometry", "## The folders of the analysis library" },
            { "src/Geometry.Storage", "Geometry.Storage", "## The folders of the storage library" },
        };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void EveryFolderIsListedOnce(string library, string root, string heading) =>
        Assert.Equal(Use(library, root).Folders.Order(StringComparer.Ordinal), Listed(heading).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void EachFolderUsesOnlyThoseBeforeIt(string library, string root, string heading) =>
        Assert.Empty(Use(library, root).AgainstTheOrder(Listed(heading), Everywhere(library, root)));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void NamespacesAreFolders(string library, string root, string heading)
    {
        Assert.NotEmpty(Listed(heading));
        Assert.Empty(Use(library, root).WithAnotherNamespace());
    }

    [Theory]
    [InlineData("using Geometry.Later;", true)]
    [InlineData("using Geometry.Later.Deep;", true)]
    [InlineData("using static Geometry.Later.Thing;", true)]
    [InlineData("using Other = Geometry.Later.Thing;", true)]
    [InlineData("var x = new Geometry.Later.Thing();", true)]
    [InlineData("Later.Thing.Make(x);", true)]
    [InlineData("Later.Deep.Inner.Make(x);", true)]
    [InlineData("using Geometry.Unlisted;", true)]
    [InlineData("using Geometry.First;", false)]
    [InlineData("using Geometry.Middle.Deep;", false)]
    [InlineData("int n = Later.Count + mine.Later.Thing;", false)]
    [InlineData("/// <see cref=\"Later.Thing\"/> // Geometry.Later", false)]
    [InlineData("using System.Later;", false)]
    public void TheOrderCanBeBroken(string line, bool broken)
    {
        var use = new FolderUse(
            "Geometry",
            [
                ("First/Base.cs", "namespace Geometry.First;\nclass Base { }"),
                ("Middle/Made.cs", line + "\nnamespace Geometry.Middle;\nclass Made { }"),
                ("Later/Thing.cs", "namespace Geometry.Later;\nclass Thing { }"),
                ("Later/Deep/Inner.cs", "namespace Geometry.Later.Deep;\nclass Inner { }"),
                ("Unlisted/Other.cs", "namespace Geometry.Unlisted;\nclass Other { }"),
            ]
        );
        Assert.Equal(broken, use.AgainstTheOrder(["First", "Middle", "Later"], []).Count == 1);
        Assert.Empty(use.WithAnotherNamespace());
    }

    [Fact]
    public void ANamespaceForEveryFileComesBeforeAll()
    {
        var use = new FolderUse(
            "Geometry",
            [("First/Base.cs", "namespace Geometry.First;"), ("Later/Thing.cs", "namespace Geometry.Elsewhere;")]
        );
        Assert.Empty(use.AgainstTheOrder(["First", "Later"], ["First"]));
        Assert.Single(use.AgainstTheOrder(["First", "Later"], ["Later"]));
        Assert.Single(use.WithAnotherNamespace());
    }

    private static FolderUse Use(string library, string root) =>
        new(root, Repository.Files(library, ".cs").Select(f => (f[(library.Length + 1)..], Repository.Read(f))));

    private static string[] Listed(string heading) =>
        [
            .. DocumentPage
                .Read("docs/architecture.md")
                .Lines.SkipWhile(l => l != heading)
                .Skip(1)
                .TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal))
                .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
                .SelectMany(l => Quoted().Matches(l.Split('|')[1]))
                .Select(m => m.Groups[1].Value),
        ];

    /// <summary>Folders whose namespaces the project file gives to every file.</summary>
    private static string[] Everywhere(string library, string root) =>
        [
            .. from project in Repository.Files(library, ".csproj")
            from Match used in GlobalUsing().Matches(Repository.Read(project))
            where used.Groups[1].Value.StartsWith(root + ".", StringComparison.Ordinal)
            select used.Groups[1].Value[(root.Length + 1)..].Split('.')[0],
        ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("<Using Include=\"([\\w.]+)\"")]
    private static partial Regex GlobalUsing();
}
