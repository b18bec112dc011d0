using Geometry.Cli.Output;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Training;
using Geometry.Training.Specs;

namespace Geometry.Cli.Cluster;

/// <summary>Prints or submits the jobs of a sweep.</summary>
internal static class Submission
{
    private const string ShardScript = "slurm/shard.sh",
        MergeScript = "slurm/merge.sh";

    /// <summary>Prints both scripts and the commands that submit them; writes nothing.</summary>
    public static int Print(Streams streams, string output, ClusterJob job)
    {
        streams.Out.Write($"# {output}/{ShardScript}\n{SlurmScripts.Shard(job)}\n# {output}/{MergeScript}\n{SlurmScripts.Merge(job)}\n");
        streams.Out.Write(
            $"# in {output}, with the id that the first one prints:\n#   sbatch --parsable {ShardScript}\n#   sbatch --parsable "
                + $"{string.Join(' ', Behind("ID"))} {MergeScript}\n"
        );
        return ExitStatus.Done;
    }

    /// <summary>Writes the folder and submits the unfinished shards.</summary>
    /// <exception cref="InputException">Slurm is not installed, or refuses the jobs.</exception>
    /// <exception cref="ResultsException">The folder has another sweep, or its jobs are still running.</exception>
    public static int Submit(Streams streams, string output, SweepSpec spec, string engine, ClusterJob job)
    {
        if (!Slurm.Has("sbatch"))
            throw new InputException(
                "sbatch is not on the PATH, so there is no Slurm to submit to; --dry-run prints the scripts, and geometry train "
                    + "with --shard i/N trains a shard under any scheduler"
            );
        // Slurm replaces these characters in the names of log files, which begin with the folder.
        if (Path.GetFullPath(output).AsSpan().ContainsAny('%', '\\'))
            throw new ResultsException($"{output}: Slurm cannot write logs below a folder with % or \\ in its path; choose another --out");
        var folder = new ShardedFolder(output);
        folder.Prepare(spec, engine, job.Shards);
        if (folder.IsReported)
        {
            streams.Out.WriteLine($"{output} is finished, nothing is submitted; its report is {Path.Combine(output, "report.html")}");
            return ExitStatus.Done;
        }
        string[] before = File.Exists(folder.Jobs) ? File.ReadAllLines(folder.Jobs) : [];
        if (Slurm.Alive(before) is { Count: > 0 } alive)
            throw new ResultsException(
                $"{output}: job {string.Join(" and ", alive)} of the last submit still waits or runs; wait for it, or end it with "
                    + $"scancel {string.Join(' ', alive)}"
            );
        job = job with { Pending = folder.IsMerged ? [] : folder.Unfinished(job.Shards) };
        folder.Write(ShardScript, SlurmScripts.Shard(job));
        folder.Write(MergeScript, SlurmScripts.Merge(job));
        List<string> jobs = Submit(folder, job);
        folder.Write("slurm/jobs", string.Concat(jobs.Select(j => j + "\n")));
        string tasks =
            job.Pending.Count == 0
                ? $"every shard is finished; merge job {jobs[^1]}"
                : FormattableString.Invariant(
                    $"array job {jobs[0]} of {job.Pending.Count} task{(job.Pending.Count == 1 ? "" : "s")}, then merge job {jobs[^1]}"
                );
        streams.Out.WriteLine(
            FormattableString.Invariant(
                $"{spec.Name}: {new SweepGrid(spec).Count} runs in {job.Shards} shard{(job.Shards == 1 ? "" : "s")}, {tasks}"
            )
        );
        streams.Out.WriteLine(
            $"watch them with squeue --jobs={string.Join(',', jobs)}; they write to {Path.Combine(output, "logs")}, and "
                + $"{Path.Combine(output, "report.html")} comes last"
        );
        return ExitStatus.Done;
    }

    private static List<string> Submit(ShardedFolder folder, ClusterJob job)
    {
        if (job.Pending.Count == 0)
            return [Slurm.Submit(folder.Root, MergeScript)];
        string array = Slurm.Submit(folder.Root, ShardScript);
        try
        {
            return [array, Slurm.Submit(folder.Root, [.. Behind(array), MergeScript])];
        }
        catch (InputException)
        {
            Slurm.Cancel(array);
            throw;
        }
    }

    /// <summary>The options that start a job after all tasks, and drop it when a task has failed for good.</summary>
    private static string[] Behind(string array) => [$"--dependency=afterok:{array}", "--kill-on-invalid-dep=yes"];
}
