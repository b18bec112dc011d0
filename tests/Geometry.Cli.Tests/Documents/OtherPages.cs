namespace Geometry.Cli.Tests.Documents;

/// <summary>Pages that are not held to the form of the others yet.</summary>
internal static class OtherPages
{
    public static IReadOnlyList<string> All { get; } = ["CHANGELOG.md", "docs/planes.md", "docs/composed.md", "docs/robustness.md", "docs/packages.md"];
}
