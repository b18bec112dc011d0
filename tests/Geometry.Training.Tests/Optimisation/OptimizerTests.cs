using Geometry.Training.Kernels;
using Geometry.Training.Optimisation;
using Xunit;

namespace Geometry.Training.Tests.Optimisation;

public unsafe class OptimizerTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixture.Read<OptimizerCase>("optimizers.json").Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void StepsAsPyTorch(int index)
    {
        OptimizerCase c = Fixture.Read<OptimizerCase>("optimizers.json")[index];
        var plan = new TrainingPlan(
            Enum.Parse<OptimizerKind>(c.Optimizer, ignoreCase: true),
            c.LearningRate,
            c.WeightDecay,
            c.Momentum,
            Enum.Parse<Schedule>(c.Schedule, ignoreCase: true),
            1,
            c.Gradients.Length,
            0
        );
        AlignedBuffer theta = new(c.Start.Length),
            gradient = new(c.Start.Length);
        c.Start.CopyTo(theta.Span);
        var optimizer = new Optimizer(plan, theta.Length);
        for (int step = 0; step < c.Gradients.Length; step++)
        {
            c.Gradients[step].CopyTo(gradient.Span);
            Assert.True(optimizer.Step(theta.Pointer, gradient.Pointer, LearningRate.At(plan, step)));
            for (int i = 0; i < c.Start.Length; i++)
            {
                float expected = c.Parameters[step][i];
                Assert.Equal(expected, theta.Span[i], 2e-6 * Math.Max(0.1, Math.Abs(expected)));
            }
        }
        Assert.All(theta.Span[c.Start.Length..].ToArray(), v => Assert.Equal(0, v));
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW, float.NaN)]
    [InlineData(OptimizerKind.Adam, float.PositiveInfinity)]
    [InlineData(OptimizerKind.Sgd, float.NegativeInfinity)]
    public void AGradientThatIsNotFiniteIsReported(OptimizerKind kind, float bad)
    {
        var plan = new TrainingPlan(kind, 0.1, 0.01, 0.9, Schedule.Constant, 1, 10, 0);
        AlignedBuffer theta = new(40),
            gradient = new(40);
        var optimizer = new Optimizer(plan, theta.Length);
        Assert.True(optimizer.Step(theta.Pointer, gradient.Pointer, 0.1));
        gradient.Span[37] = bad;
        Assert.False(optimizer.Step(theta.Pointer, gradient.Pointer, 0.1));
    }
}
