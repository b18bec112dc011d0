using System.Diagnostics;

namespace Geometry.Fuzz;

/// <summary>
/// Results databases, damaged at random. Every verb that reads one says so in a line or gives what it gave of the undamaged one; <c>label
/// --resume</c> gives the very bytes of a fresh folder, or refuses and leaves what is there.
/// </summary>
internal static class DatabaseCampaign
{
    private static readonly TimeSpan s_due = TimeSpan.FromSeconds(5);

    public static void Run(Campaign campaign, long count, int seed)
    {
        string sweep = Path.Combine(campaign.Scratch, "sweep.npz"),
            more = Path.Combine(campaign.Scratch, "more.npz"),
            good = Path.Combine(campaign.Scratch, "good");
        Require("synth", "pentagon + 2 antipode", "--count", "4", "--sigma", "0.02", "--out", sweep);
        Require("synth", "triangle + dedicated", "--count", "2", "--sigma", "0.5", "--out", more);
        Require("label", sweep, more, "--out", good);
        Require("measure", good, "--what", "topology");
        Require("phase", good);
        string dictionary = Path.Combine(campaign.Scratch, "dictionary.npz"),
            found = Path.Combine(campaign.Scratch, "found");
        Require("synth", "8 pentagon + 8 triangle", "--sigma", "0.05", "--noise-in", "ambient", "--out", dictionary);
        Require("planes", dictionary, "--out", found);
        byte[] planes = File.ReadAllBytes(Path.Combine(found, "results.sqlite"));
        string crowded = File.ReadAllText(Path.Combine(found, "planes.csv")),
            plane = InProcess.Run("inspect", found, "--plane", "0").Out;
        byte[] database = File.ReadAllBytes(Path.Combine(good, "results.sqlite"));
        string labels = File.ReadAllText(Path.Combine(good, "labels.csv")),
            summands = File.ReadAllText(Path.Combine(good, "summands.csv")),
            phases = File.ReadAllText(Path.Combine(good, "phase.csv"));
        string topology = File.ReadAllText(Path.Combine(good, "topology.csv"));
        // Half of the damage is to the pages behind the schema, where rows are.
        int workers = Environment.ProcessorCount;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
        {
            string folder = Path.Combine(campaign.Scratch, FormattableString.Invariant($"out-{worker}")),
                path = Path.Combine(folder, "results.sqlite");
            for (long k = worker; k < count; k += workers)
            {
                var random = new Random(Mutations.Seed(seed, k));
                string verb = (
                    (string[])["resume", "resume", "phase", "report", "measure", "atlas", "conjecture", "resume", "planes", "plane", "map"]
                )[k % 11];
                byte[] original = verb is "planes" or "plane" or "map" ? planes : database;
                byte[] mutant =
                    random.Next(8) == 0
                        ? Mutations.Of(original, original, random)
                        : Mutations.InPlace(original, random.Next(2) == 0 ? 0 : 16384, random);
                InProcess Once()
                {
                    if (Directory.Exists(folder))
                        Directory.Delete(folder, recursive: true);
                    Directory.CreateDirectory(folder);
                    File.WriteAllBytes(path, mutant);
                    return verb switch
                    {
                        "resume" => InProcess.Run("label", sweep, more, "--out", folder, "--resume", "--threads", "1"),
                        "phase" => InProcess.Run("phase", folder),
                        "report" => InProcess.Run("report", folder, "--inputs", campaign.Scratch),
                        "measure" => InProcess.Run("measure", folder, "--what", "topology", "--inputs", campaign.Scratch, "--threads", "1"),
                        "atlas" => InProcess.Run(
                            "atlas",
                            folder,
                            "--out",
                            Path.Combine(folder, "atlas"),
                            "--all",
                            "--starts",
                            "0",
                            "--inputs",
                            campaign.Scratch,
                            "--threads",
                            "1"
                        ),
                        "planes" => InProcess.Run("planes", dictionary, "--out", folder, "--threads", "1"),
                        "plane" => InProcess.Run("inspect", folder, "--plane", "0"),
                        "map" => InProcess.Run("report", folder),
                        _ => InProcess.Run(
                            "conjecture",
                            "--on",
                            folder,
                            "--weights-in",
                            campaign.Scratch,
                            "--draws",
                            "1",
                            "--threads",
                            "1"
                        ),
                    };
                }
                long start = Stopwatch.GetTimestamp();
                InProcess run = Once();
                TimeSpan took = Stopwatch.GetElapsedTime(start);
                if (took > s_due)
                    took = Campaign.Least(took, () => run = Once());
                string what = FormattableString.Invariant($"{verb}, case {k}");
                if (run.Fault is { } fault)
                    campaign.Fail($"{what}: {fault}", mutant, ".sqlite");
                campaign.Judge(what, took, s_due, mutant, ".sqlite");
                bool differs = verb switch
                {
                    "resume" => run.Status == 0 && (Differs("labels.csv", labels) || Differs("summands.csv", summands)),
                    "phase" => run.Status == 0 && Differs("phase.csv", phases),
                    "measure" => run.Status == 0 && Differs("topology.csv", topology),
                    "planes" => run.Status == 0 && Differs("planes.csv", crowded),
                    "plane" => run.Status == 0 && run.Out != plane,
                    _ => false,
                };
                if (differs)
                    campaign.Fail($"{what}: status 0, but other results: {run.Error.Trim()}", mutant, ".sqlite");
                string aside = Path.Combine(folder, "results.damaged.sqlite");
                if (
                    verb == "resume"
                    && run.Status == 2
                    && !File.ReadAllBytes(File.Exists(aside) ? aside : path).AsSpan().SequenceEqual(mutant)
                )
                    campaign.Fail($"{what}: refused, but changed: {run.Error.Trim()}", mutant, ".sqlite");
                campaign.Count(
                    verb
                        + (
                            run.Status == 0
                                ? run.Error.Length > 0
                                    ? " mended"
                                    : " done"
                                : " refused"
                        )
                );
            }

            bool Differs(string name, string expected) =>
                !File.Exists(Path.Combine(folder, name)) || File.ReadAllText(Path.Combine(folder, name)) != expected;
        });
    }

    private static void Require(params string[] args)
    {
        InProcess run = InProcess.Run(args);
        if (run.Status != 0)
            throw new InvalidOperationException($"{string.Join(' ', args)}: {run.Error}");
    }
}
