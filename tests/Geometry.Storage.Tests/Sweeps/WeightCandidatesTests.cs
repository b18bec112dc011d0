using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public class WeightCandidatesTests
{
    private static readonly long[] s_axes = [0, 1, 1, 2, 2, 3, 5];

    /// <summary>
    /// The definition: an array is left out when it can be the bias of another one, and either that one cannot be its bias in turn or its
    /// name or axes decide.
    /// </summary>
    [Fact]
    public void The_candidates_are_those_of_comparing_all_pairs()
    {
        var random = new Random(16);
        int without = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            List<TensorEntry> entries =
            [
                .. Enumerable
                    .Range(0, random.Next(1, 9))
                    .Select(k =>
                        Entry(
                            (random.Next(2) == 0 ? "b_" : "W") + k,
                            [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => s_axes[random.Next(s_axes.Length)])]
                        )
                    ),
            ];
            List<TensorEntry> expected = entries.FindAll(a =>
                !entries.Exists(b => IsBiasOf(a, b) && (!IsBiasOf(b, a) || LooksLikeBias(a, b)))
            );
            Assert.Equal(expected.Select(e => e.Describe()), WeightCandidates.WithoutBiases(entries).Select(e => e.Describe()));
            if (expected.Count < entries.Count)
                without++;
        }
        Assert.InRange(without, 500, 2500);
    }

    /// <summary>Comparing all pairs of these took minutes.</summary>
    [Fact]
    public void Many_arrays_of_as_many_shapes_are_told_apart()
    {
        List<TensorEntry> entries = [.. Enumerable.Range(0, 60_000).Select(k => Entry($"layer{k}", [k + 2, 7, 0]))];
        Assert.Equal(60_000, WeightCandidates.WithoutBiases(entries).Count);
        entries.AddRange(Enumerable.Range(0, 20_000).Select(k => Entry($"bias{k}", [k + 2, 1, 7])));
        Assert.Equal(60_000, WeightCandidates.WithoutBiases(entries).Count);
    }

    private static bool IsBiasOf(TensorEntry bias, TensorEntry weights)
    {
        if (ReferenceEquals(bias, weights))
            return false;
        long? length = WeightArray.BiasLength(bias.Shape, weights.Shape.Length == 3 ? weights.Shape[0] : 1);
        return length is not null && (length == weights.Shape[^1] || length == weights.Shape[^2]);
    }

    private static bool LooksLikeBias(TensorEntry bias, TensorEntry weights) =>
        bias.Shape.Length != weights.Shape.Length
            ? bias.Shape.Length < weights.Shape.Length
            : ArrayNames.IsBias(bias.Key) && !ArrayNames.IsBias(weights.Key);

    private static TensorEntry Entry(string key, long[] shape) =>
        new()
        {
            Key = key,
            Type = ElementType.Float32,
            TypeName = "float32",
            Shape = shape,
            Strides = TensorShape.DenseStrides(shape, fortran: false),
            Count = shape.Aggregate(1L, (a, b) => a * b),
            Open = () => throw new NotSupportedException(),
        };
}
