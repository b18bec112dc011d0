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

        // The least of a few: the runtime allocates on this thread when it compiles a method anew, which has nothing to do with the steps.
        long Least(int steps) => Enumerable.Range(0, 5).Min(_ => Bytes(steps));
        Assert.Equal(Least(10), Least(400));
    }
}
