using Geometry.Training.Data;
using Geometry.Training.Engine;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Kernels;

/// <summary>The gradient of a network, samples side by side in a register (<see cref="NetworkPass{V,L,P}"/>).</summary>
/// <remarks>
/// Batches are drawn like those of <see cref="PackedGradient{TAct,V,L,P}"/>. Empty samples are all equal: one of them is computed and
/// multiplied by their number.
/// </remarks>
internal sealed unsafe class NetworkGradient<V, L, P> : IBatchGradient
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
{
    private readonly RunProgram _program;
    private readonly NetworkSampler<V, L> _sampler;
    private readonly NetworkPass<V, L, P> _pass;
    private readonly AlignedBuffer _empty;

    internal NetworkGradient(RunProgram program)
    {
        _program = program;
        _sampler = new NetworkSampler<V, L>(program.Law, program.Packed);
        TrainingRun run = program.Run;
        _pass = new NetworkPass<V, L, P>(run.Model, program.Coefficients, run.Plan.Batch);
        _empty = new AlignedBuffer(program.Layout.Length);
    }

    /// <inheritdoc />
    public void Add(float* theta, int step, int chunk, float* gradient)
    {
        TrainingRun run = _program.Run;
        var stream = new RandomStream((uint)run.Seed, (uint)run.Index, (uint)step, Purpose.Samples);
        int count = _program.Occupancy.Draw(stream with { Purpose = Purpose.Occupancy });
        int tiles = (count + 63) / 64,
            block = _pass.Block / 64;
        int first = (int)((long)tiles * chunk / _program.Chunks),
            end = (int)((long)tiles * (chunk + 1) / _program.Chunks);
        for (int tile = first; tile < end; tile += block)
        {
            int now = Math.Min(block, end - tile);
            _sampler.Fill(stream, tile, now, _pass.Inputs.Pointer, _pass.Stride);
            _pass.AddGradient(theta, now, Math.Min(now * 64, count - (tile * 64)), gradient);
        }
        if (chunk == 0 && count < run.Plan.Batch)
            AddEmpty(theta, run.Plan.Batch - count, gradient);
    }

    /// <inheritdoc />
    public void AddSamples(float* theta, ReadOnlySpan<float> samples, int count, float* gradient)
    {
        int n = _program.Run.Model.Features;
        for (int first = 0; first < count; first += _pass.Block)
        {
            int now = Math.Min(_pass.Block, count - first);
            _pass.Inputs.Span.Clear();
            for (int i = 0; i < n; i++)
                samples.Slice((i * count) + first, now).CopyTo(_pass.Inputs.Span[(i * _pass.Stride)..]);
            _pass.AddGradient(theta, (now + 63) / 64, now, gradient);
        }
    }

    private void AddEmpty(float* theta, int count, float* gradient)
    {
        _empty.Span.Clear();
        _pass.Inputs.Span.Clear();
        _pass.AddGradient(theta, 1, 1, _empty.Pointer);
        V times = L.All(count);
        for (nint i = 0; i < _empty.Length; i += L.Width)
            L.Store(L.MultiplyAdd(times, L.Load(_empty.Pointer + i), L.Load(gradient + i)), gradient + i);
    }
}
