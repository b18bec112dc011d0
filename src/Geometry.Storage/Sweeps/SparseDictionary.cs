using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Tells the dictionary of a sparse autoencoder: the decoder, whose rows or columns are the directions of the features.</summary>
/// <remarks>
/// An encoder and a decoder under one name are a dictionary when they widen, so that there are more features than dimensions. <c>W_dec</c>
/// is (features, dimensions) as in SAELens, <c>decoder.weight</c> is (dimensions, features) as in <c>torch.nn.Linear</c>. Two matrices that
/// narrow are an untied toy model, in which either may be meant.
/// </remarks>
internal static class SparseDictionary
{
    private static readonly string[] s_encoders = ["W_enc", "encoder.weight", "encoder"];

    /// <summary>The decoder among the candidates; null when there is none, or more than one.</summary>
    public static TensorEntry? Of(List<TensorEntry> candidates)
    {
        HashSet<string> keys = [.. candidates.Select(c => c.Key)];
        TensorEntry? found = null;
        foreach (TensorEntry candidate in candidates)
        {
            string? prefix = Prefix(candidate, "W_dec", featuresFirst: true) ?? Prefix(candidate, "decoder.weight", featuresFirst: false);
            if (prefix is null || !Array.Exists(s_encoders, e => keys.Contains(prefix + e)))
                continue;
            if (found is not null)
                return null;
            found = candidate;
        }
        return found;
    }

    private static string? Prefix(TensorEntry entry, string name, bool featuresFirst)
    {
        if (entry.Shape.Length != 2 || !ArrayNames.EndsWith(entry.Key, name))
            return null;
        (long features, long dimensions) = featuresFirst ? (entry.Shape[0], entry.Shape[1]) : (entry.Shape[1], entry.Shape[0]);
        return features > dimensions ? entry.Key[..^name.Length] : null;
    }
}
