using Geometry.RandomNumbers;

namespace Geometry.Training.Streams;

/// <summary>The use of a random number; it is the fourth word of the counter, so no two purposes share a number.</summary>
internal enum Purpose : uint
{
    /// <summary>Activity and values of the packed samples of a batch.</summary>
    Samples = 0,

    /// <summary>The initial weights.</summary>
    Start = 1,

    /// <summary>Number of samples of a batch that are not empty.</summary>
    Occupancy = 2,

    /// <summary>Gaps and values of the active entries of a batch.</summary>
    Entries = 3,

    /// <summary>Values of further members of a correlated group.</summary>
    Members = 4,

    /// <summary>The evaluation sample.</summary>
    Evaluation = 5,

    /// <summary>The sample on which a run is measured.</summary>
    Measures = 6,

    /// <summary>The samples of a finite data set.</summary>
    DataSet = 7,

    /// <summary>The order of a finite data set in an epoch.</summary>
    Order = 8,
}

/// <summary>
/// The random numbers of one run, one step and one purpose: Philox4x32-7 with key (seed, run) and counter (place, slot, step, purpose).
/// Uniform numbers have 24 bits.
/// </summary>
internal readonly record struct RandomStream(uint Seed, uint Run, uint Step, Purpose Purpose)
{
    /// <summary>The samples that a tile covers, see <see cref="Uniforms{V,L}"/>.</summary>
    internal const int Tile = 64;

    /// <summary>A number u, uniform on [0, 1), with 53 bits; each place and slot has its own.</summary>
    internal double Uniform(uint place, uint slot)
    {
        (uint x, uint y, _, _) = Philox.Words(place, slot, Step, (uint)Purpose, Seed, Run);
        return ((((ulong)x << 32) | y) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A number u, uniform on [0, 1), with 24 bits; each place and slot has its own.</summary>
    internal float Single(uint place, uint slot) => (Philox.Words(place, slot, Step, (uint)Purpose, Seed, Run).X >> 8) * (1f / (1 << 24));
}
