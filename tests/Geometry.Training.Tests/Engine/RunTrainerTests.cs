using Geometry.Training.Engine;
using Xunit;

namespace Geometry.Training.Tests.Engine;

public class RunTrainerTests
{
    [Theory]
    [InlineData(5, 2, 0.1)]
    [InlineData(20, 5, 0.1)]
    [InlineData(100, 10, 0.02)]
    public void AllocatesNothingAStep(int n, int m, double density)
    {
        long Bytes(int steps)
        {
            var program = new RunProgram(new TrainingRun(0, 0, Models.Tied(n, m), Models.Uniform(n, density), Models.Plan(steps: steps)));
            var trainer = new RunTrainer(program);
            var team = new Soloist(BatchGradients.For(program));
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Train(team, () => { }, CancellationToken.None);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Bytes(10);
        Assert.Equal(Bytes(10), Bytes(400));
    }
}
