namespace Geometry.Training.Kernels;

/// <summary>
/// The gradient of the mean loss of a batch, chunk by chunk. An object belongs to one thread and has its own workspace; two objects for the
/// same run give the same bits.
/// </summary>
internal unsafe interface IBatchGradient
{
    /// <summary>Adds the gradient of one chunk of the batch of a step.</summary>
    /// <remarks>
    /// theta: The parameters, 64-byte aligned, see <see cref="Engine.ParameterLayout"/>.
    /// step: index of the step, from 0, which determines the batch.
    /// chunk: index of the chunk.
    /// gradient: has the layout of the parameters.
    /// </remarks>
    void Add(float* theta, int step, int chunk, float* gradient);

    /// <summary>Adds the gradient for given samples, with the same inner loops.</summary>
    /// <remarks>samples: feature by feature, x_i(s) at [i·count + s]; count: number of samples, ≥ 0; the others as above.</remarks>
    void AddSamples(float* theta, ReadOnlySpan<float> samples, int count, float* gradient);
}
