using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Training.Tests.Networks;

public class NetworkSpecTests
{
    private const string Rest = "data: { density: [1, 0.1] }\n";

    [Fact]
    public void LayersAndAHeadMakeTheModels()
    {
        SweepSpec spec = SweepSpec.Parse(
            "model: { features: 6, layers: [5, 3], activations: [relu, linear, swish], gamma: 4, head: { classes: 3, target: xor, "
                + "features: [0, 5], weight: [0.5, 2] } }\n"
                + Rest
                + "seeds: 2\n"
        );
        var grid = new SweepGrid(spec);
        Assert.Equal(8, grid.Count);
        ModelShape model = grid.Run(3).Model;
        Assert.Equal(["6→5 Relu", "5→3 Linear", "3→6 Swish"], model.Layers.Select(l => $"{l.Inputs}→{l.Outputs} {l.Activation}"));
        Assert.Equal(["W1", "b1", "W2", "b2", "W3", "b3", "head", "head_b"], model.Blocks.Select(b => b.Name));
        Assert.Equal((3, ClassTarget.Xor, 2.0, false), (model.Head!.Classes, model.Head.Target, model.Head.Weight, model.Head.Alone));
        Assert.Equal([0, 5], model.Head.Features);
        Assert.Equal((6, 5), grid.Shape(3));
        Assert.Contains("head_weight", grid.Parameters.Select(p => p.Name));
        string yaml = spec.ToYaml();
        Assert.Equal(yaml, SweepSpec.Parse(yaml).ToYaml());
        Assert.Contains(
            "  layers: [5, 3]\n  activations: [relu, linear, swish]\n  gamma: 4\n  tied: false\n",
            yaml,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "head: { classes: 3, target: xor, features: [0, 5], weight: [0.5, 2], alone: false }",
            yaml,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void WhatIsLeftOutIsAsForAComponent()
    {
        SweepSpec spec = SweepSpec.Parse("model: { features: 5, layers: [20] }\n" + Rest);
        Assert.Equal([Activation.Relu, Activation.Relu], spec.Activations);
        Assert.True(spec is { Tied: false, Bias: true, Head: null });
        SweepSpec headed = SweepSpec.Parse("model: { features: 5, hidden: 2, head: { classes: 2, target: [0, 1, 0] } }\n" + Rest);
        Assert.True(headed is { Tied: true, Layers.Count: 0, Head.Features: null, Head.Alone: false });
        ModelShape model = new SweepGrid(headed).Run(0).Model;
        Assert.Equal([0, 1, 2, 3, 4], model.Head!.Features);
        Assert.Equal("0 1 0 0", string.Join(' ', Enumerable.Range(0, 4).Select(model.Head.ClassOf)));
        Assert.Equal(headed.ToYaml(), SweepSpec.Parse(headed.ToYaml()).ToYaml());
        Assert.Null(SweepSpec.Parse("model: { features: 5, hidden: 2, head: none }\n" + Rest).Head);
    }

    /// <summary>A component's spec is written as before: nothing of layers or heads is in it.</summary>
    [Fact]
    public void AComponentHasNeither()
    {
        string yaml = SweepSpec.Parse("model: { features: 5, hidden: 2 }\n" + Rest).ToYaml();
        Assert.DoesNotContain("layers", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("head", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model has both hidden and layers; expected one of them", "features: 5, hidden: 2, layers: [2]")]
    [InlineData("model.layers: expected a list of 1 to 64 widths, such as [20] or [5, 5], found 0 of them", "features: 5, layers: []")]
    [InlineData("model.layers: expected a list of 1 to 64 widths, such as [20] or [5, 5], found '20'", "features: 5, layers: 20")]
    [InlineData("model.layers: expected a whole number, 1 or more", "features: 5, layers: [0]")]
    [InlineData("model.layers: a layer has 4000000000 weights; expected at most 67108864", "features: 5, layers: [20, 200000000]")]
    [InlineData("model.tied: a model with layers has a matrix of its own in each; expected false", "features: 5, layers: [2], tied: true")]
    [InlineData(
        "model.activations: expected a list of 3, one per weight layer, found 2",
        "features: 5, layers: [2, 2], activations: [relu, relu]"
    )]
    [InlineData("model.activations: expected relu, linear, swish, found 'tanh'", "features: 5, layers: [2], activations: [relu, tanh]")]
    [InlineData(
        "model.activations is for a model with layers; expected model.activation",
        "features: 5, hidden: 2, activations: [relu, relu]"
    )]
    [InlineData(
        "model has both activation and activations; expected one of them",
        "features: 5, layers: [2], activation: relu, activations: [relu, relu]"
    )]
    [InlineData("model.gamma is for the activation swish only", "features: 5, layers: [2], gamma: 3")]
    [InlineData("model.head.classes is missing", "features: 5, hidden: 2, head: { target: any }")]
    [InlineData("model.head.classes: expected 2 to 1024, found 1", "features: 5, hidden: 2, head: { classes: 1, target: any }")]
    [InlineData("model.head.target is missing", "features: 5, hidden: 2, head: { classes: 2 }")]
    [InlineData(
        "model.head.target: expected any, xor, majority, found 'all'; did you mean 'any'?",
        "features: 5, hidden: 2, head: { classes: 2, target: all }"
    )]
    [InlineData(
        "model.head.target: expected classes 0 to 1, one for each number of active features, found 2",
        "features: 5, hidden: 2, head: { classes: 2, target: [0, 2] }"
    )]
    [InlineData(
        "model.head.features: there is no feature 5",
        "features: 5, hidden: 2, head: { classes: 2, target: any, features: [0, 5] }"
    )]
    [InlineData(
        "model.head.features: a feature is named twice",
        "features: 5, hidden: 2, head: { classes: 2, target: any, features: [1, 1] }"
    )]
    [InlineData("model.head.weight: expected a number above 0", "features: 5, hidden: 2, head: { classes: 2, target: any, weight: 0 }")]
    [InlineData("model.head: expected none, or { classes: 2, target: any }, found 'any'", "features: 5, hidden: 2, head: any")]
    public void WhatIsWrongIsOneLine(string expected, string model)
    {
        SpecException e = Assert.Throws<SpecException>(() => SweepSpec.Parse($"model: {{ {model} }}\n" + Rest));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void GivenWeightsAreForAComponent()
    {
        SpecException e = Assert.Throws<SpecException>(() =>
            SweepSpec.Parse("model: { features: 1, layers: [1] }\n" + Rest + "train: { start: { weights: [[1]] } }\n")
        );
        Assert.Contains(
            "train.start: given weights are for a component; a model with layers or a head starts at random",
            e.Message,
            StringComparison.Ordinal
        );
    }
}
