using Geometry.Training.Data;
using Geometry.Training.Engine;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Kernels;

/// <summary>
/// The gradient with samples side by side in a register, through the hidden layer: H = B X, Z = b + Aᵀ H, G = ∂L/∂Z, E = A G, then ∂A += H
/// Gᵀ, ∂B += E Xᵀ, ∂b += G 1.
/// </summary>
/// <remarks>
/// Memory layout: x_i(s) at x[i·stride + s], with a stride that is a little larger than the block (see <see cref="SampleBlocks"/>). One
/// workspace per thread; a step allocates nothing. Empty samples are counted and not computed where that pays. Cost: 5nm multiply-adds per
/// sample that is not empty.
/// </remarks>
internal sealed unsafe class PackedGradient<TAct, V, L, P> : IBatchGradient
    where TAct : struct, IActivation
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
{
    private readonly RunProgram _program;
    private readonly PackedSampler<V, L> _sampler;
    private readonly AlignedBuffer _x,
        _g,
        _h,
        _e,
        _coefficients;
    private readonly int _block,
        _stride;
    private readonly float _gamma;

    internal PackedGradient(RunProgram program)
    {
        _program = program;
        _sampler = new PackedSampler<V, L>(program.Law, program.Packed);
        ModelShape model = program.Run.Model;
        _gamma = (float)model.Gamma;
        _block = SampleBlocks.Size(model.Features);
        _stride = SampleBlocks.Stride(model.Features);
        _x = new AlignedBuffer(model.Features * _stride);
        _g = new AlignedBuffer(model.Features * _stride);
        _h = new AlignedBuffer(model.Hidden * _stride);
        _e = new AlignedBuffer(model.Hidden * _stride);
        _coefficients = new AlignedBuffer(model.Features);
        program.Coefficients.CopyTo(_coefficients.Span);
    }

    /// <inheritdoc />
    public void Add(float* theta, int step, int chunk, float* gradient)
    {
        TrainingRun run = _program.Run;
        var stream = new RandomStream((uint)run.Seed, (uint)run.Index, (uint)step, Purpose.Samples);
        int count = _program.Occupancy.Draw(stream with { Purpose = Purpose.Occupancy });
        int tiles = (count + 63) / 64;
        int first = (int)((long)tiles * chunk / _program.Chunks),
            end = (int)((long)tiles * (chunk + 1) / _program.Chunks);
        for (int tile = first; tile < end; tile += _block / 64)
        {
            int now = Math.Min(_block / 64, end - tile);
            _sampler.Fill(stream, tile, now, _x.Pointer, _stride);
            Block(theta, now, Math.Min(now * 64, count - tile * 64), gradient);
        }
        if (chunk == 0 && _program.Layout.HasBias && count < run.Plan.Batch)
        {
            int bias = _program.Layout.Bias;
            EmptySamples.Add<TAct>(
                theta + bias,
                _coefficients.Pointer,
                run.Model.Features,
                _gamma,
                run.Plan.Batch - count,
                gradient + bias
            );
        }
    }

    /// <inheritdoc />
    public void AddSamples(float* theta, ReadOnlySpan<float> samples, int count, float* gradient)
    {
        int n = _program.Run.Model.Features;
        for (int first = 0; first < count; first += _block)
        {
            int now = Math.Min(_block, count - first),
                tiles = (now + 63) / 64;
            _x.Span.Clear();
            for (int i = 0; i < n; i++)
                samples.Slice(i * count + first, now).CopyTo(_x.Span[(i * _stride)..]);
            Block(theta, tiles, now, gradient);
        }
    }

    /// <summary>Adds the gradient of the block in the workspace; samples from <paramref name="count"/> on are padding.</summary>
    private void Block(float* theta, int tiles, int count, float* gradient)
    {
        ParameterLayout layout = _program.Layout;
        int n = _program.Run.Model.Features,
            m = _program.Run.Model.Hidden,
            stride = _stride,
            length = tiles * 64;
        float* encoder = theta,
            decoder = theta + layout.Decoder,
            x = _x.Pointer,
            g = _g.Pointer,
            h = _h.Pointer,
            e = _e.Pointer;
        Project<V, L, P>.Run(encoder, n, 1, m, n, x, stride, length, new StoreEpilogue(h));
        Project<V, L, P>.Run(
            decoder,
            1,
            n,
            n,
            m,
            h,
            stride,
            length,
            new GradientEpilogue<TAct>(theta + layout.Bias, x, _coefficients.Pointer, g, _gamma)
        );
        for (int i = 0; count < length && i < n; i++)
            new Span<float>(g + (nint)i * stride + count, length - count).Clear();
        Project<V, L, P>.Run(decoder, n, 1, m, n, g, stride, length, new StoreEpilogue(e));
        if (layout.HasDecoder)
        {
            OuterProducts<V, L, P>.Add(e, x, null, null, m, n, stride, length, gradient, n);
            OuterProducts<V, L, P>.Add(h, g, null, null, m, n, stride, length, gradient + layout.Decoder, n);
        }
        else
        {
            OuterProducts<V, L, P>.Add(h, g, e, x, m, n, stride, length, gradient, n);
        }
        if (layout.HasBias)
            RowSums.Add<V, L>(g, n, stride, length, gradient + layout.Bias);
    }
}
