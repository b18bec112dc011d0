using System.Diagnostics;
using Geometry.Tests.Shared;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public class HelpTests
{
    [Fact]
    public async Task Help_is_a_word_an_option_and_nothing_at_all()
    {
        CommandRun bare = await CommandRun.Of(),
            word = await CommandRun.Of("help"),
            option = await CommandRun.Of("--help");
        Assert.Equal((0, option.Out), (bare.Status, bare.Out));
        Assert.Equal((0, option.Out), (word.Status, word.Out));
        Assert.Equal((await CommandRun.Of("theory", "phases", "--help")).Out, (await CommandRun.Of("help", "theory", "phases")).Out);
        CommandRun unknown = await CommandRun.Of("help", "labell");
        Assert.Equal(2, unknown.Status);
        Assert.Contains("did you mean 'label'?", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_commands_has_the_first_sentence_of_each()
    {
        string list = (await CommandRun.Of("help")).Out;
        Assert.Matches(@"(?m)^  label <input> +Label every run of weight files or folders of them\.\r?$", list);
        Assert.Contains("A toy model takes", (await CommandRun.Of("help", "label")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_a_word() => Assert.Matches(@"^\d+\.\d+\.\d+", (await CommandRun.Of("version")).Out);

    [UnixTheory("/bin/bash")]
    [InlineData("geometry la", "label")]
    [InlineData("geometry label --rou", "--route")]
    [InlineData("geometry label x.npz --route pl", "planes")]
    [InlineData("geometry theory ph", "phases")]
    [InlineData("geometry theory phases --opt", "--optimise")]
    [InlineData("geometry completion zs", "zsh")]
    public async Task Bash_completes(string line, string expected)
    {
        string script = (await CommandRun.Of("completion", "bash")).Out;
        string test =
            script + $"\nCOMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _geometry; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n";
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["--norc", "-c", test]) { RedirectStandardOutput = true })!;
        string[] replies = (await bash.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([expected], replies);
    }
}
