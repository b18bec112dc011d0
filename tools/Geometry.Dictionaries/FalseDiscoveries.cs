using Geometry.Configurations;
using Geometry.Dictionaries;

namespace Geometry.Planted;

/// <summary>
/// The whole search on dictionaries without planes: in how many of them it finds one, by dimension, which is what the rate asked for
/// bounds.
/// </summary>
internal static class FalseDiscoveries
{
    public static void Run(Arguments given)
    {
        int n = given.Whole("features", 1500),
            dim = given.Whole("dim", 64),
            dictionaries = given.Whole("dictionaries", 100),
            seed = given.Whole("seed", 1);
        double[] rates = given.Numbers("fdr", "0.01,0.1,0.5");
        string[] kinds = given.Text("null", "even,spectrum,populations,two-cones").Split(',');
        double anisotropy = given.Number("anisotropy", 0.5);
        given.Finish();
        Console.WriteLine(
            $"{n} directions in {dim} dimensions; dictionaries of {dictionaries} with a plane of 1, 2, 3 dimensions found at each rate"
        );
        Console.WriteLine();
        Console.WriteLine($"| null | {string.Join(" | ", rates)} |");
        Console.WriteLine($"| --- |{string.Concat(rates.Select(_ => " --- |"))}");
        foreach (string kind in kinds)
        {
            var chance = NullDictionary.Of(kind, dim, anisotropy);
            int[][] found = [.. rates.Select(_ => new int[3])];
            Parallel.For(0, dictionaries, i =>
            {
                var random = new Random((seed * 1_000_003) + i);
                var directions = UnitDirections.Of(new FeatureConfiguration(dim, n, chance.Draw(random, n, dim)));
                for (int r = 0; r < rates.Length; r++)
                {
                    DictionaryPlanes planes = PlaneSearch.Find(
                        directions,
                        new PlaneSearchOptions
                        {
                            FalseDiscoveryRate = rates[r],
                            MinFeatures = 2,
                            Threads = 1,
                        }
                    );
                    for (int k = 1; k <= 3; k++)
                    {
                        if (planes.Planes.Any(p => p.Dim == k))
                            Interlocked.Increment(ref found[r][k - 1]);
                    }
                }
            });
            Console.WriteLine($"| {kind} | {string.Join(" | ", found.Select(f => string.Join(", ", f)))} |");
        }
    }
}
