using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Geometry.Cli.Parsing;

/// <summary>Options that have one meaning in several verbs.</summary>
internal static class SharedOptions
{
    private const string ThreadsName = "--threads";

    /// <summary>Largest number of threads; more would only need memory.</summary>
    public static int MostThreads => 4 * Environment.ProcessorCount;

    /// <summary><c>--threads</c>, by default all processors, at most <see cref="MostThreads"/>.</summary>
    public static Option<int> Threads() =>
        new(ThreadsName)
        {
            Description = "Number of threads, 1 to four for each processor; results do not depend on it.",
            HelpName = "count",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            CustomParser = result => Math.Min(Parsers.AtLeastOne(result), MostThreads),
        };

    /// <summary>A remark when more threads are asked for than are used; null otherwise.</summary>
    public static string? ThreadsRemark(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(o => o.Option.Name == ThreadsName)?.Tokens
            is [{ Value: { } text }, ..]
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int asked)
        && asked > MostThreads
            ? FormattableString.Invariant(
                $"{ThreadsName} {asked}: {MostThreads} are used, four for each of the {Environment.ProcessorCount} processors"
            )
            : null;

    /// <summary><c>--best</c> of the phase diagram's cells.</summary>
    public static Option<double> Best() =>
        new("--best")
        {
            Description = "Of each cell of the phase diagram keep only this share of the runs, those of lowest loss; above 0, at most 1.",
            HelpName = "share",
            DefaultValueFactory = _ => 1,
            CustomParser = Parsers.Share,
        };
}
