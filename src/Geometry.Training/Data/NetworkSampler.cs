using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Data;

/// <summary>
/// Fills blocks of samples for a network: those of <see cref="PackedSampler{V,L}"/>, or samples with exactly s active features, each 1.
/// </summary>
/// <remarks>
/// A subset of s features is drawn by Floyd's algorithm (Bentley 1987, CACM 30(9), doi:10.1145/30401.315746); its random numbers are keyed
/// by sample and index. O(s²) per sample.
/// </remarks>
internal sealed unsafe class NetworkSampler<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    private readonly PackedSampler<V, L> _sampler;
    private readonly int _features;
    private readonly int[] _chosen;

    internal NetworkSampler(SampleLaw law, bool packed)
    {
        _sampler = new PackedSampler<V, L>(law, packed);
        _features = law.Data.Density.Count;
        _chosen = new int[law.Data.Active ?? 0];
    }

    /// <summary>Fills the tiles first … first + tiles − 1 of 64 samples: n rows of <paramref name="stride"/> floats.</summary>
    internal void Fill(RandomStream stream, int first, int tiles, float* x, int stride)
    {
        if (_chosen.Length == 0)
        {
            _sampler.Fill(stream, first, tiles, x, stride);
            return;
        }
        int count = tiles * RandomStream.Tile;
        for (int i = 0; i < _features; i++)
            new Span<float>(x + ((nint)i * stride), count).Clear();
        for (int s = 0; s < count; s++)
        {
            Choose(stream, (uint)((first * RandomStream.Tile) + s));
            foreach (int feature in _chosen)
                x[((nint)feature * stride) + s] = 1;
        }
    }

    private void Choose(RandomStream stream, uint sample)
    {
        for (int k = 0; k < _chosen.Length; k++)
        {
            int last = _features - _chosen.Length + k,
                at = (int)(stream.Uniform(sample, (uint)k) * (last + 1));
            _chosen[k] = Array.IndexOf(_chosen, at, 0, k) < 0 ? at : last;
        }
    }
}
