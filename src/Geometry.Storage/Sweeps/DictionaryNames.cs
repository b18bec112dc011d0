using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>The usual names of dictionaries in files, and which of their axes runs over features.</summary>
/// <remarks>
/// <c>W_dec</c> is (features, dimensions) as in SAELens and Gemma Scope, <c>decoder.weight</c> is (dimensions, features) as in
/// torch.nn.Linear. Embeddings are (tokens, dimensions) as in torch.nn.Embedding; so is the <c>weight</c> of an unembedding, which is a
/// torch.nn.Linear with tokens as outputs. TransformerLens has <c>W_E</c> (tokens, dimensions) and <c>W_U</c> (dimensions, tokens).
/// </remarks>
internal static class DictionaryNames
{
    private static readonly (string Name, WeightLayout Layout)[] s_names =
    [
        ("W_dec", WeightLayout.FeaturesFirst),
        ("decoder.weight", WeightLayout.HiddenFirst),
        ("embed.weight", WeightLayout.FeaturesFirst),
        ("embedding.weight", WeightLayout.FeaturesFirst),
        ("embed_tokens.weight", WeightLayout.FeaturesFirst),
        ("embed_in.weight", WeightLayout.FeaturesFirst),
        ("wte.weight", WeightLayout.FeaturesFirst),
        ("word_embeddings.weight", WeightLayout.FeaturesFirst),
        ("W_E", WeightLayout.FeaturesFirst),
        ("unembed.weight", WeightLayout.FeaturesFirst),
        ("lm_head.weight", WeightLayout.FeaturesFirst),
        ("embed_out.weight", WeightLayout.FeaturesFirst),
        ("W_U", WeightLayout.HiddenFirst),
    ];

    /// <summary>The only array with two or three axes that has such a name; null when none or several have one.</summary>
    public static string? Of(IReadOnlyList<TensorEntry> entries)
    {
        TensorEntry[] named =
        [
            .. entries.Where(e => e.Shape.Length is 2 or 3 && e.Type.IsFloat() && !e.Plain && Layout(e.Key) != WeightLayout.Auto).Take(2),
        ];
        return named.Length == 1 ? named[0].Key : null;
    }

    /// <summary>The layout that a key's name implies; <see cref="WeightLayout.Auto"/> for other names.</summary>
    public static WeightLayout Layout(string key)
    {
        // HDF5 stores decoder.weight as a dataset in a group.
        string dotted = key.Replace('/', '.');
        foreach ((string name, WeightLayout layout) in s_names)
        {
            if (ArrayNames.EndsWith(dotted, name))
                return layout;
        }
        return WeightLayout.Auto;
    }
}

/// <summary>
/// Recognises the dictionary of a sparse autoencoder: the decoder, whose rows or columns are the directions of the features.
/// </summary>
/// <remarks>
/// An encoder and a decoder with a common name are an autoencoder when there are more features than dimensions. <c>W_dec</c> is (features,
/// dimensions) as in SAELens, <c>decoder.weight</c> is (dimensions, features) as in <c>torch.nn.Linear</c>. With fewer features than
/// dimensions the two are an untied toy model, and neither is preferred.
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
