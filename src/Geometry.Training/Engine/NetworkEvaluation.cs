using System.Runtime.Intrinsics;
using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Engine;

/// <summary>The scores of a network on the fixed sample of <see cref="Evaluation"/>.</summary>
/// <param name="Reconstruction">(1/n) Σ_i I_i E(x_i − x'_i)²; for pairs, the mean of weight·|r − y|^power.</param>
/// <param name="CrossEntropy">E[−ln p_y] of the head, nats; 0 without one.</param>
/// <param name="Accuracy">Share of samples for which the true class has the largest logit; NaN without a head.</param>
public readonly record struct NetworkScores(double Reconstruction, double CrossEntropy, double Accuracy)
{
    /// <summary>The loss that is trained.</summary>
    /// <param name="head">The network's head; null for none.</param>
    public double Loss(ClassHead? head) => head is null ? Reconstruction : (head.Alone ? 0 : Reconstruction) + (head.Weight * CrossEntropy);
}

/// <summary>Evaluates networks: empty samples exactly, the others as <see cref="Evaluation"/> does.</summary>
internal static class NetworkEvaluation
{
    internal static NetworkScores Scores(ModelShape model, SampleLaw law, AlignedBuffer theta, CancellationToken cancellation) =>
        BatchGradients.Width switch
        {
            16 => Scores<Vector512<float>, Lanes512, Panel4<Vector512<float>, Lanes512>>(model, law, theta, cancellation),
            8 => Scores<Vector256<float>, Lanes256, Panel2<Vector256<float>, Lanes256>>(model, law, theta, cancellation),
            _ => Scores<Vector128<float>, Lanes128, Panel4<Vector128<float>, Lanes128>>(model, law, theta, cancellation),
        };

    private static unsafe NetworkScores Scores<V, L, P>(
        ModelShape model,
        SampleLaw law,
        AlignedBuffer theta,
        CancellationToken cancellation
    )
        where V : struct
        where L : struct, ILanes<V>
        where P : struct, IPanel<P>
    {
        int n = model.Features,
            samples = Evaluation.Samples(model);
        var pass = new NetworkPass<V, L, P>(model, new float[n], 1);
        var sampler = new NetworkSampler<V, L>(law, packed: true);
        var stream = new RandomStream(0, 0, 0, Purpose.Evaluation);
        var totals = new double[n];
        var squares = new AlignedBuffer(n);
        double entropy = 0,
            pairs = 0,
            occupied = law.Data.Active is null ? law.Occupied : 1;
        long right = 0;
        for (int tile = 0; tile < samples / 64; tile += pass.Block / 64)
        {
            cancellation.ThrowIfCancellationRequested();
            int tiles = Math.Min(pass.Block / 64, (samples / 64) - tile);
            sampler.Fill(stream, tile, tiles, pass.Inputs.Pointer, pass.Stride);
            pass.Evaluate(theta.Pointer, tiles);
            if (pass.Pairs is { } kernel)
            {
                pairs += kernel.Loss(pass.Residuals, tiles * 64);
            }
            else
            {
                squares.Span.Clear();
                RowSums.AddSquares<V, L>(pass.Residuals, n, pass.Stride, tiles * 64, squares.Pointer);
                for (int i = 0; i < n; i++)
                    totals[i] += squares.Span[i];
            }
            if (pass.Classes?.Measure(pass.Inputs.Pointer, tiles * 64, tiles * 64) is not { } classes)
                continue;
            entropy += classes.Entropy;
            right += classes.Right;
        }
        pass.Inputs.Span.Clear();
        pass.Evaluate(theta.Pointer, 1);
        double reconstruction = pass.Pairs is { } own ? ((1 - occupied) * own.Loss(pass.Residuals, 1)) + (occupied * pairs / samples) : 0;
        for (int i = 0; pass.Pairs is null && i < n; i++)
        {
            double empty = pass.Residuals[i * pass.Stride];
            reconstruction += law.Data.Importance[i] * (((1 - occupied) * empty * empty) + (occupied * totals[i] / samples)) / n;
        }
        GC.KeepAlive(theta);
        if (pass.Classes?.Measure(pass.Inputs.Pointer, 64, 1) is not { } none)
            return new NetworkScores(reconstruction, 0, double.NaN);
        return new NetworkScores(
            reconstruction,
            ((1 - occupied) * none.Entropy) + (occupied * entropy / samples),
            ((1 - occupied) * none.Right) + (occupied * right / samples)
        );
    }
}
