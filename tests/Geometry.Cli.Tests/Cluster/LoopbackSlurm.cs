using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Geometry.Cli.Tests.Cluster;

/// <summary>A Slurm of one node with two processors that lives as long as this object, or this process if that is shorter.</summary>
internal sealed class LoopbackSlurm : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-slurm-").FullName;
    private readonly Process _script;

    public LoopbackSlurm()
    {
        string script = Path.Combine(RepositoryRules.Repository.Root, "tests/Geometry.Cli.Tests/Cluster/loopback-slurm.sh");
        (int controller, int node) = FreePorts();
        var start = new ProcessStartInfo("bash", [script, _folder, $"{controller}", $"{node}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _script = Process.Start(start)!;
        Task<string> error = _script.StandardError.ReadToEndAsync();
        if (_script.StandardOutput.ReadLine() == "ready")
            return;
        _script.WaitForExit();
        throw new InvalidOperationException($"Slurm did not start: {error.GetAwaiter().GetResult()}");
    }

    /// <summary>The environment that makes Slurm's commands use this Slurm.</summary>
    public string Configuration => Path.Combine(_folder, "slurm.conf");

    /// <summary>Runs one of Slurm's commands and returns what it printed.</summary>
    public string Run(string command, params string[] words)
    {
        CommandRun run = Shell.Run(_folder, new Dictionary<string, string> { ["SLURM_CONF"] = Configuration }, command, words);
        return run.Status == 0 ? run.Out.Trim() : throw new InvalidOperationException($"{command} {string.Join(' ', words)}: {run.Error}");
    }

    /// <summary>State and reason of a waiting or running job, as squeue tells them; empty for others.</summary>
    public string State(string job) =>
        Run("squeue", "--noheader", "--array", "--format=%i %T %r")
            .Split('\n')
            .FirstOrDefault(l => l.StartsWith(job + " ", StringComparison.Ordinal))
        ?? "";

    /// <summary>Waits until something holds.</summary>
    public void Until(string what, Func<bool> holds)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience)
                throw new TimeoutException(
                    $"waited in vain for: {what}\n{Run("squeue")}\n"
                        + $"{string.Join('\n', File.ReadLines(Path.Combine(_folder, "slurmctld.log")).TakeLast(20))}"
                );
            Thread.Sleep(50);
        }
    }

    /// <summary>Starts a requeued job soon; Slurm would wait two minutes. The node accepts a job again after one second.</summary>
    public void StartRequeued(string job)
    {
        Until($"{job} is requeued", () => State(job).Contains("PENDING", StringComparison.Ordinal));
        Run("scontrol", "update", $"JobId={job}", "StartTime=now+2");
    }

    public void Dispose()
    {
        _script.StandardInput.Close();
        _script.WaitForExit();
        _script.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static (int, int) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
