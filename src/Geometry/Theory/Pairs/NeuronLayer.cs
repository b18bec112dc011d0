using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Geometry.RandomNumbers;

namespace Geometry.Theory.Pairs;

/// <summary>A first layer a = ReLU(Vx + c) on Boolean features.</summary>
/// <remarks>
/// Memory layout: the column of feature i at [i·stride, i·stride + d), where stride is d rounded up to a multiple of 16, filled with zeros.
/// An input costs s·d additions. All sums have a fixed order, so the bits are the same on every processor.
/// </remarks>
public sealed class NeuronLayer
{
    /// <summary>Largest number of weights of a layer, 512 MiB.</summary>
    public const long MostWeights = 1L << 27;

    private const uint Purpose = 0x55414E44;
    private readonly float[] _columns;
    private readonly float[] _bias;

    private NeuronLayer(int neurons, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neurons, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (Neurons, Features) = (neurons, features);
        long stride = (neurons + 15L) & ~15L;
        if (stride * features > MostWeights)
            throw new ArgumentOutOfRangeException(
                nameof(neurons),
                neurons,
                $"expected at most {MostWeights} weights, found {neurons} neurons × {features} features"
            );
        Stride = (int)stride;
        _columns = new float[Stride * features];
        _bias = new float[Stride];
    }

    /// <summary>d.</summary>
    public int Neurons { get; }

    /// <summary>N.</summary>
    public int Features { get; }

    /// <summary>Length of a vector of activities: d rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>The weights of one feature, length <see cref="Stride"/>.</summary>
    /// <param name="feature">0 … N−1.</param>
    public ReadOnlySpan<float> Column(int feature) => _columns.AsSpan(feature * Stride, Stride);

    /// <summary>A layer with standard normal weights and c = 0.</summary>
    /// <param name="neurons">d ≥ 1.</param>
    /// <param name="features">N ≥ 1.</param>
    /// <param name="seed">Names the numbers.</param>
    public static NeuronLayer Gaussian(int neurons, int features, int seed)
    {
        var layer = new NeuronLayer(neurons, features);
        Span<double> tile = stackalloc double[NormalTile.Size];
        for (int i = 0; i < features; i++)
        {
            Span<float> column = layer.Own(i);
            for (int k = 0; k < neurons; k++)
            {
                if (k % NormalTile.Size == 0)
                    NormalTile.Fill((uint)(k / NormalTile.Size), (uint)i, 0, Purpose, (uint)seed, 0, tile);
                column[k] = (float)tile[k % NormalTile.Size];
            }
        }
        return layer;
    }

    /// <summary>A layer whose weights are 1 with probability q and otherwise 0, with c = −1.</summary>
    /// <param name="neurons">d ≥ 1.</param>
    /// <param name="features">N ≥ 1.</param>
    /// <param name="probability">q, in [0, 1].</param>
    /// <param name="seed">Names the numbers.</param>
    public static NeuronLayer Bernoulli(int neurons, int features, double probability, int seed)
    {
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "expected a probability");
        var layer = new NeuronLayer(neurons, features);
        ulong below = (ulong)(probability * (1UL << 32));
        for (int i = 0; i < features; i++)
        {
            Span<float> column = layer.Own(i);
            for (int k = 0; k < neurons; k++)
                column[k] = Philox.Words((uint)k, (uint)i, 1, Purpose, (uint)seed, 0).X < below ? 1 : 0;
        }
        layer._bias.AsSpan(0, neurons).Fill(-1);
        return layer;
    }

    /// <summary>A layer with given weights and biases.</summary>
    /// <param name="weights">V, d×N row-major.</param>
    /// <param name="bias">c, length d.</param>
    public static NeuronLayer Of(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        if (bias.IsEmpty || weights.Length == 0 || weights.Length % bias.Length != 0)
            throw new ArgumentException($"expected weights of a multiple of {bias.Length} biases, found {weights.Length}", nameof(weights));
        var layer = new NeuronLayer(bias.Length, weights.Length / bias.Length);
        for (int i = 0; i < layer.Features; i++)
        {
            Span<float> column = layer.Own(i);
            for (int k = 0; k < bias.Length; k++)
                column[k] = weights[(k * layer.Features) + i];
        }
        bias.CopyTo(layer._bias);
        return layer;
    }

    /// <summary>The activities of an input.</summary>
    /// <param name="active">The features that are 1; the others are 0.</param>
    /// <param name="activity">a, length <see cref="Stride"/>, with zeros after the neurons.</param>
    public void Activate(ReadOnlySpan<int> active, Span<float> activity)
    {
        if (activity.Length != Stride)
            throw new ArgumentException($"expected length {Stride}, found {activity.Length}", nameof(activity));
        _bias.CopyTo(activity);
        ref float target = ref MemoryMarshal.GetReference(activity);
        foreach (int feature in active)
        {
            ref float column = ref MemoryMarshal.GetReference(Column(feature));
            for (nuint k = 0; k < (nuint)activity.Length; k += 16)
                (Vector512.LoadUnsafe(ref target, k) + Vector512.LoadUnsafe(ref column, k)).StoreUnsafe(ref target, k);
        }
        for (nuint k = 0; k < (nuint)activity.Length; k += 16)
            Vector512.Max(Vector512.LoadUnsafe(ref target, k), Vector512<float>.Zero).StoreUnsafe(ref target, k);
    }

    private Span<float> Own(int feature) => _columns.AsSpan(feature * Stride, Stride);
}
