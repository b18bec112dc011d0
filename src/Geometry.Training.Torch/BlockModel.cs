using Geometry.Training.Engine;
using Geometry.Training.Streams;
using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>The parameters of a block of R runs, with gradients in closed form.</summary>
/// <remarks>
/// Shapes: encoder B and decoder A (R, m, n), bias (R, 1, n); a tied model has one matrix. With h = x Bᵀ, z = h A + b, r = act(z) − x and d
/// = (2 I/(n·batch)) r act'(z): ∂A = hᵀd, ∂B = (d Aᵀ)ᵀ x, ∂b = Σ d; the gradient of a tied matrix is the sum of both. The start is that of
/// the CPU engine, bit for bit.
/// </remarks>
internal sealed class BlockModel : IBlockModel
{
    private readonly ModelShape _shape;
    private readonly Tensor _scale;
    private readonly Tensor _gamma;

    public BlockModel(TrainingRun[] runs, Device device)
    {
        _shape = runs[0].Model;
        int n = _shape.Features,
            m = _shape.Hidden;
        var layout = new ParameterLayout(_shape);
        float[] encoder = new float[runs.Length * m * n],
            decoder = new float[_shape.Tied ? 0 : encoder.Length],
            theta = new float[layout.Length];
        for (int r = 0; r < runs.Length; r++)
        {
            Start.Fill(runs[r], theta);
            theta.AsSpan(0, m * n).CopyTo(encoder.AsSpan(r * m * n));
            if (!_shape.Tied)
                theta.AsSpan(layout.Decoder, m * n).CopyTo(decoder.AsSpan(r * m * n));
        }
        var parameters = new List<Tensor> { tensor(encoder, device: device).reshape(runs.Length, m, n) };
        if (!_shape.Tied)
            parameters.Add(tensor(decoder, device: device).reshape(runs.Length, m, n));
        if (_shape.Bias)
            parameters.Add(zeros([runs.Length, 1, n], ScalarType.Float32, device));
        Parameters = parameters;
        double samples = runs[0].Plan.Batch;
        float[] scale = [.. runs.SelectMany(r => r.Data.Importance.Select(i => (float)(2 * i / (n * samples))))];
        _scale = tensor(scale, device: device).reshape(runs.Length, 1, n);
        float[] gamma = [.. runs.Select(r => (float)r.Model.Gamma)];
        _gamma = tensor(gamma, device: device).reshape(runs.Length, 1, 1);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters { get; }

    private Tensor Encoder => Parameters[0];

    private Tensor Decoder => _shape.Tied ? Parameters[0] : Parameters[1];

    /// <inheritdoc/>
    public Tensor?[] Gradients(Tensor x)
    {
        Tensor hidden = x.bmm(Encoder.transpose(1, 2));
        Tensor z = hidden.bmm(Decoder);
        if (_shape.Bias)
            z.add_(Parameters[^1]);
        Tensor d = Delta(z, x).mul_(_scale);
        Tensor ofDecoder = hidden.transpose(1, 2).bmm(d);
        Tensor ofEncoder = d.bmm(Decoder.transpose(1, 2)).transpose(1, 2).bmm(x);
        var gradients = new List<Tensor?>();
        if (_shape.Tied)
            gradients.Add(ofDecoder.add_(ofEncoder));
        else
            gradients.AddRange([ofEncoder, ofDecoder]);
        if (_shape.Bias)
            gradients.Add(d.sum([1L], keepdim: true));
        return [.. gradients];
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (IEnumerable<Tensor>)[.. Parameters, _scale, _gamma])
            tensor.Dispose();
    }

    /// <summary>(act(z) − x)·act'(z).</summary>
    private Tensor Delta(Tensor z, Tensor x)
    {
        switch (_shape.Activation)
        {
            case Activation.Linear:
                return z.sub_(x);
            case Activation.Relu:
                return z.relu().sub_(x).mul_(z.gt(0));
            default:
                // y = z s with s = σ(γz), so that y' = s + γ y (1 − s).
                Tensor s = z.mul(_gamma).sigmoid_(),
                    y = z.mul(s);
                return y.sub(x).mul_(y.mul(_gamma).mul_(1 - s).add_(s));
        }
    }
}

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
