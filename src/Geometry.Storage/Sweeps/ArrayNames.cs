using Geometry.Storage.Files;
using Geometry.Storage.Tensors;
using Geometry.Words;

namespace Geometry.Storage.Sweeps;

/// <summary>What the key of an array says about its role, and how messages list arrays.</summary>
internal static class ArrayNames
{
    private const int MostListed = 8;
    private const int MostCompared = 256;
    private const int MostNames = 1024;

    /// <summary>Names that are parameters of a run, in the order in which they are reported; a density is reported as a sparsity.</summary>
    public static readonly string[] Parameters = ["sparsity", "density", "importance", "loss", "seed", "step"];

    /// <summary>The part of a dotted key after the last dot.</summary>
    public static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];

    /// <summary>Whether the key names a parameter of a run.</summary>
    public static bool IsParameter(string key) => Parameters.Contains(Last(key), StringComparer.Ordinal);

    /// <summary>Whether the key looks like that of a bias: <c>b</c>, <c>b1</c>, <c>b_final</c>, or anything with "bias".</summary>
    public static bool IsBias(string key)
    {
        string last = Last(key);
        if (last.Contains("bias", StringComparison.OrdinalIgnoreCase))
            return true;
        ReadOnlySpan<char> rest = last.AsSpan().TrimStart("bB");
        return rest.Length == last.Length - 1 && (rest.TrimStart("0123456789").IsEmpty || rest.TrimStart("0123456789")[0] == '_');
    }

    /// <summary>Whether a key is the name, or ends with it behind a dot or a slash.</summary>
    public static bool EndsWith(string key, string name) =>
        key.EndsWith(name, StringComparison.Ordinal) && (key.Length == name.Length || key[^(name.Length + 1)] is '.' or '/');

    /// <summary>A key as one word of a command line.</summary>
    public static string Word(string key) =>
        key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-' or '=' or ',' or ':')
            ? key
            : "'" + Quoting.Plain(key) + "'";

    /// <summary>The array with exactly this key, else the only one whose key ends with it behind a dot or a slash.</summary>
    /// <exception cref="InputException">There is none, or more than one; the message lists the arrays and suggests the nearest
    /// key.</exception>
    public static TensorEntry Find(IReadOnlyList<TensorEntry> entries, string key)
    {
        if (key.Length > 0 && !entries.Any(e => e.Key == key))
        {
            TensorEntry[] ends = [.. entries.Where(e => EndsWith(e.Key, key)).Take(MostListed + 1)];
            if (ends.Length == 1)
                return ends[0];
            if (ends.Length > 1)
                throw new InputException($"several arrays end with {key.Quote()}: {List(ends)}; name one by more of its key");
        }
        TensorEntry? nearest = null;
        int least = int.MaxValue;
        foreach (TensorEntry entry in entries)
        {
            if (entry.Key == key)
                return entry;
            if (entries.Count > MostNames || entry.Plain || entry.Key.Length > MostCompared || key.Length > MostCompared)
                continue;
            int distance = NearestName.Distance(entry.Key, key);
            if (distance < least)
                (nearest, least) = (entry, distance);
        }
        string hint = nearest is not null && least <= Math.Max(2, key.Length / 2) ? $"; did you mean {nearest.Key.Quote()}?" : "";
        throw new InputException($"no array {key.Quote()}; the file holds {List(entries)}{hint}");
    }

    /// <summary>Lists the first eight arrays with types and shapes; plain numbers are left out.</summary>
    public static string List(IEnumerable<TensorEntry> entries)
    {
        TensorEntry[] all = [.. entries.Where(e => !e.Plain)];
        if (all.Length == 0)
            return "no arrays";
        return string.Join(", ", all.Take(MostListed).Select(e => e.Describe()))
            + (all.Length > MostListed ? $" and {all.Length - MostListed} more" : "");
    }
}
