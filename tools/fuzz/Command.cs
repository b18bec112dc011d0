using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Geometry.Fuzz;

/// <summary>The command in a process of its own.</summary>
internal static partial class Command
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "geometry.dll");

    /// <summary>Starts it; what it prints is kept until it is asked for.</summary>
    public static Process Start(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [s_program, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static (int Status, string Error) Run(string folder, params string[] args)
    {
        using Process process = Start(folder, args);
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        output.GetAwaiter().GetResult();
        return (process.ExitCode, error.GetAwaiter().GetResult());
    }

    /// <summary>
    /// Waits until a process that was just started hears signals, which on a busy machine takes a while; until then the runtime ends it by
    /// itself, with another status.
    /// </summary>
    public static void AwaitHandlers(Process process)
    {
        string threads = FormattableString.Invariant($"/proc/{process.Id}/task");
        for (int k = 0; k < 1000 && !process.HasExited && Directory.Exists(threads); k++)
        {
            try
            {
                if (Directory.EnumerateDirectories(threads).Any(t => File.ReadAllText(Path.Combine(t, "comm")).Trim() == ".NET SigHandler"))
                    break;
            }
            catch (IOException)
            {
                // A thread that has ended meanwhile.
            }
            Thread.Sleep(10);
        }
        // It is there with the first of the program's two registrations.
        Thread.Sleep(50);
    }

    /// <summary>
    /// Whether more programs wanted to run in the last minute than there are processors, this campaign's own aside: times then say nothing.
    /// </summary>
    public static bool MachineIsBusy() =>
        File.Exists("/proc/loadavg")
        && double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)
            > Environment.ProcessorCount + 1;

    /// <summary>Sends a signal by its name, without the SIG.</summary>
    public static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        kill.WaitForExit();
    }

    /// <summary>
    /// The files below a folder that results are, with their bytes; databases and what is left by a kill are not compared.
    /// </summary>
    public static SortedDictionary<string, string> Results(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return files;
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file);
            // The mark of a merge, which was killed between its last file and taking the mark away.
            if (name == Path.Combine("unfinished", "merge"))
                continue;
            if (
                Path.GetExtension(name) is ".sqlite" or ".tmp" or ".lock" or ".sqlite-journal"
                || name.StartsWith("journal", StringComparison.Ordinal)
            )
                continue;
            files.Add(name, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
        }
        return files;
    }

    /// <summary>
    /// Whether a message is what no command may say: an exception that nobody thought of, or a stack trace. YAML's "unexpected end of
    /// stream" is none.
    /// </summary>
    public static bool IsUnexpected(string message) => Unexpected().IsMatch(message);

    [GeneratedRegex(@"unexpected \w+Exception|\w+Exception: |^   at ", RegexOptions.Multiline)]
    private static partial Regex Unexpected();
}
