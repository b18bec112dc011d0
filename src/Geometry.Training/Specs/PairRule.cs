using Geometry.Theory.Pairs;

namespace Geometry.Training.Specs;

/// <summary><c>task: u-and | u-xor</c> and what belongs to it.</summary>
/// <param name="Task">AND or XOR.</param>
/// <param name="Pairs"><c>pairs</c>: a list of [i, j]; null for all.</param>
/// <param name="FirstLayer"><c>model.first_layer</c>: trained (Xavier), or how the frozen weights are made.</param>
/// <param name="Superposition"><c>model.superposition</c>: dimensions m of frozen random directions that the features lie in before the
/// first layer, x = W f; 0 for none.</param>
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
    /// <summary>As a spec has the task.</summary>
    public string Name => Task == PairTask.And ? "u-and" : "u-xor";

    /// <summary>The targets of models of n features.</summary>
    public PairTargets Of(int features) => new(Task, Pairs ?? PairTargets.All(features), Normalise, Power, Ones);

    /// <summary>The number of outputs.</summary>
    public double Outputs(double features) => Pairs?.Count ?? features * (features - 1) / 2;

    /// <summary>The layers of a model.</summary>
    /// <param name="features">n.</param>
    /// <param name="widths">Hidden widths, that of the superposition first where there is one.</param>
    /// <param name="activations">One a weight layer.</param>
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
