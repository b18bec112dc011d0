using System.Runtime.Intrinsics;
using Geometry.Measures.Llc;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;

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
