using Geometry.Theory.Pairs;

namespace Geometry.Training.Tests.Networks;

/// <summary>A case of networks.json: samples, parameters, and the gradient that PyTorch's autograd has there.</summary>
internal sealed record NetworkCase(
    int Features,
    int Hidden,
    int[] Layers,
    string[] Activations,
    double Gamma,
    bool Tied,
    bool Bias,
    HeadCase? Head,
    PairCase? Pairs,
    int Batch,
    double[] Importance,
    float[] XByFeature,
    float[] Parameters,
    double Loss,
    float[] Gradient
)
{
    internal ModelShape Model
    {
        get
        {
            if (Pairs is { } p)
                return MadeNetworks.Neurons(
                    Features,
                    Layers,
                    new PairTargets(
                        Enum.Parse<PairTask>(p.Task, ignoreCase: true),
                        [.. p.List.Select(pair => (pair[0], pair[1]))],
                        p.Normalised,
                        p.Power,
                        p.Ones
                    )
                );
            Activation[] activations = [.. Activations.Select(a => Enum.Parse<Activation>(a, ignoreCase: true))];
            ClassHead? head = Head is { } h
                ? new ClassHead(h.Classes, Enum.Parse<ClassTarget>(h.Target, ignoreCase: true), h.Features, h.Weight, h.Alone)
                : null;
            return Layers.Length > 0
                ? MadeNetworks.Deep(Features, Layers, activations, Bias, head)
                : new ModelShape(Features, Hidden, activations[^1], Gamma, Tied, Bias) { Head = head };
        }
    }

    /// <summary>The run whose gradient it is.</summary>
    internal TrainingRun Run =>
        new(0, 0, Model, new SparseData([.. Enumerable.Repeat(0.5, Features)], Importance, FeatureGroups.None), Models.Plan(batch: Batch));
}

internal sealed record HeadCase(int Classes, string Target, int[] Features, double Weight, bool Alone);

internal sealed record PairCase(string Task, int[][] List, bool Normalised, int Power, double Ones);
