using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>Copies tensors of a block of runs to arrays of the host, one run after the other, and back.</summary>
internal static class HostArrays
{
    /// <summary>Copies a tensor of float32.</summary>
    internal static float[] Floats(Tensor tensor)
    {
        using Tensor host = tensor.cpu();
        return host.data<float>().ToArray();
    }

    /// <summary>Copies tensors of float32.</summary>
    internal static float[][] Floats(IReadOnlyList<Tensor> tensors) => [.. tensors.Select(Floats)];

    /// <summary>Copies a tensor of whole numbers.</summary>
    internal static long[] Integers(Tensor tensor)
    {
        using Tensor host = tensor.cpu();
        return host.data<long>().ToArray();
    }

    /// <summary>Overwrites tensors with arrays of the same lengths.</summary>
    internal static void Fill(IReadOnlyList<Tensor> tensors, IReadOnlyList<float[]> values)
    {
        for (int k = 0; k < tensors.Count; k++)
        {
            using Tensor flat = tensor(values[k], device: tensors[k].device),
                shaped = flat.reshape(tensors[k].shape);
            tensors[k].copy_(shaped);
        }
    }

    /// <summary>The parameters of one run of a block.</summary>
    /// <param name="model">The shape of the model.</param>
    /// <param name="step">Finished steps.</param>
    /// <param name="values">The block's parameters, in the order of <see cref="ModelShape.Blocks"/>.</param>
    /// <param name="run">Index of the run in the block.</param>
    internal static Checkpoint Checkpoint(ModelShape model, int step, float[][] values, int run)
    {
        IReadOnlyList<ParameterBlock> blocks = model.Blocks;
        return Training.Checkpoint.Of(
            model,
            step,
            [.. values.Select((v, k) => v.AsSpan(run * blocks[k].Length, blocks[k].Length).ToArray())]
        );
    }
}
