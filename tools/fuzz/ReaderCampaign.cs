using System.Diagnostics;
using System.Globalization;
using Geometry.Configurations;
using Geometry.Storage.Sweeps;

namespace Geometry.Fuzz;

/// <summary>Files that NumPy and PyTorch wrote, read here and there: every weight of every instance is the same bits. Skipped where Python lacks NumPy.</summary>
internal static class ReaderCampaign
{
    public static void Run(Campaign campaign, string root, long count, int seed)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(root, "tools", "fuzz", "readers.py"), campaign.Scratch, $"{count}", $"{seed}"]) { RedirectStandardError = true };
        string error;
        int status;
        try
        {
            using Process python = Process.Start(start)!;
            error = python.StandardError.ReadToEnd();
            python.WaitForExit();
            status = python.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            (status, error) = (1, e.Message);
        }
        if (status != 0)
        {
            Console.WriteLine($"readers: skipped: {error.Trim().Split('\n')[^1]}");
            return;
        }
        // Each line: file, key, layout, instances, hidden, features, and a hash of all weights as doubles, instance by instance, m×n row-major.
        foreach (string[] line in File.ReadLines(Path.Combine(campaign.Scratch, "manifest.tsv")).Select(l => l.Split('\t')))
        {
            string path = Path.Combine(campaign.Scratch, line[0]);
            var options = new SweepFileOptions { Weights = line[1], Layout = line[2] == "features-first" ? WeightLayout.FeaturesFirst : WeightLayout.HiddenFirst };
            try
            {
                using SweepFile file = SweepFile.Open(path, options);
                string found = FormattableString.Invariant($"{file.Instances}\t{file.Hidden}\t{file.Features}\t{Sum(file):x16}"), expected = string.Join('\t', line[3..]);
                if (found != expected) campaign.Fail($"{line[0]}: read {found}, expected {expected}", File.ReadAllBytes(path), Path.GetExtension(path));
            }
            catch (InputException e)
            {
                campaign.Fail($"{line[0]}: {e.Message}", File.ReadAllBytes(path), Path.GetExtension(path));
            }
            campaign.Count(Path.GetExtension(path).TrimStart('.').ToLower(CultureInfo.InvariantCulture));
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
                for (int f = 0; f < w.Features; f++) sum = (sum * 1_000_003) + BitConverter.DoubleToUInt64Bits(w.Column(f)[j]);
            }
        }
        return sum;
    }
}
