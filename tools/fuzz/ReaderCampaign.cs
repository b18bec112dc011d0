using System.Diagnostics;
using System.Globalization;
using Geometry.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;

namespace Geometry.Fuzz;

/// <summary>
/// Files that NumPy and PyTorch wrote, read here and there: every weight of every instance is the same bits. Skipped where Python lacks
/// NumPy.
/// </summary>
internal static class ReaderCampaign
{
    public static void Run(Campaign campaign, string root, long count, int seed)
    {
        if (Python(Path.Combine(root, "tools", "fuzz", "readers.py"), campaign.Scratch, $"{count}", $"{seed}") is { } error)
        {
            Console.WriteLine($"readers: skipped: {error}");
            return;
        }
        // Each line: file, key, layout, instances, hidden, features, and a hash of all weights as doubles, instance by instance, m×n
        // row-major.
        foreach (string[] line in File.ReadLines(Path.Combine(campaign.Scratch, "manifest.tsv")).Select(l => l.Split('\t')))
        {
            string path = Path.Combine(campaign.Scratch, line[0]);
            var options = new SweepFileOptions
            {
                Weights = line[1],
                Layout = line[2] == "features-first" ? WeightLayout.FeaturesFirst : WeightLayout.HiddenFirst,
            };
            try
            {
                using SweepFile file = SweepFile.Open(path, options);
                string found = FormattableString.Invariant($"{file.Instances}\t{file.Hidden}\t{file.Features}\t{Sum(file):x16}"),
                    expected = string.Join('\t', line[3..]);
                if (found != expected)
                    campaign.Fail($"{line[0]}: read {found}, expected {expected}", File.ReadAllBytes(path), Path.GetExtension(path));
            }
            catch (InputException e)
            {
                campaign.Fail($"{line[0]}: {e.Message}", File.ReadAllBytes(path), Path.GetExtension(path));
            }
            campaign.Count(Path.GetExtension(path).TrimStart('.').ToLower(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Runs a script of this folder; null when it did its work, else why not.</summary>
    public static string? Python(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [script, .. arguments]) { RedirectStandardError = true };
        try
        {
            using Process python = Process.Start(start)!;
            string error = python.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0 ? null : error.Trim().Split('\n')[^1];
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }

    private static ulong Sum(SweepFile file)
    {
        ulong sum = 0;
        for (int i = 0; i < file.Instances; i++)
        {
            FeatureConfiguration w = file.ReadConfiguration(i);
            for (int j = 0; j < w.Hidden; j++)
            {
                for (int f = 0; f < w.Features; f++)
                    sum = (sum * 1_000_003) + BitConverter.DoubleToUInt64Bits(w.Column(f)[j]);
            }
        }
        return sum;
    }
}
