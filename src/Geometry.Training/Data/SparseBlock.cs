namespace Geometry.Training.Data;

/// <summary>
/// The active entries of some samples, sample by sample: entry e in [Starts[s], Starts[s+1]) says that feature Feature[e] of sample s has
/// the value Value[e]. Samples without entries are not listed. The arrays grow during the first blocks and keep their lengths afterwards.
/// </summary>
internal sealed class SparseBlock(int samples)
{
    /// <summary>Largest number of samples.</summary>
    internal int Capacity { get; } = samples;

    /// <summary>Number of listed samples.</summary>
    internal int Samples { get; private set; }

    internal int[] Starts { get; } = new int[samples + 2];

    internal int[] Feature { get; private set; } = new int[samples * 8];

    internal float[] Value { get; private set; } = new float[samples * 8];

    /// <summary>Makes room for further entries.</summary>
    internal void Reserve(int entries, int more)
    {
        if (entries + more <= Feature.Length)
            return;
        int length = Math.Max(2 * Feature.Length, entries + more);
        int[] feature = Feature;
        float[] value = Value;
        Array.Resize(ref feature, length);
        Array.Resize(ref value, length);
        (Feature, Value) = (feature, value);
    }

    /// <summary>Sets the number of listed samples, after their entries and starts have been written.</summary>
    internal void Finish(int samples) => Samples = samples;
}
