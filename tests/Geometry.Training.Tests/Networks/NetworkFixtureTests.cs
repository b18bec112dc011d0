using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Xunit;

namespace Geometry.Training.Tests.Networks;

/// <summary>Gradients of given samples equal PyTorch's autograd.</summary>
public unsafe class NetworkFixtureTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixture.Read<NetworkCase>("networks.json").Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsAutograd(int index)
    {
        NetworkCase c = Fixture.Read<NetworkCase>("networks.json")[index];
        var data = new SparseData([.. Enumerable.Repeat(0.5, c.Features)], c.Importance, FeatureGroups.None);
        var program = new RunProgram(new TrainingRun(0, 0, c.Model, data, Models.Plan(batch: c.Batch)));
        Assert.Equal(program.Layout.Count, c.Parameters.Length);
        AlignedBuffer theta = new(program.Layout.Length), gradient = new(program.Layout.Length);
        c.Parameters.CopyTo(theta.Span);
        double scale = c.Gradient.Max(Math.Abs);
        BatchGradients.For(program).AddSamples(theta.Pointer, c.XByFeature, c.Batch, gradient.Pointer);
        GC.KeepAlive(theta);
        for (int i = 0; i < c.Gradient.Length; i++) Assert.Equal(c.Gradient[i], gradient.Span[i], 3e-6 * scale);
    }
}

internal sealed record NetworkCase(
    int Features, int Hidden, int[] Layers, string[] Activations, double Gamma, bool Tied, bool Bias, HeadCase? Head, int Batch, double[] Importance, float[] XByFeature, float[] Parameters, float[] Gradient)
{
    internal ModelShape Model
    {
        get
        {
            Activation[] activations = [.. Activations.Select(a => Enum.Parse<Activation>(a, ignoreCase: true))];
            ClassHead? head = Head is { } h ? new ClassHead(h.Classes, Enum.Parse<ClassTarget>(h.Target, ignoreCase: true), h.Features, h.Weight, h.Alone) : null;
            return Layers.Length > 0
                ? MadeNetworks.Deep(Features, Layers, activations, Bias, head)
                : new ModelShape(Features, Hidden, activations[^1], Gamma, Tied, Bias) { Head = head };
        }
    }
}

internal sealed record HeadCase(int Classes, string Target, int[] Features, double Weight, bool Alone);
