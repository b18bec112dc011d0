using System.CommandLine;

namespace Geometry.Cli.Parsing;

/// <summary>Options that mean the same in several verbs.</summary>
internal static class SharedOptions
{
    /// <summary><c>--threads</c>, by default all processors.</summary>
    public static Option<int> Threads() => new("--threads")
    {
        Description = "Number of threads, 1 or more; results do not depend on it.",
        HelpName = "count",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = Parsers.AtLeastOne,
    };

    /// <summary><c>--best</c> of the phase diagram's cells.</summary>
    public static Option<double> Best() => new("--best")
    {
        Description = "Of each cell of the phase diagram keep only this share of the runs, those of lowest loss; above 0, at most 1.",
        HelpName = "share",
        DefaultValueFactory = _ => 1,
        CustomParser = Parsers.Share,
    };
}
