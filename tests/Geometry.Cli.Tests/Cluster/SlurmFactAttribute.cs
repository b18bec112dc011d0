using Xunit;

namespace Geometry.Cli.Tests.Cluster;

/// <summary>A test on a real Slurm; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly string[] s_commands = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol"];

    public SlurmFactAttribute()
    {
        string[] missing = [.. s_commands.Where(c => !Folders().Any(f => File.Exists(Path.Combine(f, c))))];
        if (missing.Length > 0)
            Skip = $"no {string.Join(", ", missing)}: install the packages slurm-wlm and munge to run the tests on a real Slurm";
    }

    private static IEnumerable<string> Folders() =>
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/sbin"];
}
