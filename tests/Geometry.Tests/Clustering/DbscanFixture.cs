using System.Text.Json;

namespace Geometry.Tests.Clustering;

/// <summary>One file of fixtures/dbscan: points with the labels that scikit-learn gives at several settings.</summary>
public sealed record DbscanFixture(int Dim, double[] Points, DbscanFixture.Setting[] Settings)
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public sealed record Setting(double Eps, int MinSamples, int[] Labels, int[] Core);

    public static IReadOnlyList<string> Names =>
        [
            .. Directory
                .EnumerateFiles(Folder(), "*.json")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];

    public static DbscanFixture Read(string name) =>
        JsonSerializer.Deserialize<DbscanFixture>(File.ReadAllText(Path.Combine(Folder(), name + ".json")), Format)!;

    private static string Folder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Geometry.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new DirectoryNotFoundException("no Geometry.sln above the tests"), "fixtures", "dbscan");
    }
}
