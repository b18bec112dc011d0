using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Streams;
using Xunit;

namespace Geometry.Training.Tests.Kernels;

/// <summary>
/// Registers of 512, 256 and 128 bits, with their blockings, give the same bits: whole batches, samplers included, for every kernel.
/// </summary>
public unsafe class RegisterSizeTests
{
    [Theory]
    [InlineData(5, 2, Activation.Relu, true, 0.3)]
    [InlineData(5, 2, Activation.Swish, true, 1)]
    [InlineData(7, 6, Activation.Linear, false, 0.1)]
    [InlineData(19, 11, Activation.Swish, false, 0.02)]
    [InlineData(50, 9, Activation.Relu, true, 0.3)]
    [InlineData(210, 8, Activation.Relu, true, 0.01)]
    public void GiveTheSameBits(int n, int m, Activation activation, bool tied, double density)
    {
        foreach (FeatureGroups groups in new[] { FeatureGroups.None, Some(GroupKind.Correlated), Some(GroupKind.Anticorrelated) })
        {
            var run = new TrainingRun(
                3,
                4,
                new ModelShape(n, m, activation, 5, tied, true),
                Models.Uniform(n, density, groups),
                Models.Plan(batch: 700)
            );
            var program = new RunProgram(run);
            float[][] wide = Gradients(program, 16);
            Assert.Contains(wide[0], g => g != 0);
            Assert.Equal(wide, Gradients(program, 8));
            Assert.Equal(wide, Gradients(program, 4));
        }
    }

    private static FeatureGroups Some(GroupKind kind) =>
        new(
            kind,
            [
                [0, 2, 3],
                [1, 4],
            ]
        );

    private static float[][] Gradients(RunProgram program, int width)
    {
        var theta = new AlignedBuffer(program.Layout.Length);
        Start.Fill(program.Run, theta.Span);
        for (int i = program.Layout.Bias; i < program.Layout.Count; i++)
            theta.Span[i] = 0.01f * (i % 7 - 2);
        return [.. BatchGradients.All(program, width).Select(Gradient)];

        float[] Gradient(IBatchGradient kernel)
        {
            var gradient = new AlignedBuffer(program.Layout.Length);
            for (int step = 0; step < 2; step++)
                kernel.Add(theta.Pointer, step, 0, gradient.Pointer);
            GC.KeepAlive(theta);
            return gradient.Span.ToArray();
        }
    }
}
