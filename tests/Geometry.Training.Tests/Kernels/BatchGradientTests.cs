using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Streams;
using Xunit;

namespace Geometry.Training.Tests.Kernels;

/// <summary>
/// Given samples: every kernel, every shape, against float64 from the definition; and the definition against finite differences.
/// </summary>
public unsafe class BatchGradientTests
{
    public static TheoryData<int, int, Activation, bool, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, Activation, bool, bool>();
            foreach (int n in new[] { 1, 2, 5, 6, 11, 17, 40, 100 })
            {
                foreach (int m in new[] { 1, 2, 3, 4, 6, 13 })
                    shapes.Add(n, m, (Activation)((n + m) % 3), (n + m) % 2 == 0, n % 4 != 2);
            }
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EqualsTheDefinition(int n, int m, Activation activation, bool tied, bool bias)
    {
        const int Count = 150;
        var run = new TrainingRun(1, 2, new ModelShape(n, m, activation, 5, tied, bias), Models.Uniform(n, 0.3), Models.Plan(batch: Count));
        (float[] theta, float[] x) = Inputs(run, Count);
        double[] expected = ReferenceModel.Gradient(run, ToDouble(theta), Samples(x, n, Count));
        var program = new RunProgram(run);
        AlignedBuffer at = new(program.Layout.Length),
            gradient = new(program.Layout.Length);
        theta.CopyTo(at.Span);
        double scale = expected.Max(Math.Abs);
        foreach (IBatchGradient kernel in BatchGradients.All(program, BatchGradients.Width))
        {
            gradient.Span.Clear();
            kernel.AddSamples(at.Pointer, x, Count, gradient.Pointer);
            GC.KeepAlive(at);
            for (int i = 0; i < program.Layout.Count; i++)
                Assert.Equal(expected[i], gradient.Span[i], 1e-5 * scale);
        }
    }

    [Theory]
    [InlineData(Activation.Linear, true)]
    [InlineData(Activation.Relu, false)]
    [InlineData(Activation.Swish, true)]
    [InlineData(Activation.Swish, false)]
    public void TheDefinitionIsTheDerivativeOfTheLoss(Activation activation, bool tied)
    {
        const int Count = 40;
        var run = new TrainingRun(
            1,
            2,
            new ModelShape(6, 3, activation, 30, tied, true),
            Models.Uniform(6, 0.3),
            Models.Plan(batch: Count)
        );
        (float[] theta32, float[] x) = Inputs(run, Count);
        double[] theta = ToDouble(theta32);
        double[][] samples = Samples(x, 6, Count);
        double[] gradient = ReferenceModel.Gradient(run, theta, samples);
        const double Step = 1e-6;
        for (int i = 0; i < new ParameterLayout(run.Model).Count; i++)
        {
            double kept = theta[i];
            theta[i] = kept + Step;
            double above = ReferenceModel.Loss(run, theta, samples);
            theta[i] = kept - Step;
            double below = ReferenceModel.Loss(run, theta, samples);
            theta[i] = kept;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-7);
        }
    }

    private static (float[] Theta, float[] X) Inputs(TrainingRun run, int count)
    {
        var layout = new ParameterLayout(run.Model);
        var theta = new float[layout.Length];
        Start.Fill(run, theta);
        var stream = new RandomStream(9, 9, 9, Purpose.Start);
        for (int i = 0; i < layout.Count; i++)
            theta[i] += (float)(0.3 * (stream.Uniform((uint)i, 5) - 0.4));
        var x = new float[run.Model.Features * count];
        for (int i = 0; i < x.Length; i++)
        {
            double u = stream.Uniform((uint)i, 6);
            x[i] = u < 0.3 ? (float)(u / 0.3) : 0;
        }
        return (theta, x);
    }

    private static double[] ToDouble(float[] values) => [.. values.Select(v => (double)v)];

    private static double[][] Samples(float[] x, int n, int count) =>
        [.. Enumerable.Range(0, count).Select(s => Enumerable.Range(0, n).Select(i => (double)x[i * count + s]).ToArray())];
}
