using Geometry.Theory.Pairs;

namespace Geometry.Training.Specs;

/// <summary><c>task: u-and | u-xor</c> with its further keys.</summary>
/// <param name="Task">AND or XOR.</param>
/// <param name="Pairs"><c>pairs</c>: a list of [i, j]; null for all.</param>
/// <param name="FirstLayer"><c>model.first_layer</c>: trained (Xavier), or the kind of frozen weights.</param>
/// <param name="Superposition"><c>model.superposition</c>: dimension m of a space in which the features have frozen random directions, x =
/// W f, before the first layer; 0 for none.</param>
/// <param name="Normalise"><c>data.normalise</c>: inputs of unit norm.</param>
/// <param name="Power"><c>train.loss.power</c>, even.</param>
/// <param name="Ones"><c>train.loss.ones</c>: weight of errors where the value is 1.</param>
public sealed record PairRule(
    PairTask Task,
    IReadOnlyList<(int First, int Second)>? Pairs,
    LayerStart FirstLayer,
    int Superposition,
    bool Normalise,
    int Power,
    double Ones
)
{
    /// <summary>The task in the notation of specs.</summary>
    public string Name => Task == PairTask.And ? "u-and" : "u-xor";

    /// <summary>The targets of models of n features.</summary>
    public PairTargets Of(int features) => new(Task, Pairs ?? PairTargets.All(features), Normalise, Power, Ones);

    /// <summary>The number of outputs.</summary>
    public double Outputs(double features) => Pairs?.Count ?? features * (features - 1) / 2;

    /// <summary>The layers of a model.</summary>
    /// <param name="features">n.</param>
    /// <param name="widths">Hidden widths; with superposition, its dimension comes first.</param>
    /// <param name="activations">One per weight layer.</param>
    internal DenseLayer[] Layers(int features, IReadOnlyList<int> widths, IReadOnlyList<Activation> activations)
    {
        int[] all = [features, .. widths, Pairs?.Count ?? (features * (features - 1) / 2)];
        int first = Superposition > 0 ? 1 : 0;
        return
        [
            .. activations.Select(
                (a, l) =>
                    new DenseLayer(all[l], all[l + 1], a)
                    {
                        Start =
                            l < first ? LayerStart.Directions
                            : l == first ? FirstLayer
                            : LayerStart.Xavier,
                        Frozen = l < first || (l == first && FirstLayer != LayerStart.Xavier),
                    }
            ),
        ];
    }
}
