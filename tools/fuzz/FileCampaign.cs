using System.Diagnostics;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;

namespace Geometry.Fuzz;

/// <summary>
/// Weight files of every format, damaged at random and read in this process: each is read or refused in one line, within a second and in
/// memory that its size is owed.
/// </summary>
internal static class FileCampaign
{
    private const long MostAllocated = 100L << 20;
    private const int MostLabelled = 24;
    private static readonly TimeSpan s_due = TimeSpan.FromSeconds(1);

    private static readonly SweepFileOptions[] s_options =
    [
        new(),
        new(),
        new() { Weights = "W", Bias = "b" },
        new() { Layout = WeightLayout.HiddenFirst },
        new() { Weights = "state.W", Layout = WeightLayout.FeaturesFirst },
        new() { IsDictionary = true },
    ];

    public static void Run(Campaign campaign, string root, long count, int seed)
    {
        string[] names =
        [
            .. ((string[])["tensors", "tensors/trained", "tensors/people", "tensors/people/sae", "failures", "sweeps"])
                .Select(f => Path.Combine(root, "fixtures", f))
                .Where(Directory.Exists)
                .SelectMany(Directory.GetFiles)
                .Where(f =>
                    !Path.GetFileName(f).StartsWith('.')
                    && Path.GetExtension(f) is not (".md" or ".tsv" or "" or ".py" or ".json")
                    && new FileInfo(f).Length is > 0 and < 70_000
                )
                .Order(StringComparer.Ordinal),
        ];
        byte[][] originals = Array.ConvertAll(names, File.ReadAllBytes);
        int workers = Environment.ProcessorCount;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
        {
            string path = Path.Combine(campaign.Scratch, FormattableString.Invariant($"mutant-{worker}"));
            for (long k = worker; k < count; k += workers)
            {
                var random = new Random(Mutations.Seed(seed, k));
                int of = (int)(k % names.Length);
                byte[] mutant = Mutations.Of(originals[of], originals[random.Next(originals.Length)], random);
                File.WriteAllBytes(path, mutant);
                long resident = Environment.WorkingSet,
                    before = GC.GetAllocatedBytesForCurrentThread(),
                    start = Stopwatch.GetTimestamp();
                string what = FormattableString.Invariant($"{Path.GetFileName(names[of])}, case {k}");
                try
                {
                    UseMatrix(path);
                    campaign.Count(Use(path, s_options[random.Next(s_options.Length)]));
                }
                catch (Exception e) when (e is InputException or UnsupportedRunException or ConvergenceException)
                {
                    if (e.Message.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0)
                        campaign.Fail($"{what}: more than a line: {e.Message}", mutant);
                    campaign.Count("refused");
                }
                catch (Exception e)
                {
                    campaign.Fail($"{what}: {e.GetType().Name}: {e.Message}", mutant);
                }
                TimeSpan took = Stopwatch.GetElapsedTime(start);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (took > s_due)
                    took = Campaign.Least(took, () => Use(path, new SweepFileOptions()));
                campaign.Judge(what, took, s_due, mutant);
                if (allocated <= MostAllocated + (64L * mutant.Length))
                    continue;
                // A library may ask for what a damaged header claims, and never touch it.
                if (Environment.WorkingSet - resident > MostAllocated && Touched(path) > MostAllocated)
                    campaign.Fail(FormattableString.Invariant($"{what}: allocated {allocated >> 20} MB"), mutant);
                else
                    campaign.Note("asked for memory that it did not use");
            }
            File.Delete(path);
        });
    }

    /// <summary>By how much the process grows when a case is read once more, with the memory of earlier cases given back first.</summary>
    private static long Touched(string path)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long before = Environment.WorkingSet;
        try
        {
            Use(path, new SweepFileOptions());
        }
        catch (Exception e) when (e is InputException or UnsupportedRunException or ConvergenceException)
        {
            // Refused, as before.
        }
        return Environment.WorkingSet - before;
    }

    private static string Use(string path, SweepFileOptions options)
    {
        MatrixInputs.Of(new InputFile(path, "mutant"), options.Layout);
        using SweepFile file = SweepFile.Open(path, options);
        for (int i = 0; i < Math.Min(file.Instances, 4); i++)
        {
            FeatureConfiguration w = file.ReadConfiguration(i);
            file.ReadBias(i);
            foreach (string name in file.ParameterNames)
                file.Parameter(name, i);
            if (i == 0 && file.Features <= MostLabelled && file.Hidden <= MostLabelled)
                LabelPipeline.Label(w, new LabelOptions());
        }
        return "read";
    }

    /// <summary>As the one matrix that theory takes for a covariance or a start.</summary>
    private static void UseMatrix(string path)
    {
        try
        {
            MatrixFile.Read(path);
        }
        catch (InputException)
        {
            // Refused, as most sweeps are here.
        }
    }
}
