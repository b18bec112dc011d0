using System.Diagnostics;

namespace Geometry.Cli.Tests.Cluster;

/// <summary>Commands of the system.</summary>
internal static class Shell
{
    /// <summary>Runs a command to its end.</summary>
    public static CommandRun Run(string folder, IReadOnlyDictionary<string, string> environment, string command, params string[] words)
    {
        var start = new ProcessStartInfo(command, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>
    /// The results of a sweep: every file but the database, the report and what a submission keeps for itself, with its bytes in
    /// hexadecimal.
    /// </summary>
    public static SortedDictionary<string, string> Results(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file);
            if (name is "results.sqlite" or "report.html" || name.Split('/')[0] is "slurm" or "shards" or "logs")
                continue;
            files.Add(name, Convert.ToHexString(File.ReadAllBytes(file)));
        }
        return files;
    }
}
