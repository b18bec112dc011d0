using Geometry.Decisions;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Shapes;
using Geometry.Summands;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

/// <summary>
/// A number given in place of a default one reaches the step that uses it; without that, <c>Geometry.Recovery -- sensitivity</c> would
/// show nothing.
/// </summary>
public sealed class ConstantsTests
{
    [Fact]
    public void The_largest_cosine_reaches_the_planes()
    {
        LearnedColumns columns = Pentagon(0);
        var closer = new PlaneCandidates(columns, DecisionConstants.Default with { LargestCosine = 0.9 });
        closer.At(DecisionConstants.Default.LargestPlaneTolerance);
        Assert.Equal(5, closer.Components.Count);
        var usual = new PlaneCandidates(columns, DecisionConstants.Default);
        usual.At(DecisionConstants.Default.LargestPlaneTolerance);
        Assert.Single(usual.Components);
    }

    [Fact]
    public void The_noise_of_a_direction_reaches_the_cap_on_residuals()
    {
        LearnedColumns columns = Pentagon(0.05);
        var block = new Block([0, 1, 2, 3, 4], PrincipalAxes.Of(columns.Unit, columns.Hidden, [0, 1, 2, 3, 4]), -1, 2);
        ShapeMatch usual = new BlockShapes(columns).Match(block),
            less = new BlockShapes(columns, null, DecisionConstants.Default with { NoiseDegrees = 0.1 }).Match(block);
        Assert.Equal("pentagon", usual.Shape);
        Assert.Equal(usual.ResidualDegrees, less.ResidualDegrees);
        Assert.Equal("irregular(2,5)", less.Shape);
    }

    [Fact]
    public void The_deviations_of_the_matroid_reach_its_test()
    {
        LearnedColumns columns = Pentagon(0);
        Assert.False(Reducibility.IsReducible(columns.Unit, columns.Hidden, [0, 1, 2, 3, 4], 2, 0.01, DecisionConstants.Default));
        Assert.True(
            Reducibility.IsReducible(
                columns.Unit,
                columns.Hidden,
                [0, 1, 2, 3, 4],
                2,
                0.01,
                DecisionConstants.Default with
                {
                    MatroidDeviations = 1e4,
                }
            )
        );
    }

    private static LearnedColumns Pentagon(double sigma) =>
        LearnedColumns.Of(
            Made.From(
                "pentagon",
                new SyntheticOptions
                {
                    Sigma = sigma,
                    Hidden = 4,
                    Seed = 5,
                }
            ).Configuration,
            [0, 1, 2, 3, 4]
        );
}
