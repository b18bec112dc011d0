using System.Runtime.InteropServices;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>The arrays of a file that could be its weights: those that are no bias of another one.</summary>
/// <remarks>
/// Whether one array can be the bias of another depends only on their shapes and names. Arrays therefore form classes of equal shape and
/// kind of name, and a table lists the classes by the shape that a bias of them has. A class is compared with the entries of one bucket
/// until one of them accepts it as a bias. O(number of arrays); comparing all pairs took minutes for 20,000 of them.
/// </remarks>
internal static class WeightCandidates
{
    private const long AnyInstances = -1;

    /// <summary>
    /// The candidates of two or three axes that are not the bias of another candidate; all of them when there is only one.
    /// </summary>
    public static List<TensorEntry> WithoutBiases(List<TensorEntry> candidates)
    {
        if (candidates.Count < 2)
            return candidates;
        var classes = new Dictionary<ShapeClass, TensorEntry>();
        foreach (TensorEntry candidate in candidates)
            classes.TryAdd(ShapeClass.Of(candidate), candidate);
        var byBias = new Dictionary<(long Instances, long Length), List<TensorEntry>>();
        foreach (TensorEntry weights in classes.Values)
        {
            foreach (
                long length in (ReadOnlySpan<long>)(
                    weights.Shape[^1] == weights.Shape[^2] ? [weights.Shape[^1]] : [weights.Shape[^1], weights.Shape[^2]]
                )
            )
            {
                Add((Instances(weights), length), weights);
                Add((AnyInstances, length), weights);
            }
        }
        var biases = classes.Where(c => IsBias(c.Value)).Select(c => c.Key).ToHashSet();
        return candidates.FindAll(c => !biases.Contains(ShapeClass.Of(c)));

        void Add((long, long) key, TensorEntry weights)
        {
            if (!byBias.TryGetValue(key, out List<TensorEntry>? known))
                byBias.Add(key, known = []);
            known.Add(weights);
        }

        bool IsBias(TensorEntry bias)
        {
            if (bias.Shape is [_, > 1 or 0, _])
                return false;
            (long instances, long length) = (bias.Shape[0], bias.Shape[^1]);
            return byBias.TryGetValue((instances == 1 ? AnyInstances : instances, length), out List<TensorEntry>? of)
                && of.Exists(weights => !ReferenceEquals(weights, bias) && (!IsBiasOf(weights, bias) || LooksLikeBias(bias, weights)));
        }
    }

    private static long Instances(TensorEntry weights) => weights.Shape.Length == 3 ? weights.Shape[0] : 1;

    private static bool IsBiasOf(TensorEntry bias, TensorEntry weights) =>
        WeightArray.BiasLength(bias.Shape, Instances(weights)) is { } length
        && (length == weights.Shape[^1] || length == weights.Shape[^2]);

    /// <summary>
    /// Which of two arrays is the bias where each could be that of the other, as with one hidden dimension: the one with fewer axes, or
    /// else the one that is named like a bias.
    /// </summary>
    private static bool LooksLikeBias(TensorEntry bias, TensorEntry weights) =>
        bias.Shape.Length != weights.Shape.Length
            ? bias.Shape.Length < weights.Shape.Length
            : ArrayNames.IsBias(bias.Key) && !ArrayNames.IsBias(weights.Key);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct ShapeClass(int Axes, long First, long Second, long Last, bool NamedLikeBias)
    {
        public static ShapeClass Of(TensorEntry entry) =>
            new(entry.Shape.Length, entry.Shape[0], entry.Shape[1], entry.Shape[^1], ArrayNames.IsBias(entry.Key));
    }
}
