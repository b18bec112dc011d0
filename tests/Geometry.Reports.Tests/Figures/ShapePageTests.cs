using Geometry.ShapePages;
using Xunit;

namespace Geometry.Reports.Tests.Figures;

/// <summary>docs/shapes.md and its pictures are those that the tool makes of the catalogue.</summary>
public sealed class ShapePageTests
{
    private static readonly string s_docs = Path.Combine(Root(), "docs");

    [Fact]
    public void ThePageAndItsPicturesAreCurrent()
    {
        const string Remedy = "run dotnet run -c Release --project tools/Geometry.Shapes";
        IReadOnlyList<(string Path, string Text)> files = ShapePage.Files();
        Assert.All(files, file =>
            Assert.True(
                File.Exists(At(file.Path)) && File.ReadAllText(At(file.Path)) == file.Text,
                $"docs/{file.Path} is not current: {Remedy}"
            )
        );
        Assert.Equal(
            files.Skip(1).Select(f => Path.GetFileName(f.Path)).Order(StringComparer.Ordinal),
            Directory.GetFiles(At("shapes")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void EveryShapeOfTheCatalogueIsOnThePage()
    {
        string page = File.ReadAllText(At(ShapePage.Name));
        Assert.All(Geometry.Shapes.ShapeCatalogue.Default.Shapes.Where(s => s.Dim != 2 || s.Count <= 12), shape =>
            Assert.Contains($"| `{shape.Name}` | {shape.Count} |", page, StringComparison.Ordinal)
        );
    }

    private static string At(string path) => Path.Combine(s_docs, path);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Geometry.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests must run below the folder of Geometry.sln");
    }
}
