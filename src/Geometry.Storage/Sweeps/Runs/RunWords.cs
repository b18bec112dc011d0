namespace Geometry.Storage.Sweeps.Runs;

/// <summary>Which words say what the number behind them counts: runs, or layers of one model.</summary>
internal static class RunWords
{
    private static readonly HashSet<string> s_runs = new(StringComparer.Ordinal)
    {
        "run",
        "runs",
        "model",
        "models",
        "seed",
        "seeds",
        "trial",
        "trials",
        "instance",
        "instances",
        "rep",
        "reps",
        "replica",
        "replicas",
        "replicate",
        "member",
        "members",
        "ensemble",
        "experiment",
        "experiments",
        "exp",
        "config",
        "configs",
        "cell",
        "job",
        "sweep",
        "arr",
        "network",
        "networks",
        "density",
        "densities",
        "sparsity",
        "sparsities",
        "importance",
        "importances",
        "step",
        "steps",
        "epoch",
        "epochs",
        "checkpoint",
        "checkpoints",
        "ckpt",
        "results",
    };

    private static readonly HashSet<string> s_layers = new(StringComparer.Ordinal)
    {
        "layer",
        "layers",
        "block",
        "blocks",
        "h",
        "l",
        "fc",
        "linear",
        "lin",
        "conv",
        "encoder",
        "decoder",
        "enc",
        "dec",
        "net",
        "mlp",
        "seq",
        "module",
        "modules",
        "features",
        "feature",
        "attn",
        "head",
        "heads",
        "stage",
        "res",
        "dense",
        "proj",
        "hidden",
        "transformer",
        "ffn",
        "norm",
        "ln",
        "bn",
        "main",
        "sequential",
        "layout",
        "float",
        "int",
        "bf",
        "fp",
    };

    /// <summary>What a run of a file is counted by when its key says no more than a number.</summary>
    private static readonly HashSet<string> s_counters = new(StringComparer.Ordinal)
    {
        "",
        "run",
        "runs",
        "model",
        "models",
        "instance",
        "instances",
        "arr",
        "trial",
        "trials",
        "member",
        "members",
        "ensemble",
        "network",
        "networks",
        "results",
        "sweep",
        "experiment",
        "experiments",
        "w",
        "weight",
        "weights",
        "b",
        "bias",
    };

    private static readonly Dictionary<string, string> s_singular = new(StringComparer.Ordinal)
    {
        ["seeds"] = "seed",
        ["densities"] = "density",
        ["sparsities"] = "sparsity",
        ["importances"] = "importance",
        ["steps"] = "step",
        ["epochs"] = "epoch",
        ["losses"] = "loss",
        ["runs"] = "run",
        ["models"] = "model",
        ["trials"] = "trial",
        ["instances"] = "instance",
        ["checkpoints"] = "checkpoint",
        ["configs"] = "config",
    };

    /// <summary>Whether the word is one for runs.</summary>
    public static bool IsRun(string word) => s_runs.Contains(word);

    /// <summary>Whether a number behind the word only counts, so that it says nothing beyond the index of the run.</summary>
    public static bool IsCounter(string word) => s_counters.Contains(word);

    /// <summary>The word for one of what it names.</summary>
    public static string Singular(string word) => s_singular.GetValueOrDefault(word, word);

    /// <summary>What a number counts.</summary>
    /// <param name="word">The word in front, in lower case; empty for none.</param>
    /// <param name="before">The character in front.</param>
    /// <param name="level">Whether the number is the whole name of a level of nesting.</param>
    /// <param name="numbered">Whether it stands behind other text of its segment.</param>
    public static RunNumberKind Kind(string word, char before, bool level, bool numbered)
    {
        if (s_layers.Contains(word))
            return RunNumberKind.Layer;
        if (level || IsRun(word) || (before == '=' && word.Length > 0))
            return RunNumberKind.Run;
        // Within dotted module paths a number without such a word counts modules: only one in front can count runs.
        return numbered && before == '.' ? RunNumberKind.Layer : RunNumberKind.Perhaps;
    }
}
