using System.Globalization;
using Geometry.Measures.Llc;
using Geometry.Training;
using Geometry.Training.Measures;

namespace Geometry.Peers;

/// <summary>
/// Chains of stochastic-gradient Langevin dynamics on a given sample, by this library: eight a call, each thread with eight of its own.
/// </summary>
internal static class LlcSide
{
    /// <summary>Times eight chains a thread, and writes a line a chain: its mean loss.</summary>
    internal static Stopwatches Run(
        string samples,
        string start,
        int n,
        int m,
        int batch,
        SgldStep step,
        int burnIn,
        int draws,
        string losses,
        int threads,
        double seconds
    )
    {
        byte[] bytes = File.ReadAllBytes(samples);
        float[] x = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, x, 0, bytes.Length);
        double[] w = Arrays.ReadDoubles(start, (n * m) + n);
        var model = new ModelShape(n, m, Activation.Relu, 1, Tied: true, Bias: true);
        double[] importance = [.. Enumerable.Repeat(1.0, n)];
        var sample = new DataSample(model, importance, x.Length / n, batch == 0 ? null : batch) { Given = x };
        IChainLoss[] workers = [.. Enumerable.Range(0, threads).Select(_ => sample.Loss())];
        double[][] traces = [.. workers.Select(_ => new double[IChainLoss.Lanes * draws])];
        Stopwatches times = Stopwatches.Of(
            () =>
                Parallel.For(0, threads, t =>
                    Sgld.Run(workers[t], w, step, t, burnIn, draws, 0, 0, traces[t], new double[w.Length * IChainLoss.Lanes])
                ),
            seconds
        );
        double[] first = new double[IChainLoss.Lanes],
            origin = [.. w.SelectMany(v => Enumerable.Repeat(v, IChainLoss.Lanes))];
        workers[0].Evaluate(origin, IChainLoss.Whole, first, new double[origin.Length]);
        File.WriteAllLines(
            losses,
            [
                first[0].ToString("R", CultureInfo.InvariantCulture),
                .. traces.SelectMany(t =>
                    Enumerable
                        .Range(0, IChainLoss.Lanes)
                        .Select(c => t.AsSpan(c * draws, draws).ToArray().Average().ToString("R", CultureInfo.InvariantCulture))
                ),
            ]
        );
        return times;
    }
}
