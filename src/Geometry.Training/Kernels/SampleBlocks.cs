namespace Geometry.Training.Kernels;

/// <summary>The number of samples that are computed at a time.</summary>
internal static class SampleBlocks
{
    /// <summary>Samples per block, a multiple of 64: X and G together have 24 kB where that allows at least 128 samples.</summary>
    internal static int Size(int features) => Math.Clamp(3072 / features, 128, 1024) & ~63;

    /// <summary>
    /// Floats from one feature to the next: a cache line more than the block, so that columns of many features do not compete for a few
    /// sets of the cache.
    /// </summary>
    internal static int Stride(int features) => Size(features) + 16;
}
