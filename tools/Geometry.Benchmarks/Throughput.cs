using System.Diagnostics;
using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Storage.Sweeps;

namespace Geometry.Benchmarks;

/// <summary>Labelled runs a second: the library on one and on all threads, and `geometry label` from start to exit.</summary>
internal static class Throughput
{
    private const int Rounds = 3,
        Chunk = 256;

    /// <param name="runs">Number of runs.</param>
    /// <param name="file">A sweep to label instead of the made one; null to make one.</param>
    internal static void Print(int runs, string? file)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string folder = Directory.CreateTempSubdirectory("geometry-throughput").FullName,
            root = Root();
        try
        {
            if (file is null)
                SweepMix.Write(Path.Combine(root, "fixtures/sweeps/poster_n5_m2_s0.npz"), file = Path.Combine(folder, "runs.npz"), runs);
            FeatureConfiguration[] all = Read(file);
            Console.WriteLine(
                $"{all.Length} runs, n = {all[0].Features}, m = {all[0].Hidden}, {Environment.ProcessorCount} threads at hand; "
                    + $"{Rounds} rounds"
            );
            Console.WriteLine();
            Console.WriteLine("| | runs a second, by round | µs of CPU a run, last round |");
            Console.WriteLine("| --- | --- | --- |");
            foreach (int threads in new HashSet<int> { 1, Environment.ProcessorCount })
                Library(all, threads);
            Command(
                Path.Combine(root, "src/Geometry.Cli/bin/Release/net10.0/geometry.dll"),
                file,
                Path.Combine(folder, "labelled"),
                all.Length
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>All runs of a sweep file.</summary>
    internal static FeatureConfiguration[] Read(string file)
    {
        using SweepFile sweep = SweepFile.Open(file, new SweepFileOptions());
        return [.. Enumerable.Range(0, sweep.Instances).Select(sweep.ReadConfiguration)];
    }

    /// <summary>The first round is that of a cold process: the compiler is at work too.</summary>
    private static void Library(FeatureConfiguration[] all, int threads)
    {
        var options = new LabelOptions();
        var rates = new List<double>();
        double cpu = 0;
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            int next = 0;
            Thread[] crew = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work))];
            foreach (Thread thread in crew)
                thread.Start();
            foreach (Thread thread in crew)
                thread.Join();
            rates.Add(all.Length / clock.Elapsed.TotalSeconds);
            cpu = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / all.Length;

            void Work()
            {
                for (int from; (from = Interlocked.Add(ref next, Chunk) - Chunk) < all.Length; )
                {
                    for (int i = from; i < Math.Min(from + Chunk, all.Length); i++)
                        LabelPipeline.Label(all[i], options);
                }
            }
        }
        Row($"library, {threads} thread{(threads > 1 ? "s" : "")}", rates, cpu, "");
    }

    /// <summary>Time from start to exit; the processor time and the largest memory are what was last seen while it ran.</summary>
    private static void Command(string program, string file, string folder, int runs)
    {
        var rates = new List<double>();
        double cpu = 0;
        long peak = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            using Process process = Process.Start(
                new ProcessStartInfo("dotnet", [program, "label", file, "--out", folder]) { RedirectStandardOutput = true }
            )!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            while (!process.WaitForExit(20))
            {
                process.Refresh();
                try
                {
                    peak = Math.Max(peak, process.PeakWorkingSet64);
                    cpu = process.TotalProcessorTime.TotalMicroseconds / runs;
                }
                catch (InvalidOperationException)
                {
                    // It ended between the two lines.
                }
            }
            rates.Add(runs / clock.Elapsed.TotalSeconds);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"geometry label ended with {process.ExitCode}: {output.Result}");
        }
        Row("`geometry label`, from start to exit", rates, cpu, $", at most {peak >> 20} MiB");
    }

    private static void Row(string what, List<double> rates, double cpu, string note) =>
        Console.WriteLine(
            $"| {what} | {string.Join(", ", rates.Select(r => r.ToString("N0", CultureInfo.InvariantCulture)))} | {cpu:F1}{note} |"
        );

    /// <summary>The folder of the solution.</summary>
    internal static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Geometry.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("run it from a checkout: Geometry.sln is in no folder above");
    }
}
