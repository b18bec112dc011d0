namespace Geometry.Training.Kernels;

/// <summary>
/// The gradient of the mean loss of one batch, chunk by chunk. An implementation belongs to one thread and holds its workspace; two of them
/// on the same run give the same bits.
/// </summary>
internal unsafe interface IBatchGradient
{
    /// <summary>Adds the gradient of a chunk of the batch of a step.</summary>
    /// <remarks>
    /// theta: The parameters, 64-byte aligned, see <see cref="Engine.ParameterLayout"/>.
    /// step: 0-based number of the step; names the batch.
    /// chunk: Number of the chunk.
    /// gradient: Laid out as the parameters.
    /// </remarks>
    void Add(float* theta, int step, int chunk, float* gradient);

    /// <summary>Adds the gradient of given samples, through the same inner loops.</summary>
    /// <remarks>samples: feature by feature, x_i(s) at [i·count + s]; count: how many, ≥ 0; the others as above.</remarks>
    void AddSamples(float* theta, ReadOnlySpan<float> samples, int count, float* gradient);
}
