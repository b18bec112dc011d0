using Geometry.Cli.Cluster;
using Geometry.Cli.Tests.Cluster;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class SubmitVerbTests : IDisposable
{
    private const string Small =
        "name: small\nmodel: { features: 3, hidden: 2 }\ndata: { density: [1, 0.1] }\ntrain: { steps: 20, batch: 32, checkpoints: 2 "
        + "}\nseeds: 3\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry 'cli' ").FullName;

    public SubmitVerbTests() => File.WriteAllText(At("small.yaml"), Small);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ADryRunPrintsBothScriptsAndTouchesNothing()
    {
        CommandRun run = await CommandRun.Of(
            "submit",
            At("small.yaml"),
            "--out",
            At("out"),
            "--shards",
            "4",
            "--dry-run",
            "--min-norm",
            "0.25",
            "--route",
            "blocks",
            "--sbatch-args",
            "--time=1:00 --mem=1G",
            "--sbatch-args",
            "-p x"
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        foreach (
            string line in (string[])
                [
                    "#SBATCH --array=1-4",
                    "#SBATCH --time=1:00 --mem=1G",
                    "#SBATCH -p x",
                    "  step merge \"${parts[@]}\" --out .",
                    "#   sbatch --parsable slurm/shard.sh",
                ]
        )
            Assert.Contains("\n" + line + "\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("--min-norm 0.25 --max-plane-dim 3 --sample 0 --route blocks\n", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("out")));
    }

    /// <summary>Shards of models with layers are labelled layer by layer, and merged like that; those of a component as a whole.</summary>
    [Fact]
    public async Task LayersAreLabelledOneByOne()
    {
        File.WriteAllText(At("deep.yaml"), "model: { features: 3, layers: [2, 2] }\ndata: { density: 1 }\ntrain: { steps: 5 }\nseeds: 2\n");
        CommandRun run = await CommandRun.Of("submit", At("deep.yaml"), "--out", At("out"), "--shards", "2", "--dry-run");
        Assert.Contains("--min-norm 0.5 --max-plane-dim 3 --sample 0 --route both --weights all\n", run.Out, StringComparison.Ordinal);
        CommandRun component = await CommandRun.Of("submit", At("small.yaml"), "--out", At("out"), "--shards", "2", "--dry-run");
        Assert.Contains("--min-norm 0.5 --max-plane-dim 3 --sample 0 --route both\n", component.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shards 7: the sweep of * has 6 runs; expected at most as many shards", "--shards", "7")]
    [InlineData("--shards: expected a whole number, 1 or more, found '0'", "--shards", "0")]
    [InlineData("--array is set by the scripts themselves", "--shards", "2", "--sbatch-args", "--time=1 --array=1-9")]
    [InlineData("--chdir is set by the scripts themselves", "--shards", "2", "--sbatch-args", "--chdir elsewhere")]
    [InlineData("expected options of sbatch on one line, found 'short'", "--shards", "2", "--sbatch-args", "short")]
    [InlineData("expected options of sbatch on one line", "--shards", "2", "--sbatch-args", "-x\nrm -r x")]
    [InlineData("--device cuda:0 is for --engine torch", "--shards", "2", "--device", "cuda:0")]
    [InlineData("--engine torch --device cpu is not in this build", "--shards", "2", "--engine", "torch")]
    public async Task WhatCannotRunIsRefusedBeforeAnythingIsWritten(string message, params string[] options)
    {
        CommandRun run = await CommandRun.Of(["submit", At("small.yaml"), "--out", At("out"), .. options]);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Matches("^geometry: .*" + message.Replace("*", ".*", StringComparison.Ordinal), run.Error);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public void WithoutSlurmOneLineSaysWhatElseToDo()
    {
        IReadOnlyList<string> program = ClusterJob.ThisProgram(Environment.ProcessPath, AppContext.BaseDirectory);
        string dotnet =
            Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet"
                ? path
                : throw new InvalidOperationException("the tests run under dotnet");
        CommandRun run = Shell.Run(
            _folder,
            new Dictionary<string, string> { ["PATH"] = At("nothing") },
            dotnet,
            [.. program.Skip(1), "submit", "small.yaml", "--out", "out", "--shards", "2"]
        );
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Equal(
            "geometry: sbatch is not on the PATH, so there is no Slurm to submit to; --dry-run prints the scripts, and geometry "
                + "train with --shard i/N trains a shard under any scheduler\n",
            run.Error
        );
        Assert.False(Directory.Exists(At("out")));
    }

    /// <summary>The scripts do without Slurm: whatever runs them with the number of a shard gets the bytes of one run.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task TheScriptsMakeTheBytesOfOneRun(int shards)
    {
        CommandRun dry = await CommandRun.Of(
            "submit",
            At("small.yaml"),
            "--out",
            At("out"),
            "--shards",
            $"{shards}",
            "--seed",
            "5",
            "--dry-run"
        );
        string[] scripts = dry.Out.Split("#!/bin/bash\n")[1..];
        Directory.CreateDirectory(At("out/slurm"));
        Assert.Equal(0, (await CommandRun.Of("train", At("small.yaml"), "--out", At("spec"), "--seed", "5")).Status);
        File.Copy(At("spec/sweep.yaml"), At("out/slurm/spec.yaml"));
        for (int shard = shards; shard >= 1; shard--)
        {
            CommandRun task = Shell.Run(
                At("out"),
                new Dictionary<string, string> { ["SLURM_ARRAY_TASK_ID"] = $"{shard}", ["SLURM_ARRAY_JOB_ID"] = "" },
                "bash",
                "-c",
                scripts[0]
            );
            Assert.Equal((0, ""), (task.Status, task.Error));
            Assert.True(File.Exists(At(FormattableString.Invariant($"out/shards/{shard}/finished"))));
        }
        CommandRun merge = Shell.Run(At("out"), new Dictionary<string, string>(), "bash", "-c", scripts[1]);
        Assert.Equal((0, ""), (merge.Status, merge.Error));
        Assert.Equal(0, (await CommandRun.Of("run", At("small.yaml"), "--out", At("whole"), "--seed", "5")).Status);
        Assert.Equal(Shell.Results(At("whole")), Shell.Results(At("out")));
        Assert.True(File.Exists(At("out/report.html")));
        Assert.Equal(0, Shell.Run(At("out"), new Dictionary<string, string>(), "bash", "-c", scripts[1]).Status);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
