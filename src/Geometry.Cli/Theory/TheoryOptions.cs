using System.CommandLine;

namespace Geometry.Cli.Theory;

/// <summary>Options that all of <c>geometry theory</c> has.</summary>
internal static class TheoryOptions
{
    public static Option<string> Output() =>
        new("--out")
        {
            Description = "The table, CSV; replaced when it is there.",
            HelpName = "file",
            Required = true,
        };

    public static Option<string?> Figure(string shows) => new("--figure") { Description = $"A figure as SVG: {shows}.", HelpName = "file" };
}
