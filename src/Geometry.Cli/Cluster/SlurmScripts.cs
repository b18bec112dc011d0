using System.Globalization;
using System.Text;

namespace Geometry.Cli.Cluster;

/// <summary>The two job scripts of a sweep on Slurm: a task of the array, and the job that follows it.</summary>
/// <remarks>
/// Both run in the output folder and name everything relative to it. The only path in them is that of the program, which the shell reads;
/// no path goes through sbatch's quoting.
/// </remarks>
internal static class SlurmScripts
{
    /// <summary>Seconds before the time limit at which a task stops training, stores and asks for another turn.</summary>
    private const int SecondsToStop = 60;

    /// <summary>The array job: each task trains and labels one shard.</summary>
    public static string Shard(ClusterJob job) =>
        $$"""
            #!/bin/bash
            # Trains and labels one shard of the sweep in slurm/spec.yaml. Made by geometry submit.
            # To be submitted in the folder that holds slurm/.
            #SBATCH --job-name={{JobName(job.Name)}}
            #SBATCH --array={{Ranges(job.Pending)}}
            #SBATCH --output=logs/%A_%a.out
            #SBATCH --open-mode=append
            #SBATCH --requeue
            #SBATCH --signal=B:USR1@{{SecondsToStop}}
            {{Lines(job)}}
            geometry=({{Words(job.Program)}})
            shard=${SLURM_ARRAY_TASK_ID:?expected a shard from 1 to {{job.Shards}} in it}
            folder=shards/$shard
            threads=${SLURM_CPUS_PER_TASK:-$SLURM_CPUS_ON_NODE}
            threads=${threads:-1}

            # USR1: the time limit is near. TERM: cancelled, preempted or requeued, and Slurm knows what comes next.
            # Either way finished runs stay.
            child= early= ended=
            trap 'early=1; [ -z "$child" ] || kill -TERM "$child"' USR1
            trap 'ended=1; [ -z "$child" ] || kill -TERM "$child"' TERM

            # Bash hands no signal on, and heeds none while a command runs in the foreground.
            run() {
              local status
              [ -z "$early$ended" ] || return 143
              "${geometry[@]}" "$@" &
              child=$!
              [ -z "$early$ended" ] || kill -TERM "$child"
              while wait "$child"; status=$?; kill -0 "$child" 2>/dev/null; do :; done
              child=
              return "$status"
            }
            progress() { du -sb "$folder"; cksum "$folder/unfinished/block.state"; } 2>/dev/null

            before=$(progress)
            run train slurm/spec.yaml --out "$folder" --shard "$shard/{{job.Shards}}" --resume --threads "$threads" {{Words(
                job.TrainOptions
            )}}
            status=$?
            if [ "$status" -le 1 ] && [ ! -e "$folder/unfinished" ]; then
              run label "$folder" --out "$folder" --resume --threads "$threads" {{Words(job.LabelOptions)}}
              status=$?
              # 1: some runs diverged. The log names them, failures.csv lists them, and nothing is left to do.
              if [ "$status" -le 1 ] && [ -e "$folder/labels.csv" ]; then
                touch "$folder/finished"
                exit 0
              fi
            fi

            echo "shard $shard is not finished: status $status" >&2
            [ -z "$ended" ] || exit "$status"
            if [ "$status" -gt 2 ] && [ -n "$SLURM_ARRAY_JOB_ID" ]; then
              # Killed, or out of time: once more, as long as each turn gets further.
              # By its name in the array: one task has the array's own id.
              if [ "$(progress)" != "$before" ]; then scontrol requeue "${SLURM_ARRAY_JOB_ID}_$shard"
              else echo "no run was finished in this turn; give tasks more time or memory with --sbatch-args" >&2
              fi
            fi
            exit "$status"

            """.ReplaceLineEndings(
            "\n"
        );

    /// <summary>
    /// The job that follows the array: merges, tabulates, reports. When started again, it continues after the last complete step.
    /// </summary>
    public static string Merge(ClusterJob job) =>
        $$"""
            #!/bin/bash
            # Merges the shards, tabulates and reports. Made by geometry submit; to be submitted in the folder that holds slurm/.
            #SBATCH --job-name={{JobName(job.Name)}}-merge
            #SBATCH --output=logs/merge_%j.out
            #SBATCH --open-mode=append
            #SBATCH --requeue
            {{Lines(job)}}
            geometry=({{Words(job.Program)}})
            worst=0
            step() {
              "${geometry[@]}" "$@"
              local status=$?
              # 1: some runs diverged, the rest is done.
              [ "$status" -le 1 ] || exit "$status"
              [ "$status" -le "$worst" ] || worst=$status
            }

            if [ ! -e sweep.yaml ]; then
              parts=()
              for ((i = 1; i <= {{job.Shards}}; i++)); do parts+=("shards/$i"); done
              step merge "${parts[@]}" --out .
            fi
            step phase .
            step report .
            exit "$worst"

            """.ReplaceLineEndings("\n");

    /// <summary>Ascending numbers as Slurm's array ranges: 1, 2, 3, 7 → <c>1-3,7</c>.</summary>
    public static string Ranges(IReadOnlyList<int> numbers)
    {
        var ranges = new StringBuilder();
        for (int start = 0, end; start < numbers.Count; start = end)
        {
            for (end = start + 1; end < numbers.Count && numbers[end] == numbers[end - 1] + 1; end++) { }
            if (start > 0)
                ranges.Append(',');
            ranges.Append(numbers[start].ToString(CultureInfo.InvariantCulture));
            if (end > start + 1)
                ranges.Append('-').Append(numbers[end - 1].ToString(CultureInfo.InvariantCulture));
        }
        return ranges.ToString();
    }

    /// <summary>Quotes a word for the shell: plain words stay, others get single quotes, and single quotes are quoted separately.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_./:=@%+,-".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Lines(ClusterJob job) => string.Concat(job.SbatchLines.Select(l => $"#SBATCH {l}\n"));

    private static string JobName(string name) =>
        "geometry-" + string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
}

/// <summary>The settings of the scripts of a submitted sweep.</summary>
internal sealed record ClusterJob
{
    /// <summary>The sweep's name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of shards, ≥ 1.</summary>
    public required int Shards { get; init; }

    /// <summary>The shards that are still to be trained, ascending, from 1.</summary>
    public required IReadOnlyList<int> Pending { get; init; }

    /// <summary>The words that start this program.</summary>
    public required IReadOnlyList<string> Program { get; init; }

    /// <summary>Options of <c>train</c>, as words, without spec, folder, shard, threads and resumption.</summary>
    public IReadOnlyList<string> TrainOptions { get; init; } = [];

    /// <summary>Options of <c>label</c>, as words, without folder, threads and resumption.</summary>
    public IReadOnlyList<string> LabelOptions { get; init; } = [];

    /// <summary>Further <c>#SBATCH</c> lines of both scripts.</summary>
    public IReadOnlyList<string> SbatchLines { get; init; } = [];

    /// <summary>The words that start this program: the executable, or <c>dotnet</c> with the assembly.</summary>
    /// <param name="process">Path of this process's executable; null when unknown.</param>
    /// <param name="folder">The folder of the program's assemblies.</param>
    public static IReadOnlyList<string> ThisProgram(string? process, string folder) =>
        Path.GetFileNameWithoutExtension(process) switch
        {
            "geometry" => [process!],
            "dotnet" => [process!, Path.Combine(folder, "geometry.dll")],
            _ => ["dotnet", Path.Combine(folder, "geometry.dll")],
        };
}
