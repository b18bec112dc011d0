using Geometry.Training.Engine;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>The forward and backward pass of a block of samples through a network. Belongs to one thread and has the workspace.</summary>
/// <remarks>
/// Memory layout: unit i of layer l and sample s at Values[l][i·Stride + s], where layer 0 has the inputs; slopes and gradients likewise.
/// With δ_L = ∂L/∂z_L: back_l = W_{l+1}ᵀ δ_{l+1} (+ Uᵀ of the head), δ_l = back_l ⊙ act'(z_l), ∂W_l += δ_l a_{l−1}ᵀ, ∂b_l += δ_l 1; the
/// gradient of a matrix that is used twice is the sum of both. Cost: 3·Σ inputs·outputs multiply-adds per sample, with the kernels of the
/// component.
/// </remarks>
internal sealed unsafe class NetworkPass<V, L, P>
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
{
    private readonly ModelShape _model;
    private readonly NetworkLinks _links;
    private readonly AlignedBuffer[] _values,
        _slopes,
        _back;
    private readonly AlignedBuffer _zeros,
        _coefficients;
    private readonly ClassKernel<V, L>? _classes;
    private readonly PairKernel<V, L>? _pairs;
    private readonly float _gamma;

    /// <remarks>coefficients: c_i = 2 I_i / (N n), length n. samples: N, the number of samples over which losses are averaged.</remarks>
    internal NetworkPass(ModelShape model, ReadOnlySpan<float> coefficients, double samples)
    {
        (_model, _links, _gamma) = (model, new NetworkLinks(model), (float)model.Gamma);
        Block = SampleBlocks.Size(_links.Widest);
        Stride = SampleBlocks.Stride(_links.Widest);
        int[] widths = [model.Features, .. _links.Chain.Select(l => l.Outputs)];
        _values = [.. widths.Select(w => new AlignedBuffer(w * Stride))];
        _slopes = [.. widths.Select((w, l) => new AlignedBuffer(l > 0 && l < widths.Length - 1 ? w * Stride : 0))];
        _back = [.. widths.Select((w, l) => new AlignedBuffer(l > 0 ? w * Stride : 0))];
        _zeros = new AlignedBuffer(_links.Widest);
        _coefficients = new AlignedBuffer(model.Features);
        coefficients.CopyTo(_coefficients.Span);
        if (model.Head is { } head)
            _classes = new ClassKernel<V, L>(head, Stride, (float)(head.Weight / samples));
        if (model.Pairs is { } pairs)
            _pairs = new PairKernel<V, L>(pairs, model.Features, Stride, samples);
    }

    /// <summary>Number of samples per pass, a multiple of 64.</summary>
    internal int Block { get; }

    /// <summary>Floats from one unit to the next.</summary>
    internal int Stride { get; }

    /// <summary>The inputs, which the caller fills.</summary>
    internal AlignedBuffer Inputs => _values[0];

    /// <summary>The result of the last <see cref="Evaluate"/>: act(z) − x, one row per feature, or z − y, one row per pair.</summary>
    internal float* Residuals => _back[^1].Pointer;

    /// <summary>The kernel of the head, with the logits of the last pass; null without a head.</summary>
    internal ClassKernel<V, L>? Classes => _classes;

    /// <summary>The kernel of the pairs, with the values of the last pass; null for a network that reconstructs.</summary>
    internal PairKernel<V, L>? Pairs => _pairs;

    /// <summary>Adds the gradient of the samples in <see cref="Inputs"/>; those from <paramref name="count"/> on are padding.</summary>
    internal void AddGradient(float* theta, int tiles, int count, float* gradient)
    {
        int length = tiles * 64,
            last = _links.Chain.Count;
        _pairs?.Prepare(_values[0].Pointer, length);
        Hidden(theta, length);
        float* top = _back[last].Pointer,
            hidden = _back[last - 1].Pointer;
        bool reconstructs = _model.Head is not { Alone: true };
        if (reconstructs)
        {
            Output(theta, length, gradient: _pairs is null);
            _pairs?.Differentiate(top, length);
            Clear(top, _links.Chain[^1].Outputs, count, length);
            Backward(last, theta, length, gradient);
        }
        else
        {
            new Span<float>(hidden, _links.Chain[^1].Inputs * Stride).Clear();
        }
        if (_classes is { } classes)
        {
            NetworkLink head = _links.Head!;
            Logits(theta, length);
            classes.Differentiate(_values[0].Pointer, length);
            Clear(classes.Logits, head.Outputs, count, length);
            Project<V, L, P>.Run(
                theta + head.Weights,
                1,
                head.Inputs,
                head.Inputs,
                head.Outputs,
                classes.Logits,
                Stride,
                length,
                new AddEpilogue(hidden)
            );
            Gradient(head, classes.Logits, _values[last - 1].Pointer, length, gradient);
        }
        for (int l = last - 1; l > 0; l--)
        {
            Multiply(_back[l].Pointer, _slopes[l].Pointer, _links.Chain[l - 1].Outputs, length);
            Backward(l, theta, length, gradient);
        }
    }

    /// <summary>Computes the residuals and logits of the samples in <see cref="Inputs"/>.</summary>
    internal void Evaluate(float* theta, int tiles)
    {
        _pairs?.Prepare(_values[0].Pointer, tiles * 64);
        Hidden(theta, tiles * 64);
        Output(theta, tiles * 64, gradient: false);
        if (_classes is not null)
            Logits(theta, tiles * 64);
    }

    private void Hidden(float* theta, int length)
    {
        for (int l = 1; l < _links.Chain.Count; l++)
        {
            NetworkLink link = _links.Chain[l - 1];
            float* bias = Bias(link, theta),
                value = _values[l].Pointer,
                slope = _slopes[l].Pointer;
            switch (link.Activation)
            {
                case Activation.Linear:
                    Forward(link, theta, l, length, new ActivateEpilogue<Linear>(bias, value, slope, _gamma));
                    break;
                case Activation.Swish:
                    Forward(link, theta, l, length, new ActivateEpilogue<Swish>(bias, value, slope, _gamma));
                    break;
                default:
                    Forward(link, theta, l, length, new ActivateEpilogue<Relu>(bias, value, slope, _gamma));
                    break;
            }
        }
    }

    private void Output(float* theta, int length, bool gradient)
    {
        NetworkLink link = _links.Chain[^1];
        int l = _links.Chain.Count;
        float* bias = Bias(link, theta),
            x = _pairs is null ? _values[0].Pointer : _pairs.Targets,
            c = _coefficients.Pointer,
            g = _back[l].Pointer;
        switch (link.Activation, gradient)
        {
            case (Activation.Linear, true):
                Forward(link, theta, l, length, new GradientEpilogue<Linear>(bias, x, c, g, _gamma));
                break;
            case (Activation.Swish, true):
                Forward(link, theta, l, length, new GradientEpilogue<Swish>(bias, x, c, g, _gamma));
                break;
            case (_, true):
                Forward(link, theta, l, length, new GradientEpilogue<Relu>(bias, x, c, g, _gamma));
                break;
            case (Activation.Linear, false):
                Forward(link, theta, l, length, new ResidualEpilogue<Linear>(bias, x, g, _gamma));
                break;
            case (Activation.Swish, false):
                Forward(link, theta, l, length, new ResidualEpilogue<Swish>(bias, x, g, _gamma));
                break;
            default:
                Forward(link, theta, l, length, new ResidualEpilogue<Relu>(bias, x, g, _gamma));
                break;
        }
    }

    private void Logits(float* theta, int length)
    {
        NetworkLink head = _links.Head!;
        Project<V, L, P>.Run(
            theta + head.Weights,
            head.RowStride,
            head.SumStride,
            head.Outputs,
            head.Inputs,
            _values[_links.Chain.Count - 1].Pointer,
            Stride,
            length,
            new AffineEpilogue(theta + head.Bias, _classes!.Logits)
        );
    }

    private void Forward<T>(NetworkLink link, float* theta, int layer, int length, T epilogue)
        where T : struct, IEpilogue =>
        Project<V, L, P>.Run(
            theta + link.Weights,
            link.RowStride,
            link.SumStride,
            link.Outputs,
            link.Inputs,
            _values[layer - 1].Pointer,
            Stride,
            length,
            epilogue
        );

    /// <summary>From δ of a layer, adds the gradient of its parameters and computes back of the layer before.</summary>
    private void Backward(int layer, float* theta, int length, float* gradient)
    {
        NetworkLink link = _links.Chain[layer - 1];
        float* delta = _back[layer].Pointer;
        Gradient(link, delta, _values[layer - 1].Pointer, length, gradient);
        if (layer == 1)
            return;
        Project<V, L, P>.Run(
            theta + link.Weights,
            link.SumStride,
            link.RowStride,
            link.Inputs,
            link.Outputs,
            delta,
            Stride,
            length,
            new StoreEpilogue(_back[layer - 1].Pointer)
        );
    }

    private void Gradient(NetworkLink link, float* delta, float* input, int length, float* gradient)
    {
        if (link.Transposed)
            OuterProducts<V, L, P>.Add(
                input,
                delta,
                null,
                null,
                link.Inputs,
                link.Outputs,
                Stride,
                length,
                gradient + link.Weights,
                link.Outputs
            );
        else
            OuterProducts<V, L, P>.Add(
                delta,
                input,
                null,
                null,
                link.Outputs,
                link.Inputs,
                Stride,
                length,
                gradient + link.Weights,
                link.Inputs
            );
        if (link.Bias >= 0)
            RowSums.Add<V, L>(delta, link.Outputs, Stride, length, gradient + link.Bias);
    }

    private float* Bias(NetworkLink link, float* theta) => link.Bias < 0 ? _zeros.Pointer : theta + link.Bias;

    private void Clear(float* rows, int count, int from, int length)
    {
        for (int i = 0; from < length && i < count; i++)
            new Span<float>(rows + ((nint)i * Stride) + from, length - from).Clear();
    }

    private void Multiply(float* rows, float* factors, int count, int length)
    {
        for (int i = 0; i < count; i++)
        {
            float* row = rows + ((nint)i * Stride),
                factor = factors + ((nint)i * Stride);
            for (nint s = 0; s < length; s += L.Width)
                L.Store(L.Multiply(L.Load(row + s), L.Load(factor + s)), row + s);
        }
    }
}
