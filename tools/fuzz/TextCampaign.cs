using System.Diagnostics;
using System.Text;
using Geometry.Atlas;
using Geometry.Storage.Sweeps;
using Geometry.Training.Conjecture;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Fuzz;

/// <summary>Specs, parameter tables and atlases, damaged at random: each is read or refused in one line; a spec that is read is the same once it was written and read again.</summary>
internal static class TextCampaign
{
    private static readonly TimeSpan s_due = TimeSpan.FromSeconds(1);

    private const string Table = "source,instance,lr,note\na.npz,0,0.5,\"x, \"\"y\"\"\"\na.npz,1,1e-3,\nb/c.npz,0,,z\n";
    private const string Conjecture = "formulas: [pentagon + antipode, 2 triangle]\nsigmas: { logspace: [0.001, 0.1, 5] }\nnoise_in: [summand, ambient]\nmethods: [gram]\ntrials: 10\nhidden: 6\nnorm_spread: 0.1\nseed: 3\n";

    public static void Run(Campaign campaign, string root, long count, int seed)
    {
        string[] specs = [.. Directory.GetFiles(Path.Combine(root, "fixtures", "specs"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        string atlas = AtlasText.Write(new FormAtlas([.. FormAtlas.BuiltIn.Forms.Take(2)], "fuzz"));
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, k =>
        {
            var random = new Random(Mutations.Seed(seed, k));
            (string kind, string original, Func<string, string?> use) = (k % 6) switch
            {
                0 => ("table", Table, UseTable),
                1 => ("conjecture", Conjecture, UseConjecture),
                2 => ("atlas", atlas, UseAtlas),
                _ => ("spec", specs[random.Next(specs.Length)], (Func<string, string?>)UseSpec),
            };
            string mutant = Mutations.Of(original, random);
            long start = Stopwatch.GetTimestamp();
            try
            {
                if (use(mutant) is { } wrong) campaign.Fail($"{kind}, case {k}: {wrong}", Encoding.UTF8.GetBytes(mutant), ".txt");
                campaign.Count(kind + " read");
            }
            catch (Exception e) when (e is SpecException or InputException || (e is FormatException && kind == "atlas"))
            {
                if (e.Message.AsSpan().IndexOfAny('\n', '\r') >= 0) campaign.Fail($"{kind}, case {k}: more than a line: {e.Message}", Encoding.UTF8.GetBytes(mutant), ".txt");
                campaign.Count(kind + " refused");
            }
            catch (Exception e)
            {
                campaign.Fail($"{kind}, case {k}: {e.GetType().Name}: {e.Message}", Encoding.UTF8.GetBytes(mutant), ".txt");
            }
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took > s_due) took = Campaign.Least(took, () => use(mutant));
            if (took > s_due) campaign.Fail(FormattableString.Invariant($"{kind}, case {k}: took {took.TotalSeconds:0.0} s"), Encoding.UTF8.GetBytes(mutant), ".txt");
        });
    }

    private static string? UseSpec(string text)
    {
        SweepSpec spec = SweepSpec.Parse(text);
        string written = spec.ToYaml(), again = SweepSpec.Parse(written).ToYaml();
        if (again != written) return "it is another spec once it was written and read";
        var grid = new SweepGrid(spec);
        if (grid.Count > 0) grid.Run(grid.Count - 1);
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
        foreach ((string source, int instance) in table.Keys) table.Find(source, instance);
        return null;
    }

    private static string? UseAtlas(string text)
    {
        AtlasText.Read(Encoding.UTF8.GetBytes(text), "atlas.yaml").Catalogue();
        return null;
    }
}
