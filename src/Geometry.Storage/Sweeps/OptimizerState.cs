using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Recognises the state of an optimizer, which a training checkpoint has beside the model, in arrays of the same shapes.</summary>
internal static class OptimizerState
{
    private const string Groups = "param_groups";

    private static readonly HashSet<string> s_moments = new(StringComparer.Ordinal)
    {
        "exp_avg",
        "exp_avg_sq",
        "exp_inf",
        "max_exp_avg_sq",
        "momentum_buffer",
        "square_avg",
        "grad_avg",
        "acc_delta",
    };

    /// <summary>The entries that are no state of an optimizer; all of them when nothing else would be left.</summary>
    /// <remarks>
    /// Left out are the siblings of <c>param_groups</c>, as in every <c>optimizer.state_dict()</c>; names with a part that begins with
    /// "optim" or is <c>opt_state</c>; and the usual names of moments. O(entries).
    /// </remarks>
    public static IReadOnlyList<TensorEntry> Without(IReadOnlyList<TensorEntry> entries)
    {
        var optimizers = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorEntry entry in entries)
        {
            int at = entry.Key.IndexOf(Groups, StringComparison.Ordinal);
            if (at >= 0)
                optimizers.Add(entry.Key[..at]);
        }
        TensorEntry[] others = [.. entries.Where(e => !IsOptimizers(e.Key, optimizers))];
        return others.Length == 0 || others.Length == entries.Count ? entries : others;
    }

    private static bool IsOptimizers(string key, HashSet<string> optimizers)
    {
        int from = 0;
        while (true)
        {
            if (optimizers.Contains(key[..from]) && (key.AsSpan(from).StartsWith("state.") || key.AsSpan(from).StartsWith(Groups)))
                return true;
            int dot = key.IndexOf('.', from);
            int slash = key.IndexOf('/', from);
            int end =
                dot < 0 ? slash
                : slash < 0 ? dot
                : Math.Min(dot, slash);
            string part = end < 0 ? key[from..] : key[from..end];
            if (part.StartsWith("optim", StringComparison.OrdinalIgnoreCase) || part == "opt_state" || s_moments.Contains(part))
                return true;
            if (end < 0)
                return false;
            from = end + 1;
        }
    }
}
