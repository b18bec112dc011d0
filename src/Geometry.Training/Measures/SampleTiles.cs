using Geometry.Measures.Llc;
using Geometry.Training.Data;
using Geometry.Training.Streams;

namespace Geometry.Training.Measures;

/// <summary>How the samples that are not empty fill tiles of 64, and which tiles a batch takes.</summary>
/// <param name="Samples">N, the empty ones among them.</param>
/// <param name="Occupied">Those that are not empty; all where empty ones are not told apart.</param>
/// <param name="Tiles">Tiles of them.</param>
/// <param name="BatchTiles">Tiles of a batch, 1 … <paramref name="Tiles"/>.</param>
internal readonly record struct SampleTiles(int Samples, int Occupied, int Tiles, int BatchTiles)
{
    private const int Tile = RandomStream.Tile;

    /// <summary>The tiles of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="law">Its law; null for a given sample.</param>
    /// <param name="packed">Whether empty samples are left out.</param>
    /// <param name="stream">What their number is drawn from.</param>
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

    /// <summary>The first tile of a batch and how many follow each other from there, the first behind the last.</summary>
    public (int First, int Count) Batch(uint batch)
    {
        if (batch == IChainLoss.Whole || BatchTiles == Tiles)
            return (0, Tiles);
        // A multiplicative hash: batches that follow each other lie apart.
        return ((int)((batch * 2654435761u >> 8) % (uint)Tiles), BatchTiles);
    }
}
