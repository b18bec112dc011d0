namespace Geometry.Training.Kernels;

/// <summary>How many samples are worked at a time.</summary>
internal static class SampleBlocks
{
    /// <summary>Samples a block, a multiple of 64: 24 kB for X and G together where 128 samples or more allow it.</summary>
    internal static int Size(int features) => Math.Clamp(3072 / features, 128, 1024) & ~63;

    /// <summary>
    /// Floats from one feature to the next: a cache line more than the block, so that columns of many features do not share a few sets of
    /// the cache.
    /// </summary>
    internal static int Stride(int features) => Size(features) + 16;
}
