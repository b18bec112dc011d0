using System.Runtime.Intrinsics;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Data;

/// <summary>The data set of one run: samples of the law, drawn once, and their order in each epoch.</summary>
/// <remarks>
/// Memory layout: sample s at [s·n, (s+1)·n). Several threads may read at once. Samples and orders depend only on (seed, run), so they are
/// the same whatever the number of threads.
/// </remarks>
internal sealed class FiniteData
{
    /// <summary>Most numbers of a data set, which take 256 MiB.</summary>
    internal const long MostValues = 1L << 26;

    private readonly TrainingRun _run;
    private readonly int _features;
    private readonly float[] _values;

    internal FiniteData(TrainingRun run, SampleLaw law)
    {
        _run = run;
        _features = run.Model.Features;
        Samples = run.Plan.Samples;
        _values = new float[Samples * _features];
        // The width of the registers changes no bit.
        Draw(
            new PackedSampler<Vector128<float>, Lanes128>(law, packed: false),
            new RandomStream((uint)run.Seed, (uint)run.Index, 0, Purpose.DataSet)
        );
    }

    /// <summary>N, the number of samples.</summary>
    internal int Samples { get; }

    /// <summary>The features of a sample, length n.</summary>
    internal ReadOnlySpan<float> this[int sample] => _values.AsSpan(sample * _features, _features);

    /// <summary>Fills a permutation of the samples by Fisher and Yates' shuffle with the random numbers of the epoch.</summary>
    internal void Order(int epoch, Span<int> order)
    {
        var stream = new RandomStream((uint)_run.Seed, (uint)_run.Index, (uint)epoch, Purpose.Order);
        for (int s = 0; s < order.Length; s++)
        {
            int other = (int)(stream.Uniform((uint)s, 0) * (s + 1));
            order[s] = order[other];
            order[other] = s;
        }
    }

    private unsafe void Draw(PackedSampler<Vector128<float>, Lanes128> sampler, RandomStream stream)
    {
        const int Tile = RandomStream.Tile;
        var block = new AlignedBuffer(_features * Tile);
        for (int first = 0; first < Samples; first += Tile)
        {
            sampler.Fill(stream, first / Tile, 1, block.Pointer, Tile);
            for (int s = first; s < Math.Min(first + Tile, Samples); s++)
            {
                for (int i = 0; i < _features; i++)
                    _values[(s * _features) + i] = block.Span[(i * Tile) + s - first];
            }
        }
        GC.KeepAlive(block);
    }
}
