using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Training.Tests.Specs;

/// <summary>Every way to get a spec wrong is one line with the line number and what was expected.</summary>
public class SpecErrorTests
{
    private const string Model = "model: { features: 6, hidden: 2 }\n";
    private const string Data = "data: { density: 1 }\n";

    [Theory]
    [InlineData(3, "unknown key 'hiden' in model; did you mean 'hidden'?", "model:\n  features: 5\n  hiden: 2\n")]
    [InlineData(3, "unknown key 'seed'; did you mean 'seeds'?", Model + Data + "seed: 3\n")]
    [InlineData(2, "unknown key 'sparcity' in data; did you mean 'sparsity'?", Model + "data: { sparcity: 0 }")]
    [InlineData(3, "unknown key 'lerning_rate' in train; did you mean 'learning_rate'?", Model + Data + "train: { lerning_rate: 1 }")]
    [InlineData(
        2,
        "unknown key 'logspcae' in data.density; did you mean 'logspace'?",
        Model + "data: { density: { logspcae: [1, 2, 3] } }"
    )]
    [InlineData(1, "model.hidden is missing", "model: { features: 6 }\n" + Data)]
    [InlineData(1, "data is missing", Model)]
    [InlineData(2, "data.density (or data.sparsity) is missing", Model + "data: { importance: 1 }")]
    [InlineData(2, "both density and sparsity", Model + "data: { density: 1, sparsity: 0 }")]
    [InlineData(
        1,
        "model.features: expected a whole number, 1 or more (or a list, linspace or logspace of such), found 'five'",
        "model: { features: five, hidden: 2 }\n" + Data
    )]
    [InlineData(
        1,
        "model.features: expected a whole number, 1 or more (or a list, linspace or logspace of such), found the text '5'",
        "model: { features: '5', hidden: 2 }\n" + Data
    )]
    [InlineData(1, "model.features: expected a whole number", "model: { features: 2.5, hidden: 2 }\n" + Data)]
    [InlineData(
        1,
        "model.features: expected a whole number, 1 or more (or a list, linspace or logspace of such), found nothing",
        "model: { features: , hidden: 2 }\n" + Data
    )]
    [InlineData(1, "but the axis has the value 1.33333333333", "model: { features: 6, hidden: { linspace: [1, 2, 4] } }\n" + Data)]
    [InlineData(1, "model.tied: expected true or false, found 'yes'", "model: { features: 6, hidden: 2, tied: yes }\n" + Data)]
    [InlineData(
        1,
        "expected relu, linear, swish, found 'rleu'; did you mean 'relu'?",
        "model: { features: 6, hidden: 2, activation: rleu }\n" + Data
    )]
    [InlineData(1, "model.gamma is for the activation swish only", "model: { features: 6, hidden: 2, gamma: 3 }\n" + Data)]
    [InlineData(1, "features × hidden is above", "model: { features: 100000, hidden: 100000 }\n" + Data)]
    [InlineData(2, "data.density: an empty axis", Model + "data: { density: [] }")]
    [InlineData(3, "data.density: expected a number above 0, at most 1", Model + "data:\n  density: [0.1, 1.5]")]
    [InlineData(2, "data.density: expected a number above 0, at most 1", Model + "data: { density: 0 }")]
    [InlineData(2, "data.density: expected a number above 0, at most 1", Model + "data: { density: nan }")]
    [InlineData(2, "data.sparsity: expected a number from 0 to below 1", Model + "data: { sparsity: 1 }")]
    [InlineData(2, "data.density: the axis has the value 0.5 twice", Model + "data: { density: [0.5, 1, 0.5] }")]
    [InlineData(
        2,
        "data.density.linspace: expected [from, to, count], found a list of 2",
        Model + "data: { density: { linspace: [0.1, 1] } }"
    )]
    [InlineData(2, "data.density.logspace: expected a number above 0", Model + "data: { density: { logspace: [0, 1, 3] } }")]
    [InlineData(
        2,
        "data.density.per_feature: 2 numbers, one per feature, but a model has 6 features",
        Model + "data: { density: { per_feature: [0.1, 1] } }"
    )]
    [InlineData(
        2,
        "data.importance: 2 numbers, one per feature, but a model has 6 features",
        Model + "data: { density: 1, importance: [1, 0.5] }"
    )]
    [InlineData(
        2,
        "data.importance: expected one of decay and last, found 2 keys",
        Model + "data: { density: 1, importance: { decay: 1, last: 2 } }"
    )]
    [InlineData(
        2,
        "data.importance.decay: the importance of the last feature overflows",
        Model + "data: { density: 1, importance: { decay: 1e300 } }"
    )]
    [InlineData(
        2,
        "groups overlap: feature 1 is in group 0 and in group 1",
        Model + "data: { density: 1, groups: { correlated: [[0, 1], [1, 2]] } }"
    )]
    [InlineData(2, "there is no feature 6", Model + "data: { density: 1, groups: { correlated: [[0, 6]] } }")]
    [InlineData(2, "6 features do not divide into groups of 4", Model + "data: { density: 1, groups: { anticorrelated: 4 } }")]
    [InlineData(
        4,
        "features 0 and 1 are in one group, but their density differs: 1 and 0.5",
        Model + "data:\n  density: { per_feature: [1, 0.5, 1, 1, 1, 1] }\n  groups: { correlated: 2 }"
    )]
    [InlineData(3, "train.momentum is for the optimizer sgd only", Model + Data + "train: { momentum: 0.9 }")]
    [InlineData(
        3,
        "train.checkpoints: expected one whole number for the whole sweep, found a list",
        Model + Data + "train: { checkpoints: [1, 2] }"
    )]
    [InlineData(
        3,
        "train.checkpoints: expected one of linspace and logspace, found 2 keys",
        Model + Data + "train: { checkpoints: { linspace: 1, logspace: 2 } }"
    )]
    [InlineData(
        3,
        "unknown key 'linspac' in train.checkpoints; did you mean 'linspace'?",
        Model + Data + "train: { checkpoints: { linspac: 1 } }"
    )]
    [InlineData(3, "train has both steps and epochs", Model + Data + "train: { steps: 5, epochs: 3 }")]
    [InlineData(3, "train.epochs is for a finite data set; expected data.samples with it", Model + Data + "train: { epochs: 3 }")]
    [InlineData(
        3,
        "train.epochs: more than 2147483647 steps",
        Model + "data: { density: 1, samples: 1000 }\ntrain: { epochs: 2000000000, batch: 1 }"
    )]
    [InlineData(2, "data.samples: expected a whole number, 1 or more", Model + "data: { density: 1, samples: 0 }")]
    [InlineData(2, "data.samples: samples × features is above 67108864", Model + "data: { density: 1, samples: 2000000000 }")]
    [InlineData(3, "train.start: expected random, or { weights", Model + Data + "train: { start: polygon }")]
    [InlineData(3, "train.start.weights is missing", Model + Data + "train: { start: { noise: 0.1 } }")]
    [InlineData(3, "unknown key 'nois' in train.start; did you mean 'noise'?", Model + Data + "train: { start: { nois: 0.1 } }")]
    [InlineData(
        3,
        "train.start.weights: expected 2 rows of 6 numbers, a row a hidden dimension, found 1 row",
        Model + Data + "train: { start: { weights: [[1, 0, 0, 0, 0, 0]] } }"
    )]
    [InlineData(
        3,
        "train.start.weights: expected 6 numbers, one per feature, found 2",
        Model + Data + "train: { start: { weights: [[1, 0], [1, 0]] } }"
    )]
    [InlineData(
        3,
        "train.start.bias: expected a list of 6 numbers, found '3'",
        Model + Data + "train: { start: { weights: [[1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]], bias: 3 } }"
    )]
    [InlineData(
        3,
        "train.start.weights: expected a number within float32",
        Model + Data + "train: { start: { weights: [[1e300, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]] } }"
    )]
    [InlineData(
        3,
        "train.start: expected one number of features and of hidden dimensions, found an axis",
        "model: { features: [6, 7], hidden: 2 }\n" + Data + "train: { start: { weights: [] } }"
    )]
    [InlineData(3, "seeds: expected a whole number", Model + Data + "seeds: 0")]
    [InlineData(
        1,
        "multiply to 10000000 runs; a sweep has at most 1000000",
        Model + "data: { density: { linspace: [0.1, 1, 1000] } }\ntrain: { steps: { linspace: [1, 10000, 10000] } }"
    )]
    [InlineData(2, "2000000 values; a sweep has at most 1000000 runs", Model + "data: { density: { linspace: [0.1, 1, 2000000] } }")]
    [InlineData(1, "the key 'features' is on line 1 already", "model: { features: 5, features: 4 }\n" + Data)]
    [InlineData(1, "'&x' is an anchor", "model: &x { features: 5, hidden: 4 }\n" + Data)]
    [InlineData(2, "'*x' is an alias", "name: a\nmodel: *x\n")]
    [InlineData(1, "is a tag", "model: !!map { features: 5, hidden: 4 }\n" + Data)]
    [InlineData(2, "a tag that is no URI", "model:\n  hidden: { linspace: [2, 3, !!python/object:os.system2] }\n" + Data)]
    [InlineData(3, "a second document starts here", Model + Data + "---\nname: b\n")]
    [InlineData(1, "the spec is empty", "")]
    [InlineData(1, "expected a mapping with the keys model, data and train, found a list", "- 1\n")]
    [InlineData(2, "not valid YAML: ", "model: [\n")]
    [InlineData(1, "not valid YAML behind this line", "model: { features: 5, hidden: 2 \"\ndata: { density: 1 \" \"\n")]
    [InlineData(1, "model: expected a mapping", "model: 5\n" + Data)]
    [InlineData(1, "name: expected a text", "name: [a]\n" + Model + Data)]
    public void IsOneLineThatNamesThePlace(int line, string message, string spec)
    {
        SpecException error = Assert.Throws<SpecException>(() => SweepSpec.Parse(spec));
        Assert.Equal(line, error.Line);
        Assert.StartsWith(FormattableString.Invariant($"line {line}: "), error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void DeepNestingIsRefusedNotFollowed() =>
        Assert.Contains(
            "levels deep",
            Assert.Throws<SpecException>(() => SweepSpec.Parse("model: " + new string('[', 10_000) + new string(']', 10_000))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void LargeTextsAreRefusedUnread() =>
        Assert.Contains(
            "at most 1048576",
            Assert.Throws<SpecException>(() => SweepSpec.Parse(new string('#', (1 << 20) + 1))).Message,
            StringComparison.Ordinal
        );
}
