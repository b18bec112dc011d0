using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Streams;

namespace Geometry.Training.Tests.Data;

/// <summary>Statistics of many samples of a law as the packed sampler draws it, empty ones included by their number.</summary>
internal sealed unsafe class SampledBatches
{
    internal SampledBatches(SparseData data, int batches, bool packed)
    {
        const int Batch = 1024;
        int n = data.Density.Count;
        var law = new SampleLaw(data);
        var sampler = new PackedSampler(law, packed);
        var occupancy = new Occupancy(Batch, packed ? law.Occupied : 1);
        (Active, Mean, Square, Both) = (new double[n], new double[n], new double[n], new double[n, n]);
        var x = new AlignedBuffer(n * Batch);
        for (int step = 0; step < batches; step++)
        {
            var stream = new RandomStream(11, 12, (uint)step, Purpose.Samples);
            int count = occupancy.Draw(stream with { Purpose = Purpose.Occupancy });
            sampler.Fill(stream, 0, (count + 63) / 64, x.Pointer, Batch);
            for (int s = 0; s < count; s++) Add(x.Span, s, n, Batch);
        }
        Samples = batches * Batch;
    }

    internal double Samples { get; }

    /// <summary>Samples in which a feature is active, its sum and its sum of squares, samples in which two are active, samples with none that were computed.</summary>
    internal double[] Active { get; }

    internal double[] Mean { get; }

    internal double[] Square { get; }

    internal double[,] Both { get; }

    internal int ComputedEmpty { get; private set; }

    private void Add(Span<float> x, int s, int n, int stride)
    {
        int active = 0;
        for (int i = 0; i < n; i++)
        {
            float v = x[i * stride + s];
            if (v == 0) continue;
            active++;
            Active[i]++;
            Mean[i] += v;
            Square[i] += v * v;
            for (int j = 0; j < i; j++) if (x[j * stride + s] != 0) Both[i, j]++;
        }
        if (active == 0) ComputedEmpty++;
    }
}
