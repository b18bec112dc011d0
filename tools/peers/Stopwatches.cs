using System.Diagnostics;
using System.Globalization;

namespace Geometry.Peers;

/// <summary>Wall-clock times of one piece of work, seconds.</summary>
/// <param name="Cold">The first call of the process, compilation and start of threads included.</param>
/// <param name="Least">The least of the calls after the warm-up.</param>
/// <param name="Median">Their median.</param>
/// <param name="Calls">How many calls were made after the warm-up.</param>
internal readonly record struct Stopwatches(double Cold, double Least, double Median, int Calls)
{
    private const int FewestWarmUps = 2;

    /// <summary>A first call of this many seconds has warmed up by itself.</summary>
    private const double LongWarmUp = 2;

    /// <summary>
    /// Times the work: once cold, then for about <paramref name="seconds"/> to warm up, then for as long again, at least three times.
    /// </summary>
    internal static Stopwatches Of(Action work, double seconds)
    {
        double cold = Once(work);
        // Tiered compilation replaces hot code in the background; only what runs after that is steady.
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; cold < LongWarmUp && (i < FewestWarmUps || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds); i++)
            work();
        var times = new List<double>();
        start = Stopwatch.GetTimestamp();
        while (times.Count < 3 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            times.Add(Once(work));
        times.Sort();
        return new Stopwatches(cold, times[0], times[times.Count / 2], times.Count);
    }

    private static double Once(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cold}\t{Least}\t{Median}\t{Calls}");
}
