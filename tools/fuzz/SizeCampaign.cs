using System.Diagnostics;
using System.Globalization;
using Geometry.Storage.Sweeps;

namespace Geometry.Fuzz;

/// <summary>
/// Files of one, two, four and eight times a size, read whole in this process: the time is linear in the size. Skipped where Python lacks
/// NumPy.
/// </summary>
internal static class SizeCampaign
{
    private const int Largest = 8;

    /// <summary>Most that a byte of the largest file may take, in times of a byte of the smallest.</summary>
    private const double Slack = 2;

    public static void Run(Campaign campaign, string root, long tries)
    {
        if (ReaderCampaign.Python(Path.Combine(root, "tools", "fuzz", "sizes.py"), campaign.Scratch) is { } error)
        {
            Console.WriteLine($"sizes: skipped: {error}");
            return;
        }
        foreach (
            IGrouping<string, string> files in Directory
                .GetFiles(campaign.Scratch, "*-*")
                .GroupBy(f => Path.GetFileName(f)[..Path.GetFileName(f).LastIndexOf('-')])
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            // The code is compiled, and the file in the cache, once it has been read.
            (int Times, double Megabytes, double Seconds)[] sizes =
            [
                .. files
                    .Select(f =>
                        (
                            int.Parse(f.AsSpan(f.LastIndexOf('-') + 1), CultureInfo.InvariantCulture),
                            new FileInfo(f).Length / 1e6,
                            Least(f, tries)
                        )
                    )
                    .OrderBy(s => s.Item1),
            ];
            string times = string.Join(", ", sizes.Select(s => FormattableString.Invariant($"{s.Megabytes:0.0} MB {s.Seconds:0.000} s")));
            double growth = sizes[^1].Seconds / sizes[^1].Megabytes / (sizes[0].Seconds / sizes[0].Megabytes);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"sizes: {files.Key}: {times}; a byte of the largest takes {growth:0.00} of one of the smallest"
                )
            );
            if (sizes.Length != 4 || sizes[^1].Times != Largest || growth > Slack)
                campaign.Fail($"{files.Key}: {times}");
            campaign.Count(files.Key);
        }
    }

    private static double Least(string path, long tries)
    {
        double least = double.PositiveInfinity;
        for (long k = 0; k <= tries; k++)
        {
            long start = Stopwatch.GetTimestamp();
            using (SweepFile file = SweepFile.Open(path, new SweepFileOptions()))
            {
                for (int i = 0; i < file.Instances; i++)
                    file.ReadConfiguration(i);
            }
            if (k > 0)
                least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return least;
    }
}
