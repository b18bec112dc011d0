using System.Diagnostics;
using Geometry.Configurations;
using Geometry.Dictionaries;

namespace Geometry.Peers;

/// <summary>The whole search for planes in a dictionary, and the part of it that streams the Gram matrix.</summary>
internal static class DictionarySide
{
    /// <summary>
    /// Seconds of the search and of its pairs alone (the least of some calls), then pairs, their least cosine, near-copies, planes, and the
    /// peak of memory in MB.
    /// </summary>
    internal static (double Search, double Pairs, DictionaryPlanes Found, long Megabytes) Run(
        double[] columns,
        int n,
        int m,
        int threads,
        double seconds
    )
    {
        var directions = UnitDirections.Of(new FeatureConfiguration(m, n, columns));
        (double search, double pairs, DictionaryPlanes? found) = (double.PositiveInfinity, double.PositiveInfinity, null);
        long start = Stopwatch.GetTimestamp();
        do
        {
            double begun = 0,
                ended = 0;
            var clock = Stopwatch.StartNew();
            found = PlaneSearch.Find(
                directions,
                new PlaneSearchOptions
                {
                    Threads = threads,
                    Progress = (what, _) =>
                    {
                        if (what == "pairs" && begun == 0)
                            begun = clock.Elapsed.TotalSeconds;
                        if (what == "pairs")
                            ended = clock.Elapsed.TotalSeconds;
                    },
                }
            );
            search = Math.Min(search, clock.Elapsed.TotalSeconds);
            pairs = Math.Min(pairs, ended - begun);
        } while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return (search, pairs, found, Process.GetCurrentProcess().PeakWorkingSet64 >> 20);
    }
}
