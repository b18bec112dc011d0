using Geometry.Theory.Pairs;

namespace Geometry.Training.Tests.Networks;

/// <summary>Networks to test with.</summary>
internal static class MadeNetworks
{
    internal static ModelShape Deep(int features, int[] widths, Activation[] activations, bool bias = true, ClassHead? head = null)
    {
        int[] all = [features, .. widths, features];
        return new ModelShape(features, widths[0], activations[^1], 5, false, bias)
        {
            Layers = [.. activations.Select((a, l) => new DenseLayer(all[l], all[l + 1], a))],
            Head = head,
        };
    }

    internal static ModelShape Neurons(
        int features,
        int[] widths,
        PairTargets pairs,
        LayerStart first = LayerStart.Xavier,
        bool frozen = false
    )
    {
        int[] all = [features, .. widths, pairs.Pairs.Count];
        return new ModelShape(features, widths[0], Activation.Relu, 1, false, true)
        {
            Pairs = pairs,
            Layers =
            [
                .. Enumerable
                    .Range(0, widths.Length + 1)
                    .Select(l => new DenseLayer(all[l], all[l + 1], l == widths.Length ? Activation.Linear : Activation.Relu)
                    {
                        Start = l == 0 ? first : LayerStart.Xavier,
                        Frozen = l == 0 && frozen,
                    }),
            ],
        };
    }

    internal static ClassHead Head(
        int features,
        int classes = 2,
        ClassTarget target = ClassTarget.Any,
        double weight = 0.5,
        bool alone = false
    ) => new(classes, target, [.. Enumerable.Range(0, features)], weight, alone);

    /// <summary>Every kind, by name.</summary>
    internal static Dictionary<string, ModelShape> All { get; } =
        new()
        {
            ["mlp"] = Deep(7, [20], [Activation.Relu, Activation.Relu]),
            ["stacked"] = Deep(6, [3, 4], [Activation.Linear, Activation.Swish, Activation.Relu]),
            ["wide, no bias"] = Deep(
                17,
                [33, 2, 11],
                [Activation.Swish, Activation.Relu, Activation.Linear, Activation.Swish],
                bias: false
            ),
            ["deep with a head"] = Deep(
                5,
                [6, 3],
                [Activation.Relu, Activation.Relu, Activation.Linear],
                head: Head(5, 3, ClassTarget.Xor)
            ),
            ["and of all pairs"] = Neurons(6, [9], new PairTargets(PairTask.And, PairTargets.All(6), false, 2, 10)),
            ["xor of some pairs, normalised"] = Neurons(7, [5, 6], new PairTargets(PairTask.Xor, [(0, 3), (6, 1)], true, 4, 0.5)),
            ["tied with a head"] = new ModelShape(6, 2, Activation.Relu, 1, true, true) { Head = Head(6, 2, ClassTarget.Majority) },
            ["untied with a head alone"] = new ModelShape(5, 3, Activation.Swish, 8, false, true)
            {
                Head = Head(4, 2, ClassTarget.Any, 2, alone: true),
            },
            ["tied without bias, with a head"] = new ModelShape(4, 1, Activation.Linear, 1, true, false)
            {
                Head = Head(4, 5, ClassTarget.Any),
            },
        };
}
