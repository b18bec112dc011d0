using System.Runtime.Intrinsics;
using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Measures;

/// <summary>Inputs with some active feature, drawn from a law.</summary>
internal static class SampledInputs
{
    /// <summary>Draws inputs, in a multiple of 64; equal laws and seeds give equal inputs.</summary>
    public static unsafe IEnumerable<double[]> Of(SparseData data, int count, int seed)
    {
        int n = data.Density.Count;
        var law = new SampleLaw(data);
        var x = new AlignedBuffer(n * count);
        new PackedSampler<Vector128<float>, Lanes128>(law, law.Occupied < 0.97).Fill(
            new RandomStream((uint)seed, 0, 2, Purpose.Measures),
            0,
            count / RandomStream.Tile,
            x.Pointer,
            count
        );
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => new double[n])];
        for (int i = 0; i < n; i++)
        {
            for (int s = 0; s < count; s++)
                inputs[s][i] = x.Span[(i * count) + s];
        }
        return inputs;
    }
}
