using Geometry.Cli.Training;
using Geometry.Storage.Training;
using Xunit;

namespace Geometry.Cli.Tests.Training;

public class TrainingProgressBarTests
{
    [Theory]
    [InlineData(10, 5, 1000, 250, 0.25)]
    [InlineData(10, 10, 0, 0, 1)]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(10, 5, 1000, 2000, 1)]
    public void TheShareIsThatOfTheSteps(int runs, int finished, long steps, long done, double share) =>
        Assert.Equal(share, TrainingProgressBar.Share(new TrainProgress(runs, finished, steps, done)));

    [Theory]
    [InlineData(500, "5 of 1,000 runs, 250 steps/s")]
    [InlineData(5_000, "5 of 1,000 runs, 2.5 k steps/s")]
    [InlineData(5_000_000, "5 of 1,000 runs, 2.5 M steps/s")]
    public void TheTextHasRunsAndStepsASecond(long done, string text) =>
        Assert.Equal(text, TrainingProgressBar.Describe(new TrainProgress(1000, 5, 10_000_000, done), TimeSpan.FromSeconds(2)));
}
