using System.Diagnostics;

namespace Geometry.Fuzz;

/// <summary>
/// Full disks and read-only folders, in a small file system of this campaign's own, and two processes on one folder. A verb that cannot
/// write says so in a line; what was there stays as it was; once there is room the results are those of a disk that was never full. Without
/// the right to mount, the first part is skipped.
/// </summary>
internal static class DiskCampaign
{
    private const int SmallestKilobytes = 64,
        LargestKilobytes = 1200;

    public static void Run(Campaign campaign, long count, int seed)
    {
        string inputs = Path.Combine(campaign.Scratch, "sums");
        Directory.CreateDirectory(inputs);
        for (int k = 0; k < 3; k++)
            Command.Run(
                campaign.Scratch,
                "synth",
                "pentagon + 2 antipode",
                "--count",
                "150",
                "--sigma",
                "0.05",
                "--seed",
                $"{k}",
                "--out",
                Path.Combine(inputs, $"{k}.npz")
            );
        Command.Run(campaign.Scratch, "label", "sums", "--out", "whole");
        SortedDictionary<string, string> expected = Command.Results(Path.Combine(campaign.Scratch, "whole"));
        Two(campaign, expected, count);
        string disk = Path.Combine(campaign.Scratch, "disk");
        Directory.CreateDirectory(disk);
        var random = new Random(seed);
        for (long k = 0; k < count; k++)
        {
            int kilobytes = random.Next(SmallestKilobytes, LargestKilobytes);
            if (!Mount("-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", disk))
            {
                Console.WriteLine("disk: full disks are skipped: no right to mount a file system");
                return;
            }
            try
            {
                Full(campaign, disk, expected, FormattableString.Invariant($"round {k}, {kilobytes} kB"), random);
            }
            finally
            {
                using Process unmount = Process.Start("umount", [disk])!;
                unmount.WaitForExit();
            }
        }
    }

    private static void Full(Campaign campaign, string disk, SortedDictionary<string, string> expected, string what, Random random)
    {
        string output = Path.Combine(disk, "out");
        Directory.CreateDirectory(output);
        string[] words = random.Next(3) switch
        {
            0 => ["run", "poster", "--out", output],
            1 => ["synth", "2 pentagon", "--count", "5000", "--out", Path.Combine(output, "sums.npz")],
            _ => ["label", "sums", "--out", output],
        };
        (int status, string error) = Command.Run(campaign.Scratch, words);
        Judge(campaign, $"{words[0]} on a full disk, {what}", status, error);
        campaign.Count($"{words[0]} on a full disk, status {status}");
        if (words[0] == "label" && status != 0)
        {
            if (!Mount("-o", "remount,size=64m", disk))
                return;
            (status, error) = Command.Run(campaign.Scratch, "label", "sums", "--out", output, "--resume");
            if (status != 0 || !Command.Results(output).SequenceEqual(expected))
                campaign.Fail($"label after a full disk, {what}: status {status}, {error}, or other results");
        }
        if (!Mount("-o", "remount,ro", disk))
            return;
        foreach (
            string[] verb in (string[][])
                [
                    ["label", "sums", "--out", output],
                    ["phase", output],
                    ["report", output],
                    ["train", "poster", "--out", output],
                    ["synth", "pentagon", "--out", Path.Combine(output, "p.npz")],
                ]
        )
        {
            (status, error) = Command.Run(campaign.Scratch, verb);
            Judge(campaign, $"{verb[0]} on a read-only disk, {what}", status, error);
            if (status == 0)
                campaign.Fail($"{verb[0]} on a read-only disk, {what}: status 0");
            campaign.Count($"{verb[0]} on a read-only disk");
        }
    }

    /// <summary>
    /// Two processes label into one folder at once: one of them does, the other waits for nobody, and the results are whole.
    /// </summary>
    private static void Two(Campaign campaign, SortedDictionary<string, string> expected, long count)
    {
        string output = Path.Combine(campaign.Scratch, "shared");
        for (long k = 0; k < count; k++)
        {
            if (Directory.Exists(output))
                Directory.Delete(output, recursive: true);
            Task<(int Status, string Error)>[] both =
            [
                .. Enumerable.Range(0, 2).Select(_ => Task.Run(() => Command.Run(campaign.Scratch, "label", "sums", "--out", output))),
            ];
            Task.WaitAll(both);
            foreach ((int status, string error) in both.Select(b => b.Result))
            {
                Judge(campaign, FormattableString.Invariant($"two processes, round {k}"), status, error);
                if (status != 0 && !error.Contains("another geometry process", StringComparison.Ordinal))
                    campaign.Fail($"two processes: {error}");
            }
            if (both.All(b => b.Result.Status != 0))
                campaign.Fail("two processes: neither did it");
            if (!Command.Results(output).SequenceEqual(expected))
                campaign.Fail("two processes: other results");
            campaign.Count("two processes");
        }
    }

    private static void Judge(Campaign campaign, string what, int status, string error)
    {
        if (status is not (0 or 1 or 2) || Command.IsUnexpected(error))
            campaign.Fail($"{what}: status {status}: {error}");
    }

    private static bool Mount(params string[] words)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("mount", words) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
