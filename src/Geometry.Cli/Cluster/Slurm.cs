using System.Diagnostics;
using Geometry.Storage.Files;

namespace Geometry.Cli.Cluster;

/// <summary>Slurm's own commands, found on the PATH.</summary>
internal static class Slurm
{
    /// <summary>Whether a command is on the PATH.</summary>
    public static bool Has(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, command)));

    /// <summary>Submits a script that runs in a folder.</summary>
    /// <param name="folder">The working folder of the job.</param>
    /// <param name="words">Options of sbatch and the script, relative to the folder.</param>
    /// <returns>The job's id.</returns>
    /// <exception cref="InputException">Slurm refuses the job; the message is Slurm's.</exception>
    public static string Submit(string folder, params string[] words)
    {
        (int status, string output, string error) = Run("sbatch", folder, ["--parsable", .. words]);
        // The output is "id", or "id;cluster" on a federation.
        string id = output.Trim().Split(';')[0];
        if (status == 0 && id.Length > 0 && id.All(char.IsAsciiDigit))
            return id;
        throw new InputException(
            FormattableString.Invariant(
                $"sbatch {words[^1]} failed with status {status}: {(error.Length > 0 ? error : output).Trim().ReplaceLineEndings(" ")}"
            )
        );
    }

    /// <summary>Those of some jobs that are waiting or running.</summary>
    public static IReadOnlyList<string> Alive(IEnumerable<string> jobs)
    {
        // One call per job: squeue fails as a whole when it has forgotten one of several.
        return [.. jobs.Where(job => Run("squeue", ".", ["--noheader", "--format=%i", "--jobs=" + job]) is (0, { Length: > 0 }, _))];
    }

    /// <summary>Cancels a job.</summary>
    public static void Cancel(string job) => Run("scancel", ".", [job]);

    private static (int Status, string Output, string Error) Run(string command, string folder, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(command, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InputException($"{command} cannot be started: {e.Message}", e);
        }
    }
}
