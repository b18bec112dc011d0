using System.Diagnostics;
using Geometry.Configurations;
using Geometry.Labels;
namespace Geometry.Recovery;
internal static class FindSpeed
{
    public static void Print()
    {
        foreach ((string f, int hidden, int reps) in new[] { ("pentagon", 2, 20000), ("2 antipode", 2, 20000), ("antipode + dedicated", 2, 20000), ("2 dedicated", 2, 20000), ("triangle + antipode + dedicated", 5, 4000), ("tetrahedron + triangle + 2 antipode + dedicated", 8, 2000), ("simplex-4 + 4 tetrahedron + 2 dedicated", 20, 200) })
        foreach (double sigma in new[] { 0.003, 0.02 })
        {
            var parts = SyntheticParts.Of(FormulaParser.Parse(f));
            FeatureConfiguration[] w = [.. Enumerable.Range(0, 64).Select(t => { var w = SyntheticSum.Make(parts, new SyntheticOptions { Sigma = sigma, Hidden = hidden, Seed = 3 }, t).Configuration; return w; })];
            var options = new LabelOptions();
            double best = 1e9;
            long bytes = 0;
            for (int round = 0; round < 6; round++)
            {
                bytes = GC.GetAllocatedBytesForCurrentThread();
                var clock = Stopwatch.StartNew();
                for (int i = 0; i < reps; i++) LabelPipeline.Label(w[i % 64], options);
                best = Math.Min(best, clock.Elapsed.TotalMicroseconds / reps);
                bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            }
            Console.WriteLine($"{f} σ {sigma}: {best:F2} µs, {bytes / reps} bytes");
        }
    }
}
