using Geometry.Training.Kernels;

namespace Geometry.Training.Engine;

/// <summary>Chooses the kernel of a run, by the run alone.</summary>
internal static class BatchGradients
{
    internal static IBatchGradient For(RunProgram program) => program.Run.Model.Activation switch
    {
        Activation.Linear => For<Linear>(program),
        Activation.Swish => For<Swish>(program),
        _ => For<Relu>(program),
    };

    private static PackedGradient<TAct> For<TAct>(RunProgram program)
        where TAct : struct, IActivation => new PackedGradient<TAct>(program);
}
