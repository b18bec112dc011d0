using System.Diagnostics;
using Geometry.Dictionaries;

namespace Geometry.Planted;

/// <summary>How many planted planes are found, by how far the features lie from them: a Markdown table.</summary>
internal static class Recall
{
    public static void Run(Arguments given)
    {
        PlantedOptions options = Dictionary(given);
        double[] sigmas = given.Text("sigma", "") is { Length: > 0 } ? given.Numbers("sigma", "") : [];
        double[] distances = given.Numbers("distance", sigmas.Length > 0 ? "-1" : "0.1,0.2,0.3");
        var search = new PlaneSearchOptions
        {
            MaxPlaneDim = given.Whole("max-plane-dim", 3),
            Threads = given.Whole("threads", 0),
            Epsilon = given.Number("epsilon", 0),
        };
        bool tells = given.Text("verbose", "0") == "1";
        given.Finish();
        Console.WriteLine(
            "| distance | 2-planes recalled | 3-planes recalled | false | found | features missed | ε | least cosine (wanted) | "
                + "tested | effective dim | wall s | processor s | peak MB |"
        );
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (
            PlantedOptions one in distances
                .Where(d => d >= 0)
                .Select(d => options with { Distance = d })
                .Concat(sigmas.Select(s => options with { Sigma = s }))
        )
        {
            PlantedDictionary truth = PlantedDictionary.Make(one);
            Process own = Process.GetCurrentProcess();
            TimeSpan before = own.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            DictionaryPlanes found = PlaneSearch.Find(truth.Weights, search with { Progress = tells ? Told(clock) : null });
            double wall = clock.Elapsed.TotalSeconds;
            own.Refresh();
            Score score = Score.Of(truth, found);
            Console.WriteLine(
                $"| {(one.Sigma >= 0 ? $"σ = {one.Sigma}: {Math.Sin(Math.Atan(one.Sigma * Math.Sqrt(one.Dim - 2))):F2}" : one.Distance)} "
                    + $"| {score.Recalled[0]} of {one.Planes} | {score.Recalled[1]} of {one.Planes} | {score.False} | "
                    + $"{found.Planes.Count} | {score.Missed} | {found.Epsilon:F3} "
                    + $"| {found.Cutoff:F3} ({found.WantedCutoff:F3}) | {string.Join(" + ", found.Tested)} | {found.EffectiveDimension:F0} "
                    + $"| {wall:F1} | {(own.TotalProcessorTime - before).TotalSeconds:F1} | {own.PeakWorkingSet64 >> 20} |"
            );
        }
    }

    /// <summary>The keys of a planted dictionary.</summary>
    public static PlantedOptions Dictionary(Arguments given)
    {
        var options = new PlantedOptions();
        return options with
        {
            Features = given.Whole("features", options.Features),
            Dim = given.Whole("dim", options.Dim),
            Planes = given.Whole("planes", options.Planes),
            DuplicatePairs = given.Whole("duplicates", options.DuplicatePairs),
            Cones = given.Whole("cones", options.Cones),
            ConeCosine = given.Number("cone-cosine", options.ConeCosine),
            Anisotropy = given.Number("anisotropy", options.Anisotropy),
            Seed = given.Whole("seed", options.Seed),
        };
    }

    private static Action<string, double> Told(Stopwatch clock)
    {
        string last = "";
        return (what, _) =>
        {
            if (what == last)
                return;
            last = what;
            Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s: {what}");
        };
    }
}
