using System.Diagnostics;
using System.Globalization;
using Geometry.Grassmannian;

namespace Geometry.Benchmarks;

/// <summary>
/// The Hough transform at scale: wall time of large transforms, and how near the inner kernel comes to what one core can do.
/// </summary>
/// <remarks>
/// The full scan needs two multiply-adds for each subset and feature, and an absolute value and a maximum that run beside them; four rows
/// share the loads of h and w, which leaves 1.5 vector loads for 2 vector multiply-adds. A core that does one of each a cycle is bound by
/// the multiply-adds, so the roof is the peak of multiply-adds on registers, measured here too.
/// </remarks>
internal static class Roofline
{
    private const int Repeats = 3;

    /// <summary>Runs the transforms and prints two tables in Markdown.</summary>
    internal static void Print()
    {
        double peak = Peak.MultiplyAdds<double>();
        Line($"peak of one core, measured: {peak / 1e9:f1}·10⁹ multiply-adds a second in double precision");
        Line($"");
        Line($"| full scan, one thread | subsets | seconds | 10⁹ multiply-adds/s | share of peak |");
        Line($"| --- | --- | --- | --- | --- |");
        foreach ((int n, int m) in new[] { (200, 6), (400, 8) })
        {
            double seconds = Seconds(n, m, 0.005, threads: 1),
                subsets = KSubsets.Binomial(n, 3),
                rate = 2 * subsets * n / seconds;
            Line($"| n = {n}, m = {m}, K = 3, crowded | {subsets:0} | {seconds:f3} | {rate / 1e9:f1} | {rate / peak:p0} |");
        }
        Line($"");
        Line($"| transform, {Environment.ProcessorCount} threads | subsets | seconds | peak memory |");
        Line($"| --- | --- | --- | --- |");
        foreach ((int n, int m) in new[] { (400, 8), (400, 30), (1000, 60) })
        {
            double seconds = Seconds(n, m, m < 10 ? 0.005 : 0.1, threads: 0),
                subsets = KSubsets.Binomial(n, 3);
            Line($"| n = {n}, m = {m}, K = 3 | {subsets:0} | {seconds:f2} | {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB |");
        }
    }

    private static double Seconds(int n, int m, double epsilon, int threads)
    {
        double[] x = Inputs.Directions(m, n, n);
        var options = new HoughOptions
        {
            MinPlaneDim = 3,
            MaxPlaneDim = 3,
            Epsilon = epsilon,
            Threads = threads,
        };
        return Best(() => HoughTransform.Planes(x, m, n, options));
    }

    private static double Best(Action work)
    {
        double best = double.PositiveInfinity;
        for (int r = 0; r <= Repeats; r++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
