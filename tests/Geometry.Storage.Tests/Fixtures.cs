namespace Geometry.Storage.Tests;

/// <summary>Where the fixtures are, and the values that fixtures/tensors/README.md promises.</summary>
internal static class Fixtures
{
    public const int Instances = 4,
        Features = 5,
        Hidden = 2;

    public static string Root { get; } = FindRoot();

    public static string Tensors(string name) => Path.Combine(Root, "fixtures", "tensors", name);

    public static string Sweeps(string name) => Path.Combine(Root, "fixtures", "sweeps", name);

    public static double W(int instance, int feature, int hidden) => ((10 * instance) + (2 * feature) + hidden - 19) / 8.0;

    public static double B(int instance, int feature) => ((5 * instance) + feature) / 16.0;

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Geometry.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests must run below the folder of Geometry.sln");
    }
}
