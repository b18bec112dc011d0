using System.Runtime.Intrinsics;
using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Engine;

/// <summary>
/// Chooses the kernel of a run by the run alone, and its register width and blocking by the processor, which changes no bit of the result.
/// </summary>
internal static class BatchGradients
{
    /// <summary>Numbers of single precision in the widest register of this processor: 16, 8 or 4.</summary>
    internal static int Width =>
        Vector512.IsHardwareAccelerated ? 16
        : Vector256.IsHardwareAccelerated ? 8
        : 4;

    /// <summary>A kernel with a workspace of its own.</summary>
    internal static IBatchGradient For(RunProgram program)
    {
        IBatchGradient kernel = All(program, Width).First();
        return program.Data is null ? kernel : new FiniteBatches(kernel, program);
    }

    /// <summary>Every kernel for registers of a width, created on demand; the one that fits the run best comes first.</summary>
    internal static IEnumerable<IBatchGradient> All(RunProgram program, int width) =>
        program.Run.Model.IsNetwork
            ? [Network(program, width)]
            : program.Run.Model.Activation switch
            {
                Activation.Linear => All<Linear>(program, width),
                Activation.Swish => All<Swish>(program, width),
                _ => All<Relu>(program, width),
            };

    /// <summary>32 registers of 512 bits, 16 of 256, 32 of 128: five rows by four, two and four registers.</summary>
    private static IEnumerable<IBatchGradient> All<TAct>(RunProgram program, int width)
        where TAct : struct, IActivation =>
        width switch
        {
            16 => All<
                TAct,
                Vector512<float>,
                Lanes512,
                Panel4<Vector512<float>, Lanes512>,
                Panel2<Vector512<float>, Lanes512>,
                Panel1<Vector512<float>, Lanes512>
            >(program),
            8 => All<
                TAct,
                Vector256<float>,
                Lanes256,
                Panel2<Vector256<float>, Lanes256>,
                Panel4<Vector256<float>, Lanes256>,
                Panel2<Vector256<float>, Lanes256>
            >(program),
            _ => All<
                TAct,
                Vector128<float>,
                Lanes128,
                Panel4<Vector128<float>, Lanes128>,
                Panel4<Vector128<float>, Lanes128>,
                Panel4<Vector128<float>, Lanes128>
            >(program),
        };

    private static IBatchGradient Network(RunProgram program, int width) =>
        width switch
        {
            16 => new NetworkGradient<Vector512<float>, Lanes512, Panel4<Vector512<float>, Lanes512>>(program),
            8 => new NetworkGradient<Vector256<float>, Lanes256, Panel2<Vector256<float>, Lanes256>>(program),
            _ => new NetworkGradient<Vector128<float>, Lanes128, Panel4<Vector128<float>, Lanes128>>(program),
        };

    private static IEnumerable<IBatchGradient> All<TAct, V, L, P, W, N>(RunProgram program)
        where TAct : struct, IActivation
        where V : struct
        where L : struct, ILanes<V>
        where P : struct, IPanel<P>
        where W : struct, IPanel<W>
        where N : struct, IPanel<N>
    {
        if (program.Sparse)
            yield return new SparseGradient<TAct, V, L, P, W, N>(program);
        yield return new PackedGradient<TAct, V, L, P>(program);
        if (!program.Sparse)
            yield return new SparseGradient<TAct, V, L, P, W, N>(program);
    }
}
