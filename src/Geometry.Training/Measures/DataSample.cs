using System.Runtime.Intrinsics;
using Geometry.Measures.Llc;
using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Measures;

/// <summary>A model, and the sample for its loss: drawn from a law, or given.</summary>
/// <param name="Model">The model.</param>
/// <param name="Importance">I_i, length n.</param>
/// <param name="Count">N, the number of samples.</param>
/// <param name="Batch">Samples per step; null for all.</param>
internal sealed record DataSample(ModelShape Model, IReadOnlyList<double> Importance, int Count, int? Batch)
{
    /// <summary>The law from which the sample is drawn; null for a given one.</summary>
    public SparseData? Law { get; init; }

    /// <summary>Seed of a drawn sample.</summary>
    public int Seed { get; init; }

    /// <summary>The given sample, one after the other, N·n numbers.</summary>
    public float[] Given { get; init; } = [];

    /// <summary>The loss on the sample, by the kernels that fit the processor; the choice changes no bit.</summary>
    public IChainLoss Loss() =>
        Model.IsNetwork
            ? Network()
            : Model.Activation switch
            {
                Activation.Linear => Loss<Linear>(),
                Activation.Swish => Loss<Swish>(),
                _ => Loss<Relu>(),
            };

    private IChainLoss Network() =>
        Engine.BatchGradients.Width switch
        {
            16 => new NetworkLoss<Vector512<float>, Lanes512, Panel4<Vector512<float>, Lanes512>>(this),
            8 => new NetworkLoss<Vector256<float>, Lanes256, Panel2<Vector256<float>, Lanes256>>(this),
            _ => new NetworkLoss<Vector128<float>, Lanes128, Panel4<Vector128<float>, Lanes128>>(this),
        };

    private IChainLoss Loss<TAct>()
        where TAct : struct, IActivation =>
        Vector512.IsHardwareAccelerated ? new DataLoss<TAct, Vector512<float>, Lanes512, Panel4<Vector512<float>, Lanes512>>(this)
        : Vector256.IsHardwareAccelerated ? new DataLoss<TAct, Vector256<float>, Lanes256, Panel2<Vector256<float>, Lanes256>>(this)
        : new DataLoss<TAct, Vector128<float>, Lanes128, Panel4<Vector128<float>, Lanes128>>(this);
}

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
