using Geometry.Training.Kernels;

namespace Geometry.Training.Engine;

/// <summary>Chooses the kernel of a run, by the run alone.</summary>
internal static class BatchGradients
{
    /// <summary>A kernel with a workspace of its own.</summary>
    internal static IBatchGradient For(RunProgram program) => All(program).First();

    /// <summary>Every kernel, made as it is asked for, the one that suits the run first.</summary>
    internal static IEnumerable<IBatchGradient> All(RunProgram program) => program.Run.Model.Activation switch
    {
        Activation.Linear => All<Linear>(program),
        Activation.Swish => All<Swish>(program),
        _ => All<Relu>(program),
    };

    private static IEnumerable<IBatchGradient> All<TAct>(RunProgram program)
        where TAct : struct, IActivation
    {
        if (program.Sparse) yield return new SparseGradient<TAct>(program);
        yield return new PackedGradient<TAct>(program);
        if (!program.Sparse) yield return new SparseGradient<TAct>(program);
    }
}
