using System.Runtime.Intrinsics;
using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Tests.Data;

/// <summary>How the samples of a law are drawn.</summary>
public enum Drawing
{
    Plain,
    Packed,
    Entries,
}

/// <summary>Statistics of many samples of a law as one of the samplers draws it, empty ones included by their number.</summary>
internal sealed unsafe class SampledBatches
{
    internal SampledBatches(SparseData data, int batches, Drawing drawing)
    {
        const int Batch = 1024;
        int n = data.Density.Count;
        bool packed = drawing == Drawing.Packed;
        var law = new SampleLaw(data);
        var entries = new EntrySampler<Vector256<float>, Lanes256>(law);
        var block = new SparseBlock(100);
        var sampler = new PackedSampler<Vector256<float>, Lanes256>(law, packed);
        var occupancy = new Occupancy(Batch, packed ? law.Occupied : 1);
        (Active, Mean, Square, Both) = (new double[n], new double[n], new double[n], new double[n, n]);
        var x = new AlignedBuffer(n * Batch);
        for (int step = 0; step < batches; step++)
        {
            var stream = new RandomStream(11, 12, (uint)step, Purpose.Samples);
            if (drawing == Drawing.Entries)
            {
                // Two chunks of unequal size.
                for (int chunk = 0; chunk < 2; chunk++)
                {
                    entries.Begin(stream, chunk, chunk == 0 ? 300 : Batch - 300);
                    while (entries.Next(block))
                        Add(block, n);
                }
                continue;
            }
            int count = occupancy.Draw(stream with { Purpose = Purpose.Occupancy });
            sampler.Fill(stream, 0, (count + 63) / 64, x.Pointer, Batch);
            for (int s = 0; s < count; s++)
                Add(x.Span, s, n, Batch);
        }
        Samples = batches * Batch;
    }

    internal double Samples { get; }

    /// <summary>
    /// Samples in which a feature is active, its sum and its sum of squares, samples in which two are active, samples with none that were
    /// computed.
    /// </summary>
    internal double[] Active { get; }

    internal double[] Mean { get; }

    internal double[] Square { get; }

    internal double[,] Both { get; }

    internal int ComputedEmpty { get; private set; }

    private void Add(SparseBlock block, int n)
    {
        var x = new float[n];
        for (int s = 0; s < block.Samples; s++)
        {
            Array.Clear(x);
            for (int e = block.Starts[s]; e < block.Starts[s + 1]; e++)
                x[block.Feature[e]] = block.Value[e];
            Add(x, 0, n, 1);
        }
    }

    private void Add(Span<float> x, int s, int n, int stride)
    {
        int active = 0;
        for (int i = 0; i < n; i++)
        {
            float v = x[i * stride + s];
            if (v == 0)
                continue;
            active++;
            Active[i]++;
            Mean[i] += v;
            Square[i] += v * v;
            for (int j = 0; j < i; j++)
                if (x[j * stride + s] != 0)
                    Both[i, j]++;
        }
        if (active == 0)
            ComputedEmpty++;
    }
}
