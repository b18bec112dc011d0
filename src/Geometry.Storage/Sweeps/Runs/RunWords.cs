namespace Geometry.Storage.Sweeps.Runs;

/// <summary>Words that decide whether the number behind them counts runs or layers of one model.</summary>
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

    /// <summary>Words that only count runs: the number behind them is an index without a meaning of its own.</summary>
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

    /// <summary>Whether a number behind the word is only the index of the run.</summary>
    public static bool IsCounter(string word) => s_counters.Contains(word);

    /// <summary>The singular of a word.</summary>
    public static string Singular(string word) => s_singular.GetValueOrDefault(word, word);

    /// <summary>Whether a number counts layers or runs.</summary>
    /// <param name="word">The word before it, in lower case; empty for none.</param>
    /// <param name="before">The character before it.</param>
    /// <param name="level">Whether the number is the whole name of a level of nesting.</param>
    /// <param name="numbered">Whether other text of its segment stands before it.</param>
    public static RunNumberKind Kind(string word, char before, bool level, bool numbered)
    {
        if (s_layers.Contains(word))
            return RunNumberKind.Layer;
        if (level || IsRun(word) || (before == '=' && word.Length > 0))
            return RunNumberKind.Run;
        // In dotted module paths a number counts modules unless a word for runs stands before it; only a leading number can count runs.
        return numbered && before == '.' ? RunNumberKind.Layer : RunNumberKind.Perhaps;
    }
}
