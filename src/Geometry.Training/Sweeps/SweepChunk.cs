using System.Globalization;
using Geometry.Training.Specs;

namespace Geometry.Training.Sweeps;

/// <summary>Runs of one model shape that share a weight file.</summary>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Runs">Indices of the runs, ascending.</param>
public sealed record SweepChunk(int Features, int Hidden, IReadOnlyList<int> Runs)
{
    private const int MostRuns = 1024;
    private const long MostBytes = 64L << 20;

    /// <summary>
    /// Name of its files, without extension: shape and first run. The names of different parts of a sweep differ, and sort in the order of
    /// runs.
    /// </summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"n{Features}_m{Hidden}_{Runs[0]:D6}");

    /// <summary>
    /// The weight files of a part of a sweep: runs in order, at most 1024 per file, and at most 64 MiB of parameters with their
    /// checkpoints.
    /// </summary>
    public static IReadOnlyList<SweepChunk> Plan(SweepGrid grid, Shard shard)
    {
        var chunks = new List<SweepChunk>();
        var runs = new List<int>();
        (int Features, int Hidden) shape = default;
        for (int run = shard.Index - 1; run < grid.Count; run += shard.Count)
        {
            (int Features, int Hidden) next = grid.Shape(run);
            if (runs.Count > 0 && (next != shape || runs.Count == Capacity(grid.Spec, shape.Features, shape.Hidden)))
                Close();
            shape = next;
            runs.Add(run);
        }
        if (runs.Count > 0)
            Close();
        return chunks;

        void Close()
        {
            chunks.Add(new SweepChunk(shape.Features, shape.Hidden, [.. runs]));
            runs.Clear();
        }
    }

    private static int Capacity(SweepSpec spec, int features, int hidden)
    {
        long values = spec.BlocksOf(features, hidden).Sum(b => (long)b.Length) + (spec.Bias ? 0 : features);
        return (int)Math.Clamp(MostBytes / (4 * values * (1 + spec.Checkpoints)), 1, MostRuns);
    }
}
