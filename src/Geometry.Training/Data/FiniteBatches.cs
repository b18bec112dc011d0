using Geometry.Training.Engine;
using Geometry.Training.Kernels;

namespace Geometry.Training.Data;

/// <summary>The gradient for batches of a finite data set: collects their samples and passes them to the kernel of the run.</summary>
/// <remarks>Batch t has the samples t·B … (t+1)·B − 1 of the epochs, which follow each other. A step allocates nothing.</remarks>
internal sealed unsafe class FiniteBatches : IBatchGradient
{
    private readonly IBatchGradient _kernel;
    private readonly RunProgram _program;
    private readonly FiniteData _data;
    private readonly int[] _order;
    private readonly float[] _batch;
    private long _epoch = -1;

    internal FiniteBatches(IBatchGradient kernel, RunProgram program)
    {
        (_kernel, _program, _data) = (kernel, program, program.Data!);
        _order = new int[_data.Samples];
        int most = (program.Run.Plan.Batch + program.Chunks - 1) / program.Chunks;
        _batch = new float[(long)most * program.Run.Model.Features];
    }

    /// <inheritdoc />
    public void Add(float* theta, int step, int chunk, float* gradient)
    {
        int batch = _program.Run.Plan.Batch,
            chunks = _program.Chunks,
            n = _program.Run.Model.Features;
        int first = (int)((long)batch * chunk / chunks),
            count = (int)((long)batch * (chunk + 1) / chunks) - first;
        for (int s = 0; s < count; s++)
        {
            ReadOnlySpan<float> sample = _data[Next(((long)step * batch) + first + s)];
            for (int i = 0; i < n; i++)
                _batch[(i * count) + s] = sample[i];
        }
        _kernel.AddSamples(theta, _batch.AsSpan(0, count * n), count, gradient);
    }

    /// <inheritdoc />
    public void AddSamples(float* theta, ReadOnlySpan<float> samples, int count, float* gradient) =>
        _kernel.AddSamples(theta, samples, count, gradient);

    private int Next(long position)
    {
        (long epoch, long place) = Math.DivRem(position, _data.Samples);
        if (epoch != _epoch)
            _data.Order((int)(_epoch = epoch), _order);
        return _order[place];
    }
}
