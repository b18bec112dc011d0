using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>The parameters of a block of R runs and their gradients.</summary>
internal interface IBlockModel : IDisposable
{
    /// <summary>In the order of <see cref="ModelShape.Blocks"/>, each with three axes, runs first.</summary>
    IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>
    /// Gradients of the loss at inputs x (R, batch, n), in the order of the parameters, null for frozen ones; the caller's dispose scope
    /// owns them.
    /// </summary>
    Tensor?[] Gradients(Tensor x);
}
