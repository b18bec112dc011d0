using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Theory.Pairs;

namespace Geometry.Training.Measures;

/// <summary>A reader of the hidden space, whose answer to an activation h is a distribution p(y|h).</summary>
internal interface IDownstream
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Number of numbers that describe an answer.</summary>
    int Outputs { get; }

    /// <summary>Computes the numbers of the answer to h, length m.</summary>
    void Answer(ReadOnlySpan<double> h, Span<double> outputs);

    /// <summary>KL(p‖q) of two answers, nats.</summary>
    double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q);
}

/// <summary>The model's own decoder x' = act(Aᵀh + b); the answer is normal about x' with unit variance: KL = ½‖x' − y'‖².</summary>
internal sealed class ReconstructionDownstream(FeatureConfiguration decoder, double[]? bias, Func<double, double> act) : IDownstream
{
    public string Name => "reconstruction";

    public int Outputs => decoder.Features;

    public void Answer(ReadOnlySpan<double> h, Span<double> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = act(Vectors.Dot(decoder.Column(i), h) + (bias?[i] ?? 0));
    }

    public double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => Normals.Divergence(p, q);
}

/// <summary>
/// One coin per output that says whether the feature is on: heads with probability σ((x' − ½)/τ), τ = <see cref="Width"/>.
/// </summary>
internal sealed class ThresholdDownstream(ReconstructionDownstream reconstruction) : IDownstream
{
    /// <summary>τ, the softness of the threshold in units of the inputs.</summary>
    public const double Width = 0.05;

    public string Name => "threshold";

    public int Outputs => reconstruction.Outputs;

    public void Answer(ReadOnlySpan<double> h, Span<double> outputs)
    {
        reconstruction.Answer(h, outputs);
        foreach (ref double z in outputs)
            z = (z - 0.5) / Width;
    }

    /// <summary>Σ p ln(p/q) + (1−p) ln((1−p)/(1−q)) of the logits, each σ by its softplus.</summary>
    public double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += (Softplus(q[i]) - Softplus(p[i])) - ((q[i] - p[i]) / (1 + Elementary.Exp(-Math.Clamp(p[i], -700, 700))));
        return sum;
    }

    private static double Softplus(double z) => Math.Max(z, 0) + Elementary.LogP1(Elementary.Exp(-Math.Abs(z)));
}

/// <summary>A trained softmax head on the hidden space.</summary>
internal sealed class HeadDownstream(float[] weights, float[] bias) : IDownstream
{
    public string Name => "head";

    public int Outputs => bias.Length;

    public void Answer(ReadOnlySpan<double> h, Span<double> outputs)
    {
        double largest = double.NegativeInfinity,
            sum = 0;
        for (int c = 0; c < outputs.Length; c++)
        {
            double z = bias[c];
            for (int k = 0; k < h.Length; k++)
                z += weights[(c * h.Length) + k] * h[k];
            outputs[c] = z;
            largest = Math.Max(largest, z);
        }
        foreach (double z in outputs)
            sum += Elementary.Exp(z - largest);
        foreach (ref double z in outputs)
            z -= largest + Elementary.Log(sum);
    }

    public double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int c = 0; c < p.Length; c++)
            sum += Elementary.Exp(p[c]) * (p[c] - q[c]);
        return sum;
    }
}

/// <summary>
/// A layer of <see cref="Neurons"/> random neurons ReLU(V h) that reads x_i ∧ x_j of pairs of learned features (<see
/// cref="GaussianNeurons"/>, two active); the answer is normal with unit variance.
/// </summary>
/// <remarks>V is standard normal on the hidden space; the weights of feature i are V w_i/‖w_i‖.</remarks>
internal sealed class PairDownstream : IDownstream
{
    /// <summary>Number of neurons.</summary>
    public const int Neurons = 256;

    private const int MostPairs = 64;
    private const uint Purpose = 0x55444F57;
    private readonly double[][] _rows;
    private readonly double[][] _readoffs;

    public PairDownstream(FeatureConfiguration weights, IReadOnlyList<int> learned, int seed)
    {
        int m = weights.Hidden;
        double[] tile = new double[NormalTile.Size];
        _rows =
        [
            .. Enumerable
                .Range(0, Neurons)
                .Select(k =>
                {
                    double[] row = new double[m];
                    for (int d = 0; d < m; d++)
                    {
                        if (d % NormalTile.Size == 0)
                            NormalTile.Fill((uint)(d / NormalTile.Size), (uint)k, 0, Purpose, (uint)seed, 0, tile);
                        row[d] = tile[d % NormalTile.Size];
                    }
                    return row;
                }),
        ];
        double scale = 1 / (Neurons * GaussianNeurons.Gain(2));
        (int First, int Second)[] pairs = [.. PairTargets.All(learned.Count)];
        int step = Math.Max(1, pairs.Length / MostPairs);
        _readoffs =
        [
            .. pairs
                .Where((_, k) => k % step == 0)
                .Take(MostPairs)
                .Select(p =>
                    _rows
                        .Select(row =>
                            scale
                            * Math.Sign(Vectors.Dot(row, weights.Column(learned[p.First])))
                            * Math.Sign(Vectors.Dot(row, weights.Column(learned[p.Second])))
                        )
                        .ToArray()
                ),
        ];
    }

    public string Name => "u-and";

    public int Outputs => _readoffs.Length;

    public void Answer(ReadOnlySpan<double> h, Span<double> outputs)
    {
        Span<double> activity = stackalloc double[Neurons];
        for (int k = 0; k < Neurons; k++)
            activity[k] = Math.Max(0, Vectors.Dot(_rows[k], h));
        for (int p = 0; p < outputs.Length; p++)
            outputs[p] = Vectors.Dot(_readoffs[p], activity);
    }

    public double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q) => Normals.Divergence(p, q);
}

/// <summary>Normal distributions of unit variance.</summary>
internal static class Normals
{
    public static double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += (p[i] - q[i]) * (p[i] - q[i]);
        return sum / 2;
    }
}
