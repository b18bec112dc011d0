namespace Geometry.Planted;

/// <summary>
/// The table of a calibration: for each p the share of tries of chance with a p as small, over it; 1 is exact, below 1 is cautious.
/// </summary>
internal static class Calibrate
{
    public static void Run(Arguments given)
    {
        string kind = given.Text("null", "spectrum");
        int n = given.Whole("features", 1500),
            dim = given.Whole("dim", 64),
            tries = given.Whole("tries", 400),
            replicas = given.Whole("dictionaries", 40),
            seed = given.Whole("seed", 1);
        double anisotropy = given.Number("anisotropy", 0.5);
        int[] dims = [.. given.Numbers("k", kind == "cones" ? "2,3" : "1,2,3").Select(x => (int)x)];
        double cosine = given.Number("cone-cosine", 0.85);
        given.Finish();
        Console.WriteLine(
            $"null {kind}{(kind == "spectrum" ? $" {anisotropy}" : kind == "cones" ? $" {cosine}" : "")}: "
                + $"{(kind == "cones" ? "directions in families of twelve" : $"{n} directions")} in {dim} dimensions, {replicas} "
                + $"dictionaries of {tries} tries; share of tries with p ≤ t, over t"
        );
        Console.WriteLine();
        Console.WriteLine($"| k | {string.Join(" | ", Calibration.Thresholds.Select(t => t.ToString("0e0")))} |");
        Console.WriteLine($"| --- |{string.Concat(Calibration.Thresholds.Select(_ => " --- |"))}");
        foreach (int k in dims)
        {
            double[][] results = new double[replicas][];
            Parallel.For(0, replicas, i =>
            {
                int own = (seed * 1_000_003) + (k * 10_007) + i;
                results[i] =
                    kind == "cones"
                        ? new ConeCalibration(cosine, dim, k, tries).Replica(own)
                        : new Calibration(NullDictionary.Of(kind, dim, anisotropy), n, dim, k, tries).Replica(own);
            });
            Row($"{k}", results);
        }
    }

    private static void Row(string name, double[][] replicas)
    {
        Console.Write($"| {name} |");
        for (int t = 0; t < Calibration.Thresholds.Length; t++)
        {
            double mean = replicas.Average(r => r[t]),
                error = Math.Sqrt(replicas.Sum(r => Math.Pow(r[t] - mean, 2)) / replicas.Length / (replicas.Length - 1));
            Console.Write($" {mean:F2} ± {error:F2} |");
        }
        Console.WriteLine();
    }
}
