using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Which axis of the weights runs over features, and which array is the bias; each choice helps the other.</summary>
/// <param name="FeaturesFirst">Whether a weight matrix is n×m (else m×n).</param>
/// <param name="Entry">The bias as (1 or I, n); null when the file has none, or several equally likely ones.</param>
internal sealed record BiasArray(bool FeaturesFirst, TensorEntry? Entry)
{
    /// <summary>Chooses layout and bias.</summary>
    /// <remarks>
    /// Candidates for the bias are the named array, or else the float arrays of the shape (n,), (I, n), (1, n) or (I, 1, n) whose length is
    /// one of the two axes; parameters are left out, and so are biases of a layer with fewer outputs than inputs. Arrays that are named
    /// like a bias come first, and a 1-D array of I values without such a name is a parameter of the runs. The layout is the one that was
    /// asked for, or else the axis on which all candidates agree, or else the smaller axis is hidden.
    /// </remarks>
    /// <exception cref="InputException">The named bias does not fit, or nothing decides the layout of a square matrix.</exception>
    public static BiasArray Choose(IReadOnlyList<TensorEntry> entries, WeightArray weights, SweepFileOptions options)
    {
        // An empty name says that there is no bias.
        List<TensorEntry> candidates = options.Bias is { Length: 0 } ? [] : Candidates(entries, weights, options.Bias);
        bool featuresFirst = FirstAxisIsFeatures(candidates, weights, options.Layout);
        int features = featuresFirst ? weights.Rows : weights.Columns;
        List<TensorEntry> fitting = candidates.FindAll(c => c.Shape[^1] == features);
        if (options.Bias is { Length: > 0 } && fitting.Count == 0)
            throw new InputException($"the bias {candidates[0].Describe()} does not have the {features} features of {weights.Text}");
        if (fitting.Count > 1)
            fitting = fitting.FindAll(c => Parent(c.Key) == Parent(weights.Entry.Key));
        if (fitting.Count != 1)
            return new BiasArray(featuresFirst, null);
        TensorEntry bias = fitting[0];
        long rows = bias.Shape.Length == 1 ? 1 : bias.Shape[0];
        long stride = bias.Shape.Length == 1 ? 0 : bias.Strides[0];
        return new BiasArray(featuresFirst, bias with { Shape = [rows, features], Strides = [stride, bias.Strides[^1]] });
    }

    private static List<TensorEntry> Candidates(IReadOnlyList<TensorEntry> entries, WeightArray weights, string? key)
    {
        if (key is not null)
        {
            TensorEntry named = ArrayNames.Find(entries, key);
            if (named.Plain || named.Type == ElementType.Unsupported || !Fits(named, weights))
                throw new InputException(
                    $"the bias {named.Describe()} does not fit the weights {weights.Text}; expected numbers of shape (n,), (I, n) "
                        + $"or (I, 1, n)"
                );
            return [named];
        }
        List<TensorEntry> fitting =
        [
            .. entries.Where(e =>
                e.Type.IsFloat()
                && !e.Plain
                && e.Key != weights.Entry.Key
                && !ArrayNames.IsParameter(e.Key)
                && Fits(e, weights)
                && !IsOfNarrowLayer(e, weights)
            ),
        ];
        List<TensorEntry> likely = fitting.FindAll(e => ArrayNames.IsBias(e.Key));
        if (likely.Count > 0)
            return likely;
        return fitting.FindAll(e => e.Shape.Length > 1 || weights.Instances == 1 || e.Shape[0] != weights.Instances);
    }

    private static bool Fits(TensorEntry entry, WeightArray weights) =>
        WeightArray.BiasLength(entry.Shape, weights.Instances) is { } length && (length == weights.Rows || length == weights.Columns);

    /// <summary>
    /// Whether an array is the bias of a layer that narrows. Such a bias belongs to the outputs, but the features are the inputs.
    /// </summary>
    /// <remarks>
    /// Layers are <c>weight</c> (out, in) with <c>bias</c>, as in torch.nn.Linear, and <c>W_enc</c> (in, out) with <c>b_enc</c>.
    /// </remarks>
    private static bool IsOfNarrowLayer(TensorEntry entry, WeightArray weights)
    {
        string key = weights.Entry.Key;
        const string weight = "weight";
        if (key.EndsWith(weight, StringComparison.Ordinal) && entry.Key == key[..^weight.Length] + "bias")
            return weights.Rows < weights.Columns && entry.Shape[^1] == weights.Rows;
        string last = ArrayNames.Last(key);
        if (!last.StartsWith("W_", StringComparison.Ordinal) || entry.Key != key[..^last.Length] + "b" + last[1..])
            return false;
        return weights.Columns < weights.Rows && entry.Shape[^1] == weights.Columns;
    }

    private static string Parent(string key) => key[..Math.Max(0, key.LastIndexOf('.'))];

    private static bool FirstAxisIsFeatures(List<TensorEntry> candidates, WeightArray weights, WeightLayout layout)
    {
        if (layout != WeightLayout.Auto)
            return layout == WeightLayout.FeaturesFirst;
        if (weights.Rows == weights.Columns)
            throw new InputException(
                $"the weights {weights.Text} have two axes of {weights.Rows}, so features and hidden dimensions cannot be told "
                    + $"apart; give --layout features-first or hidden-first"
            );
        bool rows = candidates.Exists(c => c.Shape[^1] == weights.Rows),
            columns = candidates.Exists(c => c.Shape[^1] == weights.Columns);
        return rows == columns ? weights.Rows > weights.Columns : rows;
    }
}
