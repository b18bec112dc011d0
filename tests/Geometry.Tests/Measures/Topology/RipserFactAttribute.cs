using Xunit;

namespace Geometry.Tests.Measures.Topology;

/// <summary>A test that compares with Ripser; it is skipped, with the reason, where Ripser is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RipserFactAttribute : FactAttribute
{
    public RipserFactAttribute()
    {
        if (Path is null)
            Skip = "no ripser: install the package ripser to compare barcodes with it";
    }

    /// <summary>Path of the program; null where there is none.</summary>
    public static string? Path { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator)
            .Select(folder => System.IO.Path.Combine(folder, "ripser"))
            .FirstOrDefault(File.Exists);
}
