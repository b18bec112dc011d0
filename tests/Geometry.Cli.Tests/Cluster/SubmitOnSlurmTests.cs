using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Geometry.Cli.Tests.Cluster;

/// <summary>A sweep on a real Slurm, with everything that happens to tasks there.</summary>
public sealed class SubmitOnSlurmTests : IDisposable
{
    private const string Slow =
        "name: slow\nmodel: { features: 20, hidden: 5 }\ndata: { density: [1, 0.1] }\ntrain: { steps: 60000, batch: 512 }\nseeds: 6\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry 'cluster' ").FullName;
    private long _journal;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SlurmFact]
    public async Task TasksThatAreRequeuedKilledOutOfTimeOrCancelledGoOnAndTheResultHasTheBytesOfOneRun()
    {
        File.WriteAllText(At("slow.yaml"), Slow);
        using var slurm = new LoopbackSlurm();
        Environment.SetEnvironmentVariable("SLURM_CONF", slurm.Configuration);

        CommandRun submit = await Submit();
        Assert.Equal((0, ""), (submit.Status, submit.Error));
        Assert.Matches(@"^slow: 12 runs in 2 shards, array job 1 of 2 tasks, then merge job \d+\n", submit.Out);
        File.WriteAllText(At("slow.yaml"), Slow.Replace("60000", "90000", StringComparison.Ordinal));

        // A task's process is killed: the task requeues itself. The other one is requeued by an administrator.
        slurm.Until("the second shard has a finished run", () => HasJournal(2));
        KillTrainer(shard: 2);
        slurm.Until("the first shard has a finished run", () => HasJournal(1));
        slurm.Run("scontrol", "requeue", "1_1");
        slurm.StartRequeued("1_1");
        slurm.StartRequeued("1_2");
        slurm.Until("the first shard has said so: " + Log("1_1"), () =>
            Log("1_1").Contains("runs are finished and in shards/1, --resume goes on from there", StringComparison.Ordinal)
        );
        Assert.Contains("shard 2 is not finished: status 137", Log("1_2"), StringComparison.Ordinal);

        // The signal that comes before the time limit: the task stores what it has and requeues itself.
        slurm.Until("the second shard goes on", () => HasJournal(2, more: true));
        slurm.Run("scancel", "--batch", "--signal=USR1", "1_2");
        slurm.Until("the second shard waits again", () => slurm.State("1_2").Contains("PENDING", StringComparison.Ordinal));
        slurm.Until("the second shard has said so", () =>
            Log("1_2").Contains("runs are finished and in shards/2, --resume goes on from there", StringComparison.Ordinal)
        );
        Refused(await Submit(), "differs from the given spec");
        File.WriteAllText(At("slow.yaml"), Slow);
        Refused(await Submit(), "of the last submit still waits or runs");

        // A cancelled task ends for good, and so does the merge that can no longer come.
        slurm.Run("scancel", "1_2");
        slurm.Until("the queue is empty", () => slurm.Run("squeue", "--noheader").Length == 0);
        Assert.False(File.Exists(At("out/report.html")));
        Assert.True(File.Exists(At("out/shards/1/finished")));
        Assert.False(File.Exists(At("out/shards/2/finished")));

        CommandRun again = await Submit();
        Assert.Matches(@"array job \d+ of 1 task, then merge job \d+\n", again.Out);
        string[] jobs = File.ReadAllLines(At("out/slurm/jobs"));
        slurm.Until("the merge is done", () => slurm.Run("squeue", "--noheader").Length == 0);
        Assert.Contains("of them kept", Log($"{jobs[0]}_2"), StringComparison.Ordinal);
        Assert.True(File.Exists(At("out/report.html")), Log($"merge_{jobs[1]}"));

        Assert.Equal(0, (await CommandRun.Of("run", At("slow.yaml"), "--out", At("whole"))).Status);
        Assert.Equal(Shell.Results(At("whole")), Shell.Results(At("out")));
        Assert.Contains("is finished, nothing is submitted", (await Submit()).Out, StringComparison.Ordinal);
    }

    private static void Refused(CommandRun run, string message)
    {
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> Submit() =>
        CommandRun.Of("submit", At("slow.yaml"), "--out", At("out"), "--shards", "2", "--sbatch-args", "--cpus-per-task=1");

    /// <summary>Whether a shard has a finished run, or more of them than when its trainer was killed.</summary>
    private bool HasJournal(int shard, bool more = false)
    {
        string folder = At(FormattableString.Invariant($"out/shards/{shard}/unfinished"));
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any(f => new FileInfo(f).Length > (more ? _journal : 0));
    }

    private void KillTrainer(int shard)
    {
        string wanted = FormattableString.Invariant($"shards/{shard}\0--shard\0");
        Process trainer = Process
            .GetProcesses()
            .Single(p => CommandLine(p).Contains(wanted, StringComparison.Ordinal) && WorkingFolder(p) == At("out"));
        _journal = Directory
            .EnumerateFiles(At(FormattableString.Invariant($"out/shards/{shard}/unfinished")))
            .Sum(f => new FileInfo(f).Length);
        trainer.Kill();
    }

    private static string CommandLine(Process process) => Read(process, "cmdline", File.ReadAllText);

    private static string WorkingFolder(Process process) =>
        Read(process, "cwd", p => File.ResolveLinkTarget(p, returnFinalTarget: false)?.FullName ?? "");

    private static string Read(Process process, string name, Func<string, string> read)
    {
        try
        {
            return read($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/{name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private string Log(string task) => File.ReadAllText(At($"out/logs/{task}.out"));

    private string At(string name) => Path.Combine(_folder, name);
}
