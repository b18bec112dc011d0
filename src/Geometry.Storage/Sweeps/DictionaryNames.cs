using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>The names that dictionaries usually have in files, and which of their axes runs over features.</summary>
/// <remarks>
/// <c>W_dec</c> is (features, dimensions) as in SAELens and Gemma Scope, <c>decoder.weight</c> is (dimensions, features) as in
/// torch.nn.Linear. Embeddings are (tokens, dimensions) as in torch.nn.Embedding, and so is the <c>weight</c> of an unembedding, a
/// torch.nn.Linear that gives tokens. TransformerLens has <c>W_E</c> (tokens, dimensions) and <c>W_U</c> (dimensions, tokens).
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

    /// <summary>The layout that a key's name tells; <see cref="WeightLayout.Auto"/> for other names.</summary>
    public static WeightLayout Layout(string key)
    {
        // HDF5 keeps decoder.weight as a dataset in a group.
        string dotted = key.Replace('/', '.');
        foreach ((string name, WeightLayout layout) in s_names)
        {
            if (ArrayNames.EndsWith(dotted, name))
                return layout;
        }
        return WeightLayout.Auto;
    }
}
