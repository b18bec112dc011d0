using Geometry.Measures.Llc;
using Geometry.Training.Data;
using Geometry.Training.Streams;

namespace Geometry.Training.Measures;

/// <summary>How the samples that are not empty fill tiles of 64, and which tiles a batch uses.</summary>
/// <param name="Samples">N, including the empty ones.</param>
/// <param name="Occupied">Number of samples that are not empty; all where empty ones are not treated separately.</param>
/// <param name="Tiles">Number of their tiles.</param>
/// <param name="BatchTiles">Tiles per batch, 1 … <paramref name="Tiles"/>.</param>
internal readonly record struct SampleTiles(int Samples, int Occupied, int Tiles, int BatchTiles)
{
    private const int Tile = RandomStream.Tile;

    /// <summary>The tiles of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="law">Its law; null for a given sample.</param>
    /// <param name="packed">Whether empty samples are left out.</param>
    /// <param name="stream">The random numbers that decide how many samples are not empty.</param>
    public static SampleTiles Of(DataSample sample, SampleLaw? law, bool packed, RandomStream stream)
    {
        int occupied = packed ? new Occupancy(sample.Count, law!.Occupied).Draw(stream) : sample.Count,
            tiles = (occupied + Tile - 1) / Tile;
        bool isPart = sample.Batch is { } size && size < sample.Count;
        return new SampleTiles(
            sample.Count,
            occupied,
            tiles,
            isPart
                ? Math.Clamp((int)Math.Round((double)sample.Batch!.Value * occupied / sample.Count / Tile), 1, Math.Max(1, tiles))
                : tiles
        );
    }

    /// <summary>The first tile of a batch and the number of tiles from there on; the last tile is followed by the first.</summary>
    public (int First, int Count) Batch(uint batch)
    {
        if (batch == IChainLoss.Whole || BatchTiles == Tiles)
            return (0, Tiles);
        // A multiplicative hash: consecutive batches lie far apart.
        return ((int)((batch * 2654435761u >> 8) % (uint)Tiles), BatchTiles);
    }
}
