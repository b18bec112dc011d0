using Xunit;

namespace Geometry.Tests.Shared;

/// <summary>
/// A test that a system like Unix is needed for, and commands or devices there; skipped, with the reason, where one is missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    /// <param name="needs">Commands on the PATH, or absolute paths.</param>
    public UnixFactAttribute(params string[] needs) => Skip = UnixNeeds.Missing(needs);
}

/// <summary>Like <see cref="UnixFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    /// <param name="needs">Commands on the PATH, or absolute paths.</param>
    public UnixTheoryAttribute(params string[] needs) => Skip = UnixNeeds.Missing(needs);
}

/// <summary>What this machine lacks.</summary>
internal static class UnixNeeds
{
    /// <summary>A sentence that names what is missing; null where nothing is.</summary>
    public static string? Missing(params string[] needs)
    {
        if (OperatingSystem.IsWindows())
            return "this test needs a system like Unix";
        string[] missing = [.. needs.Where(need => !IsThere(need))];
        return missing.Length > 0 ? $"this machine has no {string.Join(", ", missing)}" : null;
    }

    private static bool IsThere(string need) =>
        Path.IsPathRooted(need)
            ? Path.Exists(need)
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, need)));
}
