// Dictionaries with planted planes: how many of them `geometry planes` finds, and how long it takes.
//   dotnet run -c Release --project tools/Geometry.Dictionaries [-- key=value …]
// Keys: features, dim, planes, duplicates, cones, cone-cosine, anisotropy, distance (a list joined by commas), sigma, seed, max-plane-dim, threads; out=FILE.npy writes the dictionary instead.
using System.Diagnostics;
using System.Globalization;
using Geometry.Dictionaries;
using Geometry.Planted;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Dictionary<string, string> given = args.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a[1]);
double Number(string key, double fallback) => given.TryGetValue(key, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : fallback;
PlantedOptions options = new();
options = options with
{
    Features = (int)Number("features", options.Features),
    Dim = (int)Number("dim", options.Dim),
    Planes = (int)Number("planes", options.Planes),
    DuplicatePairs = (int)Number("duplicates", options.DuplicatePairs),
    Cones = (int)Number("cones", options.Cones),
    ConeCosine = Number("cone-cosine", options.ConeCosine),
    Anisotropy = Number("anisotropy", options.Anisotropy),
    Sigma = Number("sigma", options.Sigma),
    Seed = (int)Number("seed", options.Seed),
};
var search = new PlaneSearchOptions { MaxPlaneDim = (int)Number("max-plane-dim", 3), Threads = (int)Number("threads", 0) };
if (given.TryGetValue("out", out string? target))
{
    PlantedDictionary made = PlantedDictionary.Make(options with { Distance = Number("distance", options.Distance) });
    using (var file = new BinaryWriter(File.Create(target)))
    {
        // NPY format 1.0: magic, version, length of the header, header padded to a multiple of 64 bytes.
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({options.Features}, {options.Dim}), }}";
        header = header.PadRight(((10 + header.Length + 1 + 63) / 64 * 64) - 10 - 1) + "\n";
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
        file.Write((ushort)header.Length);
        file.Write(System.Text.Encoding.ASCII.GetBytes(header));
        foreach (double weight in made.Weights.Columns) file.Write((float)weight);
    }
    File.WriteAllLines(target + ".planted.txt", made.Planes.Select(p => $"{p.Dim}: {string.Join(' ', p.Features)}"));
    Console.WriteLine($"{target}, and what was planted in {target}.planted.txt");
    return;
}
bool tells = given.ContainsKey("verbose");
Console.WriteLine("| distance | 2-planes recalled | 3-planes recalled | false | features missed | found | ε | cutoff | effective dim | seconds | peak MB |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
foreach (string text in (given.GetValueOrDefault("distance") ?? "0.1,0.2,0.3").Split(','))
{
    PlantedDictionary truth = PlantedDictionary.Make(options with { Distance = double.Parse(text, CultureInfo.InvariantCulture) });
    var clock = Stopwatch.StartNew();
    string last = "";
    DictionaryPlanes found = PlaneSearch.Find(truth.Weights, search with { Progress = !tells ? null : (what, share) =>
    {
        if (what == last) return;
        last = what;
        Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s: {what}");
    } });
    double seconds = clock.Elapsed.TotalSeconds;
    Score score = Score.Of(truth, found);
    Console.WriteLine($"| {(options.Sigma >= 0 ? $"σ {options.Sigma}" : text)} | {score.Recalled[0]}/{options.Planes} | {score.Recalled[1]}/{options.Planes} | {score.False} | {score.Missed} | {found.Planes.Count} ({string.Join('+', found.Tested)} tested) | {found.Epsilon:F3} | {found.Cutoff:F3} ({found.WantedCutoff:F3}) | {found.EffectiveDimension:F0} | {seconds:F1} | {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} |");
    if (tells) foreach ((int dim, int[] features) in truth.Planes.Where(t => !found.Planes.Any(p => p.Dim == t.Dim && 2 * p.Features.Intersect(t.Features).Count() > p.Features.Length && 2 * p.Features.Intersect(t.Features).Count() > t.Features.Length)))
        Console.Error.WriteLine($"missed: dim {dim} of {features.Length} ({string.Join(" ", features)}); found there: {string.Join("; ", found.Planes.Where(p => p.Features.Intersect(features).Count() > 1).Select(p => $"dim {p.Dim} shares {p.Features.Intersect(features).Count()} of {p.Features.Length} rms {p.RmsDegrees:F1} lnp {p.LogP:F0}"))}");
    if (tells) foreach (DictionaryPlane p in found.Planes.Where(p => !truth.Planes.Exists(t => 2 * t.Features.Intersect(p.Features).Count() > p.Features.Length)).Take(5)) Console.Error.WriteLine($"false: dim {p.Dim} count {p.Count} features {p.Features.Length} rms {p.RmsDegrees:F1} lnp {p.LogP:F0} lnq {p.LogQ:F0} {p.Shape}");
}
