using System.Runtime.Intrinsics;
using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Engine;

/// <summary>
/// The evaluation loss (1/n) Σ_i I_i E(x_i − x'_i)², the expectation over the data's law, on a large fixed sample.
/// </summary>
/// <remarks>
/// Empty samples enter exactly: loss = (1 − q)·(loss of x = 0) + q·(mean over M samples that are not empty), so all M samples carry
/// information, however sparse the data is. The sample depends only on the law, not on seed, run or step: all seeds of a cell use the same
/// sample, and all cells the same uniform numbers. M = 2^28/(nm), rounded down to a power of two, between 2^16 and 2^20. The standard error
/// of the mean is then about 0.1 % to 0.5 % where single active features have a loss. Where only pairs have, a share near (n−1)p/2 of the
/// samples decides, and the error is larger (1.6 % for an antipodal pair at p = 0.01); it is common to all seeds of a cell, so their order
/// hardly suffers. Squares are summed in float32 within blocks and in float64 across. Cost: 2nmM multiply-adds.
/// </remarks>
public static class Evaluation
{
    /// <summary>M, the number of samples that are not empty.</summary>
    public static int Samples(ModelShape model)
    {
        long weights = model.IsNetwork ? model.Blocks.Sum(b => (long)b.Length) : (long)model.Features * model.Hidden;
        long wanted = (1L << 28) / weights;
        // A model of pairs has an output for each pair, which costs more.
        int power = model.Pairs is null ? 1 << 16 : 1 << 12;
        while (power < 1 << 20 && power * 2L <= wanted)
            power *= 2;
        return power;
    }

    /// <summary>The evaluation loss of some parameters.</summary>
    /// <param name="model">The architecture.</param>
    /// <param name="data">The law and the importances.</param>
    /// <param name="parameters">Weights, decoder and bias as the model's shape asks for; the step does not matter.</param>
    /// <param name="cancellation">Stops between two tiles of samples.</param>
    /// <exception cref="ArgumentException">An array's length does not fit the model.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static double Loss(ModelShape model, SparseData data, Checkpoint parameters, CancellationToken cancellation = default)
    {
        if (model.IsNetwork)
            return Scores(model, data, parameters, cancellation).Loss(model.Head);
        int weights = model.Features * model.Hidden;
        if (data.Density.Count != model.Features)
            throw new ArgumentException($"The model has {model.Features} features, the data {data.Density.Count}.", nameof(data));
        Require(parameters.Weights.Length, weights, "weights");
        Require(parameters.Decoder?.Length ?? 0, model.Tied ? 0 : weights, "the decoder");
        Require(parameters.Bias?.Length ?? 0, model.Bias ? model.Features : 0, "the bias");
        var layout = new ParameterLayout(model);
        var theta = new AlignedBuffer(layout.Length);
        parameters.Weights.CopyTo(theta.Span);
        parameters.Decoder?.CopyTo(theta.Span[layout.Decoder..]);
        parameters.Bias?.CopyTo(theta.Span[layout.Bias..]);
        return Loss(model, new SampleLaw(data), layout, theta, cancellation);
    }

    /// <summary>Reconstruction, cross-entropy and accuracy of a network.</summary>
    /// <param name="model">A model with layers or a head.</param>
    /// <param name="data">The law and the importances.</param>
    /// <param name="parameters">An array for each of the model's blocks.</param>
    /// <param name="cancellation">Stops between two tiles of samples.</param>
    /// <exception cref="ArgumentException">An array's length does not fit, or the model is no network.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NetworkScores Scores(ModelShape model, SparseData data, Checkpoint parameters, CancellationToken cancellation = default)
    {
        if (!model.IsNetwork)
            throw new ArgumentException("expected a model with layers or a head", nameof(model));
        if (data.Density.Count != model.Features)
            throw new ArgumentException($"The model has {model.Features} features, the data {data.Density.Count}.", nameof(data));
        IReadOnlyList<ParameterBlock> blocks = model.Blocks;
        Require(parameters.Arrays.Count, blocks.Count, "arrays");
        for (int k = 0; k < blocks.Count; k++)
            Require(parameters.Arrays[k].Length, blocks[k].Length, blocks[k].Name);
        var theta = new AlignedBuffer(new ParameterLayout(model).Length);
        ParameterLayout.Fill(parameters, theta.Span);
        return NetworkEvaluation.Scores(model, new SampleLaw(data), theta, cancellation);
    }

    internal static double Loss(
        ModelShape model,
        SampleLaw law,
        ParameterLayout layout,
        AlignedBuffer theta,
        CancellationToken cancellation
    ) =>
        model.IsNetwork
            ? NetworkEvaluation.Scores(model, law, theta, cancellation).Loss(model.Head)
            : model.Activation switch
            {
                Activation.Linear => Loss<Linear>(model, law, layout, theta, cancellation),
                Activation.Swish => Loss<Swish>(model, law, layout, theta, cancellation),
                _ => Loss<Relu>(model, law, layout, theta, cancellation),
            };

    private static double Loss<TAct>(
        ModelShape model,
        SampleLaw law,
        ParameterLayout layout,
        AlignedBuffer theta,
        CancellationToken cancellation
    )
        where TAct : struct, IActivation
    {
        if (Vector512.IsHardwareAccelerated)
            return Loss<TAct, Vector512<float>, Lanes512, Panel4<Vector512<float>, Lanes512>>(model, law, layout, theta, cancellation);
        if (Vector256.IsHardwareAccelerated)
            return Loss<TAct, Vector256<float>, Lanes256, Panel2<Vector256<float>, Lanes256>>(model, law, layout, theta, cancellation);
        return Loss<TAct, Vector128<float>, Lanes128, Panel4<Vector128<float>, Lanes128>>(model, law, layout, theta, cancellation);
    }

    private static unsafe double Loss<TAct, V, L, P>(
        ModelShape model,
        SampleLaw law,
        ParameterLayout layout,
        AlignedBuffer theta,
        CancellationToken cancellation
    )
        where TAct : struct, IActivation
        where V : struct
        where L : struct, ILanes<V>
        where P : struct, IPanel<P>
    {
        int n = model.Features,
            m = model.Hidden,
            block = SampleBlocks.Size(n),
            stride = SampleBlocks.Stride(n),
            samples = Samples(model);
        float gamma = (float)model.Gamma;
        AlignedBuffer x = new(n * stride),
            r = new(n * stride),
            h = new(m * stride),
            squares = new(n);
        var sampler = new PackedSampler<V, L>(law, packed: true);
        var stream = new RandomStream(0, 0, 0, Purpose.Evaluation);
        var totals = new double[n];
        float* bias = theta.Pointer + layout.Bias;
        for (int tile = 0; tile < samples / 64; tile += block / 64)
        {
            cancellation.ThrowIfCancellationRequested();
            int tiles = Math.Min(block / 64, samples / 64 - tile);
            sampler.Fill(stream, tile, tiles, x.Pointer, stride);
            Project<V, L, P>.Run(theta.Pointer, n, 1, m, n, x.Pointer, stride, tiles * 64, new StoreEpilogue(h.Pointer));
            Project<V, L, P>.Run(
                theta.Pointer + layout.Decoder,
                1,
                n,
                n,
                m,
                h.Pointer,
                stride,
                tiles * 64,
                new ResidualEpilogue<TAct>(bias, x.Pointer, r.Pointer, gamma)
            );
            squares.Span.Clear();
            RowSums.AddSquares<V, L>(r.Pointer, n, stride, tiles * 64, squares.Pointer);
            for (int i = 0; i < n; i++)
                totals[i] += squares.Pointer[i];
        }
        double loss = 0;
        for (int i = 0; i < n; i++)
        {
            double empty = TAct.Value<Vector128<float>, Lanes128>(Vector128.Create(bias[i]), gamma).ToScalar();
            loss += law.Data.Importance[i] * ((1 - law.Occupied) * empty * empty + law.Occupied * totals[i] / samples);
        }
        foreach (AlignedBuffer buffer in new[] { theta, x, r, h, squares })
            GC.KeepAlive(buffer);
        return loss / n;
    }

    private static void Require(int found, int expected, string what)
    {
        if (found != expected)
            throw new ArgumentException($"The model needs {expected} numbers for {what}, found {found}.");
    }
}
