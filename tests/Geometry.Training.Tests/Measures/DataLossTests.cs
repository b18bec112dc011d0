using System.Runtime.Intrinsics;
using Geometry.Measures.Llc;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Measures;
using Xunit;

namespace Geometry.Training.Tests.Measures;

public class DataLossTests
{
    [Theory]
    [InlineData(true, Activation.Relu)]
    [InlineData(false, Activation.Relu)]
    [InlineData(true, Activation.Linear)]
    [InlineData(false, Activation.Swish)]
    public void ItIsTheDefinitionOnAGivenSample(bool tied, Activation activation)
    {
        const int N = 7,
            M = 3,
            Samples = 300;
        ModelShape model = tied ? Models.Tied(N, M, activation) : Models.Untied(N, M, activation);
        var random = new Random(1);
        double[][] x =
        [
            .. Enumerable
                .Range(0, Samples)
                .Select(_ => Enumerable.Range(0, N).Select(_ => random.Next(3) == 0 ? (double)(float)random.NextDouble() : 0).ToArray()),
        ];
        SparseData data = Models.Uniform(N, 0.3);
        IChainLoss loss = new DataSample(model, data.Importance, Samples, null)
        {
            Given = [.. x.SelectMany(s => s).Select(v => (float)v)],
        }.Loss();
        double[] points = [.. Enumerable.Range(0, loss.Length * 8).Select(_ => (double)(float)(random.NextDouble() - 0.4))],
            losses = new double[8],
            gradients = new double[points.Length];
        loss.Evaluate(points, IChainLoss.Whole, losses, gradients);
        // The reference is the mean over features.
        var run = new TrainingRun(0, 0, model, data, Models.Plan(batch: Samples));
        for (int lane = 0; lane < 8; lane++)
        {
            double[] theta = [.. Enumerable.Range(0, loss.Length).Select(i => points[(i * 8) + lane])],
                gradient = ReferenceModel.Gradient(run, theta, x);
            Assert.Equal(N * ReferenceModel.Loss(run, theta, x), losses[lane], 2e-6);
            for (int i = 0; i < theta.Length; i++)
                Assert.Equal(N * gradient[i], gradients[(i * 8) + lane], 5e-6);
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.4)]
    [InlineData(1.0)]
    public void OfADrawnSampleTheLossIsThatOfTheLaw(double density)
    {
        ModelShape model = Models.Tied(6, 2);
        SparseData data = Models.Uniform(6, density);
        var random = new Random(2);
        float[] weights = [.. Enumerable.Range(0, 12).Select(_ => (float)(random.NextDouble() - 0.5))],
            bias = [.. Enumerable.Range(0, 6).Select(_ => (float)(random.NextDouble() - 0.3))];
        IChainLoss loss = new DataSample(model, data.Importance, 400_000, null) { Law = data, Seed = 3 }.Loss();
        double[] points = [.. weights.Concat(bias).SelectMany(v => Enumerable.Repeat((double)v, 8))],
            losses = new double[8];
        loss.Evaluate(points, IChainLoss.Whole, losses, new double[points.Length]);
        double expected = 6 * Evaluation.Loss(model, data, new Checkpoint(0, weights, null, bias));
        Assert.InRange(losses[0], expected * 0.99, expected * 1.01);
    }

    [Fact]
    public void BatchesAverageToTheWhole()
    {
        ModelShape model = Models.Tied(6, 2);
        SparseData data = Models.Uniform(6, 0.2);
        IChainLoss loss = new DataSample(model, data.Importance, 5000, 256) { Law = data, Seed = 3 }.Loss();
        var random = new Random(3);
        double[] points = [.. Enumerable.Range(0, 18).Select(_ => random.NextDouble() - 0.4).SelectMany(v => Enumerable.Repeat(v, 8))];
        double[] whole = new double[8],
            part = new double[8],
            gradient = new double[points.Length],
            partial = new double[points.Length],
            mean = new double[points.Length];
        loss.Evaluate(points, IChainLoss.Whole, whole, gradient);
        double sum = 0;
        const int Batches = 3000;
        for (uint b = 0; b < Batches; b++)
        {
            loss.Evaluate(points, b, part, partial);
            sum += part[0] / Batches;
            for (int i = 0; i < mean.Length; i++)
                mean[i] += partial[i] / Batches;
        }
        Assert.InRange(sum, whole[0] * 0.99, whole[0] * 1.01);
        for (int i = 0; i < mean.Length; i++)
            Assert.Equal(gradient[i], mean[i], 0.01);
    }

    [Fact]
    public void TheSizeOfARegisterChangesNoBit()
    {
        SparseData data = Models.Uniform(7, 0.2);
        var sample = new DataSample(Models.Tied(7, 3), data.Importance, 3000, null) { Law = data, Seed = 3 };
        IChainLoss[] losses =
        [
            new DataLoss<Relu, Vector512<float>, Lanes512, Panel4<Vector512<float>, Lanes512>>(sample),
            new DataLoss<Relu, Vector256<float>, Lanes256, Panel2<Vector256<float>, Lanes256>>(sample),
            new DataLoss<Relu, Vector128<float>, Lanes128, Panel4<Vector128<float>, Lanes128>>(sample),
        ];
        var random = new Random(3);
        double[] points = [.. Enumerable.Range(0, 8 * losses[0].Length).Select(_ => random.NextDouble() - 0.4)];
        (double[] Losses, double[] Gradients)[] found =
        [
            .. losses.Select(loss =>
            {
                double[] values = new double[8],
                    gradients = new double[points.Length];
                loss.Evaluate(points, IChainLoss.Whole, values, gradients);
                return (values, gradients);
            }),
        ];
        Assert.All(found, f => Assert.Equal(found[0].Losses, f.Losses));
        Assert.All(found, f => Assert.Equal(found[0].Gradients, f.Gradients));
    }
}
