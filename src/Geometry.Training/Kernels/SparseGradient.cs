using Geometry.Training.Data;
using Geometry.Training.Engine;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Kernels;

/// <summary>
/// The gradient with outputs side by side in a register, through the product M = Bᵀ A (n×n) in place of the hidden layer: only active
/// entries are generated and computed. D = ∂L/∂M gives the gradient of the parameters once per chunk: ∂A += B D, ∂B += A Dᵀ.
/// </summary>
/// <remarks>
/// Memory layout of M and D: one row of stride floats per feature, where M[i·stride + j] is the contribution of x_i to z_j; columns from n
/// on are 0. One workspace per thread; after the first steps nothing is allocated. Cost: 2·n per active entry in place of 5m·n per sample,
/// and 3n²m per chunk; less than through the hidden layer when a sample has fewer than about 2.5 m active features.
/// </remarks>
internal sealed unsafe class SparseGradient<TAct, V, L, P, W, N> : IBatchGradient
    where TAct : struct, IActivation
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
    where W : struct, IPanel<W>
    where N : struct, IPanel<N>
{
    private const int BlockSamples = 160;
    private readonly RunProgram _program;
    private readonly EntrySampler<V, L> _sampler;
    private readonly SparseBlock _block = new(BlockSamples);
    private readonly AlignedBuffer _product,
        _gradient,
        _encoder,
        _decoder,
        _back,
        _x,
        _g,
        _bias,
        _biasGradient,
        _coefficients;
    private readonly int _width,
        _stride;
    private readonly float _gamma;

    internal SparseGradient(RunProgram program)
    {
        _program = program;
        _sampler = new EntrySampler<V, L>(program.Law);
        ModelShape model = program.Run.Model;
        _gamma = (float)model.Gamma;
        _width = (model.Features + 15) & ~15;
        _stride = Math.Max(64, _width);
        _product = new AlignedBuffer(model.Features * _stride);
        _gradient = new AlignedBuffer(model.Features * _stride);
        _encoder = new AlignedBuffer(model.Hidden * _stride);
        _decoder = model.Tied ? _encoder : new AlignedBuffer(model.Hidden * _stride);
        _back = new AlignedBuffer(model.Hidden * _stride);
        _x = new AlignedBuffer(BlockSamples * _stride);
        _g = new AlignedBuffer(BlockSamples * _stride);
        (_bias, _biasGradient, _coefficients) = (new AlignedBuffer(_stride), new AlignedBuffer(_stride), new AlignedBuffer(_stride));
        program.Coefficients.CopyTo(_coefficients.Span);
    }

    /// <inheritdoc />
    public void Add(float* theta, int step, int chunk, float* gradient)
    {
        TrainingRun run = _program.Run;
        int batch = run.Plan.Batch,
            chunks = _program.Chunks,
            n = run.Model.Features;
        int first = (int)((long)batch * chunk / chunks),
            end = (int)((long)batch * (chunk + 1) / chunks),
            occupied = 0;
        Begin(theta);
        _sampler.Begin(new RandomStream((uint)run.Seed, (uint)run.Index, (uint)step, Purpose.Entries), chunk, end - first);
        while (_sampler.Next(_block))
        {
            Work();
            occupied += _block.Samples;
        }
        int bias = _program.Layout.Bias;
        if (_program.Layout.HasBias)
            EmptySamples.Add<TAct>(theta + bias, _coefficients.Pointer, n, _gamma, end - first - occupied, gradient + bias);
        End(gradient);
    }

    /// <inheritdoc />
    public void AddSamples(float* theta, ReadOnlySpan<float> samples, int count, float* gradient)
    {
        Begin(theta);
        int n = _program.Run.Model.Features;
        for (int first = 0; first < count; first += BlockSamples)
        {
            int entries = 0,
                listed = 0;
            for (int s = first; s < Math.Min(count, first + BlockSamples); s++)
            {
                _block.Reserve(entries, n);
                for (int i = 0; i < n; i++)
                {
                    if (samples[i * count + s] != 0)
                        (_block.Feature[entries], _block.Value[entries++]) = (i, samples[i * count + s]);
                }
                _block.Starts[++listed] = entries;
            }
            _block.Finish(listed);
            Work();
        }
        End(gradient);
    }

    /// <summary>Computes M from the parameters, and sets D = 0.</summary>
    private void Begin(float* theta)
    {
        ParameterLayout layout = _program.Layout;
        int n = _program.Run.Model.Features,
            m = _program.Run.Model.Hidden;
        for (int k = 0; k < m; k++)
        {
            new ReadOnlySpan<float>(theta + (nint)k * n, n).CopyTo(_encoder.Span[(k * _stride)..]);
            if (layout.HasDecoder)
                new ReadOnlySpan<float>(theta + layout.Decoder + (nint)k * n, n).CopyTo(_decoder.Span[(k * _stride)..]);
        }
        new ReadOnlySpan<float>(theta + layout.Bias, n).CopyTo(_bias.Span);
        _gradient.Span.Clear();
        _biasGradient.Span.Clear();
        Product(_encoder.Pointer, 1, _stride, n, m, _decoder.Pointer, _product.Pointer);
    }

    /// <summary>Adds the contributions of the block's entries to D and ∂b.</summary>
    private void Work()
    {
        Span<float> x = _x.Span;
        Scatter(x, 1);
        var at = new SparseMatrices(
            (nint)_product.Pointer,
            (nint)_gradient.Pointer,
            (nint)_x.Pointer,
            (nint)_g.Pointer,
            (nint)_bias.Pointer,
            (nint)_coefficients.Pointer,
            (nint)_biasGradient.Pointer,
            _stride
        );
        SparseRows<W, N>.Run<TAct>(_block, at, _program.Run.Model.Features, _width, _gamma);
        Scatter(x, 0);
    }

    /// <summary>Adds the gradient of the parameters that follows from D.</summary>
    private void End(float* gradient)
    {
        ParameterLayout layout = _program.Layout;
        int n = _program.Run.Model.Features,
            m = _program.Run.Model.Hidden;
        Product(_encoder.Pointer, _stride, 1, m, n, _gradient.Pointer, _back.Pointer);
        for (int k = 0; k < m; k++)
            AddTo(gradient + layout.Decoder + (nint)k * n, _back.Span.Slice(k * _stride, n));
        OuterProducts<V, L, P>.Add(_decoder.Pointer, _gradient.Pointer, null, null, m, n, _stride, _width, gradient, n);
        if (layout.HasBias)
            AddTo(gradient + layout.Bias, _biasGradient.Span[..n]);
    }

    private static void AddTo(float* target, ReadOnlySpan<float> more)
    {
        var sum = new Span<float>(target, more.Length);
        System.Numerics.Tensors.TensorPrimitives.Add(sum, more, sum);
    }

    /// <summary>A product whose columns are whole vectors, in panels of 64; the last one may overlap the one before.</summary>
    private void Product(float* a, nint rowStride, nint sumStride, int rows, int count, float* x, float* y)
    {
        Project<V, L, P>.Run(a, rowStride, sumStride, rows, count, x, _stride, _stride & ~63, new StoreEpilogue(y));
        int last = _stride - 64;
        if (_stride % 64 != 0)
            Project<V, L, P>.Run(a, rowStride, sumStride, rows, count, x + last, _stride, 64, new StoreEpilogue(y + last));
    }

    /// <summary>Writes the values of the entries, times 1 or 0, to the dense rows.</summary>
    private void Scatter(Span<float> x, float factor)
    {
        int[] starts = _block.Starts,
            feature = _block.Feature;
        float[] value = _block.Value;
        for (int s = 0; s < _block.Samples; s++)
        {
            Span<float> row = x.Slice(s * _stride, _stride);
            for (int e = starts[s]; e < starts[s + 1]; e++)
                row[feature[e]] = value[e] * factor;
        }
    }
}
