using Geometry.Training.Engine;
using Geometry.Training.Streams;
using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>Networks (layers, heads, pairs) of a block of R runs; gradients by autograd.</summary>
/// <remarks>
/// Shapes: matrices (R, rows, columns), biases (R, 1, length). The losses of the runs are independent, so the gradient of their sum is the
/// gradient of each. The start is that of the CPU engine, bit for bit; frozen layers have no gradient.
/// </remarks>
internal sealed class BlockNetwork : IBlockModel
{
    private readonly ModelShape _shape;
    private readonly NetworkLinks _links;
    private readonly int[] _starts;
    private readonly Tensor _scale,
        _gamma,
        _headWeight;
    private readonly Tensor? _classOf,
        _counted;
    private readonly BlockPairs? _pairs;
    private readonly bool[] _frozen;

    public BlockNetwork(TrainingRun[] runs, Device device)
    {
        _shape = runs[0].Model;
        _links = new NetworkLinks(_shape);
        IReadOnlyList<ParameterBlock> blocks = _shape.Blocks;
        _starts = new int[blocks.Count];
        for (int k = 1; k < _starts.Length; k++)
            _starts[k] = _starts[k - 1] + blocks[k - 1].Length;
        float[] theta = new float[new ParameterLayout(_shape).Length];
        float[][] values = [.. blocks.Select(b => new float[runs.Length * b.Length])];
        for (int r = 0; r < runs.Length; r++)
        {
            Start.Fill(runs[r], theta);
            for (int k = 0; k < values.Length; k++)
                theta.AsSpan(_starts[k], blocks[k].Length).CopyTo(values[k].AsSpan(r * blocks[k].Length));
        }
        Parameters =
        [
            .. blocks.Select(
                (b, k) => tensor(values[k], device: device).reshape(runs.Length, b.IsVector ? 1 : b.Rows, b.IsVector ? b.Rows : b.Columns)
            ),
        ];
        double samples = runs[0].Plan.Batch;
        float[] scale = [.. runs.SelectMany(r => r.Data.Importance.Select(i => (float)(i / (_shape.Features * samples))))];
        _scale = tensor(scale, device: device).reshape(runs.Length, 1, _shape.Features);
        float[] gamma = [.. runs.Select(r => (float)r.Model.Gamma)],
            weight = [.. runs.Select(r => (float)((r.Model.Head?.Weight ?? 0) / samples))];
        _gamma = tensor(gamma, device: device).reshape(runs.Length, 1, 1);
        _headWeight = tensor(weight, device: device).reshape(runs.Length, 1, 1);
        int perLayer = _shape.Bias ? 2 : 1;
        _frozen = [.. blocks.Select((_, k) => k / perLayer < _shape.Layers.Count && _shape.Layers[k / perLayer].Frozen)];
        if (_shape.Pairs is { } pairs)
            _pairs = new BlockPairs(pairs, samples, device);
        if (_shape.Head is not { } head)
            return;
        long[] classOf = [.. Enumerable.Range(0, head.Features.Count + 1).Select(k => (long)head.ClassOf(k))];
        _classOf = tensor(classOf, device: device);
        _counted = tensor([.. head.Features.Select(f => (long)f)], device: device);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <inheritdoc/>
    public Tensor?[] Gradients(Tensor x)
    {
        Tensor[] leaves = [.. Parameters.Select((p, k) => _frozen[k] ? p : p.detach().requires_grad_())];
        Tensor input = _pairs?.Inputs(x) ?? x,
            hidden = input,
            now = input;
        foreach (NetworkLink link in _links.Chain)
        {
            hidden = now;
            now = Activate(link.Activation, Affine(link, leaves, hidden));
        }
        Tensor loss =
            _pairs is { } own ? own.Loss(now, x)
            : _shape.Head is { Alone: true } ? zeros([1], ScalarType.Float32, x.device)
            : now.sub(x).pow(2).mul(_scale).sum();
        if (_links.Head is { } head)
        {
            Tensor logs = nn.functional.log_softmax(Affine(head, leaves, hidden), 2);
            Tensor active = x.index_select(2, _counted!).gt(0).sum(2L),
                classes = _classOf!.index_select(0, active.reshape(-1)).reshape(x.shape[0], x.shape[1], 1);
            loss = loss.sub(logs.gather(2, classes).mul(_headWeight).sum());
        }
        Tensor[] trained = [.. leaves.Where((_, k) => !_frozen[k])];
        IList<Tensor> gradients = autograd.grad([loss], trained, allow_unused: true);
        // A decoder that only a head makes superfluous has no gradient, but decays all the same.
        var found = new Queue<Tensor>(
            trained.Select((leaf, k) => gradients[k] is { } g && !g.IsInvalid ? g : TorchSharp.torch.zeros_like(leaf))
        );
        return [.. leaves.Select((_, k) => _frozen[k] ? null : found.Dequeue())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pairs?.Dispose();
        foreach (Tensor? tensor in (IEnumerable<Tensor?>)[.. Parameters, _scale, _gamma, _headWeight, _classOf, _counted])
            tensor?.Dispose();
    }

    private Tensor Affine(NetworkLink link, Tensor[] leaves, Tensor input)
    {
        Tensor weights = leaves[Array.IndexOf(_starts, link.Weights)];
        Tensor z = input.bmm(link.Transposed ? weights : weights.transpose(1, 2));
        return link.Bias < 0 ? z : z.add(leaves[Array.IndexOf(_starts, link.Bias)]);
    }

    private Tensor Activate(Activation activation, Tensor z) =>
        activation switch
        {
            Activation.Linear => z,
            Activation.Relu => z.relu(),
            _ => z.mul(z.mul(_gamma).sigmoid()),
        };
}
