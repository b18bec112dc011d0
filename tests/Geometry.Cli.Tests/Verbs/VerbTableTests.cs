using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Training;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public class VerbTableTests
{
    /// <summary>A call with a verb makes only that verb, the same one as in the whole table.</summary>
    [Fact]
    public void A_verb_is_the_same_made_alone()
    {
        RootCommand all = Build([]);
        Assert.True(all.Subcommands.Count > 15);
        foreach (Command verb in all.Subcommands.Where(v => v.Name is not ("help" or "completion")))
        {
            Command alone = Assert.Single(Build([verb.Name]).Subcommands);
            Assert.Equal(Words(verb), Words(alone));
        }
        Assert.Empty(Build(["--version"]).Subcommands);
    }

    /// <summary>Verbs that use others, and words that are no verbs, get all of them.</summary>
    [Theory]
    [InlineData("help", "label")]
    [InlineData("completion", "bash")]
    [InlineData("labl")]
    [InlineData("--help")]
    [InlineData("--version", "label")]
    public void Other_calls_have_all_verbs(params string[] args) =>
        Assert.Equal(Build([]).Subcommands.Select(v => v.Name), Build(args).Subcommands.Select(v => v.Name));

    private static RootCommand Build(string[] args) => GeometryCommand.Build(Streams.OfProcess(), Engines.Create, args);

    private static IEnumerable<string> Words(Command command) =>
        command
            .Options.Select(o => o.Name)
            .Concat(command.Arguments.Select(a => a.Name))
            .Concat(command.Subcommands.SelectMany(Words))
            .Append(command.Name);
}
