using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Geometry.Atlas;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Training.Conjecture;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Fuzz;

/// <summary>
/// Specs, parameter tables and atlases, damaged at random: each is read or refused in one line; a spec that is read is the same once it was
/// written and read again.
/// </summary>
internal static partial class TextCampaign
{
    private const int Interrupted = 130;
    private static readonly TimeSpan s_due = TimeSpan.FromSeconds(1),
        s_patience = TimeSpan.FromSeconds(0.3);

    private const string Table = "source,instance,lr,note\na.npz,0,0.5,\"x, \"\"y\"\"\"\na.npz,1,1e-3,\nb/c.npz,0,,z\n";
    private const string Conjecture =
        "formulas: [pentagon + antipode, 2 triangle]\nsigmas: { logspace: [0.001, 0.1, 5] }\nnoise_in: [summand, ambient]\nmethods: "
        + "[gram]\ntrials: 10\nhidden: 6\nnorm_spread: 0.1\nseed: 3\n";

    /// <summary>Command lines of theory, which take axes and rules.</summary>
    private static readonly string[] s_theories =
    [
        "phases --features 2 --hidden 1 --density 0.5,0.1 --importance { logspace: [0.1, 10, 5] }",
        "polygons --features 5 --transitions --samples 10,100,1000",
        "linear --hidden 2 --features 5 --density 0.3 --importance { decay: 0.9 }",
        "linear --hidden 1 --spectrum 3,2,1",
        "gains --density { linspace: [0.05, 0.5, 3] } --shapes pentagon,antipode",
        "u-and --neurons 16,32 --features 6 --active 2 --readoff constructed,affine",
        "ground-states --hidden 2 --features 3 --starts 4",
    ];

    public static void Run(Campaign campaign, string root, long count, int seed)
    {
        string[] specs =
        [
            .. Directory.GetFiles(Path.Combine(root, "fixtures", "specs"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText),
        ];
        string atlas = AtlasText.Write(new FormAtlas([.. FormAtlas.BuiltIn.Forms.Take(2)], "fuzz"));
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, k =>
        {
            var random = new Random(Mutations.Seed(seed, k));
            (string kind, string original, Func<string, string?> use) = (k % 7) switch
            {
                6 => ("theory", s_theories[random.Next(s_theories.Length)], UseTheory),
                0 => ("table", Table, UseTable),
                1 => ("conjecture", Conjecture, UseConjecture),
                2 => ("atlas", atlas, UseAtlas),
                _ => ("spec", specs[random.Next(specs.Length)], (Func<string, string?>)UseSpec),
            };
            string mutant = Mutations.Of(original, random);
            long start = Stopwatch.GetTimestamp();
            try
            {
                if (use(mutant) is { } wrong)
                    campaign.Fail($"{kind}, case {k}: {wrong}", Encoding.UTF8.GetBytes(mutant), ".txt");
                campaign.Count(kind + " read");
            }
            catch (Exception e) when (e is SpecException or InputException || (e is FormatException && kind == "atlas"))
            {
                if (e.Message.AsSpan().IndexOfAny('\n', '\r') >= 0)
                    campaign.Fail($"{kind}, case {k}: more than a line: {e.Message}", Encoding.UTF8.GetBytes(mutant), ".txt");
                campaign.Count(kind + " refused");
            }
            catch (Exception e)
            {
                campaign.Fail($"{kind}, case {k}: {e.GetType().Name}: {e.Message}", Encoding.UTF8.GetBytes(mutant), ".txt");
            }
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took > s_due)
                took = Campaign.Least(took, () => use(mutant));
            campaign.Judge($"{kind}, case {k}", took, s_due, Encoding.UTF8.GetBytes(mutant), ".txt");
        });
    }

    private static string? UseSpec(string text)
    {
        SweepSpec spec = SweepSpec.Parse(text);
        string written = spec.ToYaml(),
            again = SweepSpec.Parse(written).ToYaml();
        if (again != written)
            return "it is another spec once it was written and read";
        var grid = new SweepGrid(spec);
        if (grid.Count > 0)
            grid.Run(grid.Count - 1);
        return null;
    }

    private static string? UseConjecture(string text)
    {
        ConjectureSpecReader.Read(text);
        return null;
    }

    private static string? UseTable(string text)
    {
        ParameterTable table = ParameterTable.Parse(text);
        foreach ((string source, int instance) in table.Keys)
            table.Find(source, instance);
        return null;
    }

    /// <summary>
    /// Runs the command, which Ctrl+C ends after a while: a changed number may ask for much work. What it writes is thrown away.
    /// </summary>
    private static string? UseTheory(string text)
    {
        string[] words = [.. Words().Matches(text).Select(m => m.Value)];
        if (Array.Exists(words, w => w is "--figure" or "--out" or "--flow" || w.StartsWith('@')))
            return null;
        string path = Path.Combine(
            Path.GetTempPath(),
            FormattableString.Invariant($"geometry-theory-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.csv")
        );
        using var stop = new CancellationTokenSource(s_patience);
        InProcess run = InProcess.Run(["theory", .. words, "--out", path], stop.Token);
        File.Delete(path);
        return run.Status == Interrupted && stop.IsCancellationRequested ? null : run.Fault;
    }

    private static string? UseAtlas(string text)
    {
        AtlasText.Read(Encoding.UTF8.GetBytes(text), "atlas.yaml").Catalogue();
        return null;
    }

    [GeneratedRegex(@"\{[^}]*\}|\S+")]
    private static partial Regex Words();
}
