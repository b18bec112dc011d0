using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class GroundStatesTests
{
    [Fact]
    public void FiveFeaturesInThePlaneArePentagonOrTwoPairs()
    {
        IReadOnlyList<GroundState> states = GroundStates.Find(2, 5, starts: 400);
        Assert.Equal(0.079128135, states[0].Minimum.Energy, 1e-9);
        Assert.Equal(new GroundStateDescription(5, "1.17046×5", "-0.2823×5", "pentagon", 10), Describe(states[0]));
        Assert.Equal(new GroundStateDescription(4, "1×4 0×1", "0×4 0.1×1", "2 antipode", 8), Describe(states[1]));
        Assert.Equal(1, states.Sum(s => s.Share), 1e-12);
    }

    /// <summary>L(k^{σ+,φ−}) for c = 6 in theory, times c: h_k/3 plus the loss of the dead features.</summary>
    [Fact]
    public void SixFeaturesInThePlaneEndOnTheLevelsOfPolygons()
    {
        double[] levels =
        [
            .. new[] { 0.048192376, 0.061799134, 0.068743578, 0.097222222, 0.104166667, 0.111111111, 0.152777778 }.Select(l => 6 * l),
        ];
        Assert.All(GroundStates.Find(2, 6, starts: 400), s => Assert.Contains(levels, level => Math.Abs(level - s.Minimum.Energy) < 1e-8));
    }

    [Fact]
    public void MostStartsOfFourteenInFourEndInOneMinimum()
    {
        GroundState state = GroundStates.Find(4, 14, starts: 300)[0];
        Assert.InRange(state.Share, 0.6, 0.9);
        Assert.Equal(69.7, SmallestAngle(state.Minimum), 0.05);
        Assert.Equal(14, state.Minimum.Live.Count);
    }

    [Theory]
    [InlineData(3, 6, "3 antipode", 48)]
    [InlineData(3, 8, "square-antiprism", 16)]
    [InlineData(3, 12, "icosahedron", 120)]
    [InlineData(5, 16, "5-demicube", 1920)]
    public void TheLowestMinimumIsTheShapeThatModelsLearn(int hidden, int features, string form, int symmetries)
    {
        GroundStateDescription description = Describe(GroundStates.Find(hidden, features, starts: 100)[0]);
        Assert.Equal((form, symmetries), (description.Form, (int)description.Symmetries!.Value));
    }

    [Fact]
    public void WhatCostsNothingAtManyAnglesIsAFlatFamily()
    {
        GroundState state = Assert.Single(GroundStates.Find(2, 3, starts: 50));
        Assert.True(state.IsFlat);
        Assert.Equal(0, state.Minimum.Energy, 1e-15);
        Assert.Equal(new GroundStateDescription(3, "1×3", "0×3", "", null), Describe(state));
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothing()
    {
        IReadOnlyList<GroundState> one = GroundStates.Find(4, 12, starts: 100, threads: 1),
            many = GroundStates.Find(4, 12, starts: 100, threads: 4);
        Assert.Equal(one.Count, many.Count);
        for (int i = 0; i < one.Count; i++)
        {
            Assert.Equal((one[i].Starts, one[i].Minimum.Energy), (many[i].Starts, many[i].Minimum.Energy));
            Assert.Equal(one[i].Minimum.Weights.Columns.ToArray(), many[i].Minimum.Weights.Columns.ToArray());
        }
    }

    /// <summary>The classes by invariants agree with those of the matcher of shapes, which they do not use.</summary>
    [Theory]
    [InlineData(3, 9)]
    [InlineData(4, 15)]
    public void MinimaOfOneClassAreCongruent(int hidden, int features)
    {
        LocalMinimum[] found =
        [
            .. Enumerable.Range(0, 40).Select(seed => GroundStates.Find(hidden, features, starts: 1, seed: seed)[0].Minimum),
        ];
        IReadOnlyList<GroundState> classes = CongruentMinima.Merge(found, [.. Enumerable.Repeat(1.0, features)]);
        LocalMinimum[] lowest = [.. found.Where(m => Math.Abs(m.Energy - classes[0].Minimum.Energy) < 1e-8)];
        Assert.Equal(lowest.Length, classes[0].Starts);
        Func<double[], double> residual = ShapeMatcher.Comparer(
            new Shape("class", hidden, features, lowest[0].Weights.Columns.ToArray(), "the first minimum")
        );
        Assert.All(lowest, m => Assert.InRange(residual(m.Weights.Columns.ToArray()), 0, 1e-5));
    }

    [Fact]
    public void ADescentStaysAtAMinimum()
    {
        LocalMinimum minimum = GroundStates.Find(3, 8, starts: 20)[0].Minimum,
            again = GroundStates.Descend(minimum.Weights, minimum.Bias);
        Assert.Equal(minimum.Energy, again.Energy, 1e-14);
        Assert.Equal(minimum.Weights.Columns.ToArray(), again.Weights.Columns.ToArray());
    }

    [Fact]
    public void WhatMattersLittleIsLeftOut()
    {
        IReadOnlyList<GroundState> states = GroundStates.Find(1, 3, [1, 1, 0.1], starts: 50);
        Assert.Equal([0, 1], states[0].Minimum.Live);
        Assert.All(states[0].Minimum.Weights.Columns[..2].ToArray(), w => Assert.Equal(1, Math.Abs(w), 1e-7));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 0)]
    [InlineData(2, 5000)]
    public void SizesOutOfRangeAreRefused(int hidden, int features) =>
        Assert.Throws<ArgumentException>(() => GroundStates.Find(hidden, features, starts: 1));

    [Fact]
    public void ImportancesMustFit()
    {
        Assert.Throws<ArgumentException>(() => GroundStates.Find(2, 3, [1, 1], starts: 1));
        Assert.Throws<ArgumentException>(() => GroundStates.Find(2, 2, [1, double.NaN], starts: 1));
        Assert.Throws<ArgumentException>(() => GroundStates.Descend(new FeatureConfiguration(1, 1, [1]), [double.NaN]));
    }

    [Fact]
    public void AnInterruptionIsAnOperationCanceledException()
    {
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();
        Assert.Throws<OperationCanceledException>(() => GroundStates.Find(2, 5, threads: 2, cancellation: interrupted.Token));
    }

    private static GroundStateDescription Describe(GroundState state) => GroundStateDescription.Of(state, new LabelOptions());

    private static double SmallestAngle(LocalMinimum minimum)
    {
        double largest = -1;
        foreach (int i in minimum.Live)
        {
            foreach (int j in minimum.Live.Where(j => j < i))
            {
                ReadOnlySpan<double> x = minimum.Weights.Column(i),
                    y = minimum.Weights.Column(j);
                largest = Math.Max(largest, Vectors.Dot(x, y) / (Vectors.Norm(x) * Vectors.Norm(y)));
            }
        }
        return double.RadiansToDegrees(Math.Acos(largest));
    }
}
