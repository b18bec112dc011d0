using System.Runtime.Intrinsics;
using Geometry.Training.Data;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;
using Xunit;

namespace Geometry.Training.Tests.Networks;

public unsafe class NetworkGradientTests
{
    public static TheoryData<string> Networks => [.. MadeNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void EqualsFiniteDifferencesOfTheDefinition(string name)
    {
        const int Count = 70;
        TrainingRun run = Run(name, 0.4, Count);
        (float[] theta, float[] x) = Inputs(run, Count);
        int n = run.Model.Features;
        double[][] samples =
        [
            .. Enumerable.Range(0, Count).Select(s => Enumerable.Range(0, n).Select(i => (double)x[(i * Count) + s]).ToArray()),
        ];
        var program = new RunProgram(run);
        double[] expected = ReferenceNetwork.Gradient(run, [.. theta.Take(program.Layout.Count).Select(t => (double)t)], samples);
        double scale = expected.Max(Math.Abs);
        foreach (int width in new[] { 4, 8, 16 })
        {
            float[] gradient = Gradient(program, theta, width, (kernel, at, to) => kernel.AddSamples(at, x, Count, to));
            for (int k = 0; k < expected.Length; k++)
                Assert.Equal(expected[k], gradient[k], 2e-5 * scale);
            Assert.All(gradient[expected.Length..], g => Assert.Equal(0, g));
        }
    }

    /// <summary>Registers of every size give the same bits, of a drawn batch too.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryRegisterSizeGivesTheSameBits(string name)
    {
        TrainingRun run = Run(name, 0.1, 500);
        var program = new RunProgram(run);
        float[] theta = Inputs(run, 1).Theta;
        float[][] gradients =
        [
            .. new[] { 4, 8, 16 }.Select(w => Gradient(program, theta, w, (kernel, at, to) => kernel.Add(at, 3, 0, to))),
        ];
        Assert.Equal(gradients[0], gradients[1]);
        Assert.Equal(gradients[0], gradients[2]);
    }

    /// <summary>Empty samples are computed once and counted: the mean over many batches of sparse data is that of batches drawn
    /// whole.</summary>
    [Fact]
    public void EmptySamplesCountAsOftenAsTheyOccur()
    {
        TrainingRun run = Run("deep with a head", 0.05, 2000);
        var program = new RunProgram(run);
        Assert.True(program.Packed);
        float[] theta = Inputs(run, 1).Theta;
        int n = run.Model.Features,
            count = 200_000;
        double[] mean = new double[program.Layout.Count];
        for (int step = 0; step < 200; step++)
        {
            float[] gradient = Gradient(program, theta, 8, (kernel, at, to) => kernel.Add(at, step, 0, to));
            for (int k = 0; k < mean.Length; k++)
                mean[k] += gradient[k] / 200.0;
        }
        float[] x = new float[n * count];
        var block = new AlignedBuffer(n * 64);
        var sampler = new PackedSampler<Vector128<float>, Lanes128>(program.Law, packed: false);
        for (int tile = 0; tile < count / 64; tile++)
        {
            sampler.Fill(new RandomStream(5, 5, 5, Purpose.DataSet), tile, 1, block.Pointer, 64);
            for (int i = 0; i < n; i++)
                block.Span.Slice(i * 64, 64).CopyTo(x.AsSpan((i * count) + (tile * 64)));
        }
        float[] whole = Gradient(program, theta, 8, (kernel, at, to) => kernel.AddSamples(at, x, count, to));
        double scale = mean.Max(Math.Abs);
        for (int k = 0; k < mean.Length; k++)
            Assert.Equal(mean[k], whole[k] * (2000.0 / count), 0.03 * scale);
    }

    private static TrainingRun Run(string name, double density, int batch)
    {
        ModelShape model = MadeNetworks.All[name];
        return new TrainingRun(1, 2, model, Models.Uniform(model.Features, density), Models.Plan(batch: batch));
    }

    private static float[] Gradient(RunProgram program, float[] theta, int width, Action add)
    {
        AlignedBuffer at = new(program.Layout.Length),
            gradient = new(program.Layout.Length);
        theta.CopyTo(at.Span);
        add(BatchGradients.All(program, width).Single(), at.Pointer, gradient.Pointer);
        GC.KeepAlive(at);
        return gradient.Span.ToArray();
    }

    private delegate void Action(IBatchGradient kernel, float* theta, float* gradient);

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
}
