using Geometry.Cli.Cluster;
using Xunit;

namespace Geometry.Cli.Tests.Cluster;

public class SlurmScriptsTests
{
    private static readonly Dictionary<string, string> s_nothing = [];

    private static ClusterJob Job =>
        new()
        {
            Name = "a sweep/1",
            Shards = 3,
            Pending = [1, 2, 3],
            Program = ["/programs of/o'brien/geometry"],
        };

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1-3", 1, 2, 3)]
    [InlineData("1-2,5,7-9", 1, 2, 5, 7, 8, 9)]
    public void NumbersAreRanges(string ranges, params int[] numbers) => Assert.Equal(ranges, SlurmScripts.Ranges(numbers));

    [Fact]
    public void TheShellReadsQuotedWordsBack()
    {
        string[] words = ["plain-1.0", "", "two words", "o'brien", "\"$HOME\" `id` \\", "*", "new\nline", "~", "#x", "a;b&c|d<e>f"];
        CommandRun run = Shell.Run(".", s_nothing, "bash", "-c", $"printf '%s\\0' {string.Join(' ', words.Select(SlurmScripts.Quote))}");
        Assert.Equal(string.Concat(words.Select(w => w + "\0")), run.Out);
    }

    [Fact]
    public void BothScriptsAreWholeForTheShell()
    {
        ClusterJob job = Job with { SbatchLines = ["--partition=short --time=1:00:00", "--comment=\"it's\""] };
        foreach (string script in (string[])[SlurmScripts.Shard(job), SlurmScripts.Merge(job)])
        {
            Assert.Equal(
                (0, "", ""),
                Shell.Run(".", s_nothing, "bash", "-n", "-c", script) is var run ? (run.Status, run.Out, run.Error) : default
            );
            Assert.StartsWith("#!/bin/bash\n", script, StringComparison.Ordinal);
            Assert.Contains("\n#SBATCH --partition=short --time=1:00:00\n#SBATCH --comment=\"it's\"\n", script, StringComparison.Ordinal);
            Assert.Contains(@"geometry=('/programs of/o'\''brien/geometry')", script, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', script);
            // sbatch stops looking at the first command.
            Assert.True(script.LastIndexOf("#SBATCH", StringComparison.Ordinal) < script.IndexOf("\ngeometry=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TheArrayHasTheShardsThatAreLeft()
    {
        string script = SlurmScripts.Shard(Job with { Pending = [2, 3] });
        Assert.Contains("\n#SBATCH --array=2-3\n", script, StringComparison.Ordinal);
        Assert.Contains("\n#SBATCH --job-name=geometry-a-sweep-1\n", script, StringComparison.Ordinal);
        Assert.Contains("--shard \"$shard/3\" --resume", script, StringComparison.Ordinal);
    }

    [Fact]
    public void ATaskNeedsANumber()
    {
        CommandRun run = Shell.Run(".", s_nothing, "bash", "-c", "unset SLURM_ARRAY_TASK_ID\n" + SlurmScripts.Shard(Job));
        Assert.NotEqual(0, run.Status);
        Assert.Contains("SLURM_ARRAY_TASK_ID: expected a shard from 1 to 3", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/geometry", "/x/geometry")]
    [InlineData("/usr/bin/dotnet", "/usr/bin/dotnet", "/p/geometry.dll")]
    [InlineData("/x/testhost", "dotnet", "/p/geometry.dll")]
    public void TheProgramStartsItselfAgain(string process, params string[] words) =>
        Assert.Equal(words, ClusterJob.ThisProgram(process, "/p"));
}
