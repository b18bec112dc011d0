using Geometry.Training.Engine;
using Xunit;

namespace Geometry.Training.Tests.Engine;

/// <summary>
/// The evaluation loss against closed forms: an ignored unit feature loses p/3 − p²/4, an antipodal pair of unit features p²/3 together.
/// </summary>
public class EvaluationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(0.01)]
    [InlineData(0.001)]
    public void AnIgnoredFeatureWithItsMeanAsBias(double p)
    {
        var data = new SparseData([p, p], [1, 2.5], FeatureGroups.None);
        // The first feature is dedicated, the second ignored: the best bias is its mean p/2.
        double loss = Evaluation.Loss(Models.Tied(2, 1), data, new Checkpoint(0, [1, 0], null, [0, (float)(p / 2)]));
        Close(2.5 * (p / 3 - p * p / 4) / 2, loss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(0.01)]
    public void AnAntipodalPair(double p)
    {
        var data = new SparseData([p, p], [1, 1], FeatureGroups.None);
        double loss = Evaluation.Loss(Models.Tied(2, 1), data, new Checkpoint(0, [1, -1], null, [0, 0]));
        // Only pairs count: a share p/(2 − p) of the samples, each with relative deviation 1.18.
        Close(p * p / 3 / 2, loss, 5 * 1.18 / Math.Sqrt((1 << 20) * p / (2 - p)));
    }

    [Fact]
    public void AnIdentityLosesNothing()
    {
        var data = Models.Uniform(3, 0.4);
        float[] identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        Assert.Equal(0, Evaluation.Loss(Models.Untied(3, 3, Activation.Linear), data, new Checkpoint(0, identity, identity, [0, 0, 0])));
    }

    [Fact]
    public void TheEmptySampleCounts()
    {
        var data = new SparseData([0.25], [4], FeatureGroups.None);
        // x' = 0.5 whatever x: 4 E(x − ½)² = 4 (¾·¼ + ¼·1/12).
        double loss = Evaluation.Loss(Models.Tied(1, 1), data, new Checkpoint(0, [0], null, [0.5f]));
        Close(4 * (0.75 * 0.25 + 0.25 / 12), loss);
    }

    [Fact]
    public void AWrongLengthIsRefused() =>
        Assert.Throws<ArgumentException>(() =>
            Evaluation.Loss(Models.Tied(3, 2), Models.Uniform(3, 0.5), new Checkpoint(0, new float[5], null, new float[3]))
        );

    private static void Close(double expected, double actual, double relative = 0.005) =>
        Assert.InRange(actual, expected * (1 - relative), expected * (1 + relative));
}
