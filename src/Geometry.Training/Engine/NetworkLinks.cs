namespace Geometry.Training.Engine;

/// <summary>One step of a network's chain, a ↦ act(W a + b), and the positions of its parameters.</summary>
/// <param name="Weights">Where W starts in the flat array.</param>
/// <param name="Transposed">Whether Wᵀ is stored, inputs×outputs: the decoder of a component.</param>
/// <param name="Inputs">Number of inputs.</param>
/// <param name="Outputs">Number of outputs.</param>
/// <param name="Bias">Where b starts; −1 for none.</param>
/// <param name="Activation">act.</param>
internal sealed record NetworkLink(int Weights, bool Transposed, int Inputs, int Outputs, int Bias, Activation Activation)
{
    /// <summary>Floats from one output's weights to the next.</summary>
    internal int RowStride => Transposed ? 1 : Inputs;

    /// <summary>Floats from one input's weights to the next.</summary>
    internal int SumStride => Transposed ? Outputs : 1;
}

/// <summary>
/// The chain of a network, from the features back to the features, and its head. A component with a head is the chain W, identity; Aᵀ, act.
/// </summary>
internal sealed class NetworkLinks
{
    internal NetworkLinks(ModelShape model)
    {
        int[] starts = Starts(model);
        int n = model.Features,
            m = model.Hidden,
            perLayer = model.Bias ? 2 : 1;
        Chain =
            model.Layers.Count == 0
                ?
                [
                    new NetworkLink(starts[0], false, n, m, -1, Activation.Linear),
                    new NetworkLink(
                        model.Tied ? starts[0] : starts[1],
                        true,
                        m,
                        n,
                        model.Bias ? starts[model.Tied ? 1 : 2] : -1,
                        model.Activation
                    ),
                ]
                :
                [
                    .. model.Layers.Select(
                        (l, k) =>
                            new NetworkLink(
                                starts[k * perLayer],
                                false,
                                l.Inputs,
                                l.Outputs,
                                model.Bias ? starts[(k * perLayer) + 1] : -1,
                                l.Activation
                            )
                    ),
                ];
        if (model.Head is { } head)
            Head = new NetworkLink(starts[^2], false, Chain[^1].Inputs, head.Classes, starts[^1], Activation.Linear);
    }

    /// <summary>At least two links.</summary>
    internal IReadOnlyList<NetworkLink> Chain { get; }

    /// <summary>U h + c on the input of the last link; null for none.</summary>
    internal NetworkLink? Head { get; }

    /// <summary>Width of the widest layer.</summary>
    internal int Widest => Math.Max(Chain.Max(l => Math.Max(l.Inputs, l.Outputs)), Head?.Outputs ?? 0);

    /// <summary>Multiply-adds per sample, forward and backward.</summary>
    internal long Work => 3 * (Chain.Sum(l => (long)l.Inputs * l.Outputs) + (Head is { } head ? (long)head.Inputs * head.Outputs : 0));

    /// <summary>The ranges of frozen parameters: start and length.</summary>
    internal static IReadOnlyList<(int Start, int Length)> Frozen(ModelShape model)
    {
        int[] starts = Starts(model);
        int perLayer = model.Bias ? 2 : 1;
        return
        [
            .. model
                .Layers.Index()
                .Where(l => l.Item.Frozen)
                .SelectMany(l => Enumerable.Range(l.Index * perLayer, perLayer))
                .Select(k => (starts[k], model.Blocks[k].Length)),
        ];
    }

    private static int[] Starts(ModelShape model)
    {
        var starts = new List<int>();
        int at = 0;
        foreach (ParameterBlock block in model.Blocks)
        {
            starts.Add(at);
            at += block.Length;
        }
        return [.. starts];
    }
}
