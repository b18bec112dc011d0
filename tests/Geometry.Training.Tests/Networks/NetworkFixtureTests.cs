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
        var program = new RunProgram(c.Run);
        Assert.Equal(program.Layout.Count, c.Parameters.Length);
        AlignedBuffer theta = new(program.Layout.Length),
            gradient = new(program.Layout.Length);
        c.Parameters.CopyTo(theta.Span);
        double scale = c.Gradient.Max(Math.Abs);
        BatchGradients.For(program).AddSamples(theta.Pointer, c.XByFeature, c.Batch, gradient.Pointer);
        GC.KeepAlive(theta);
        for (int i = 0; i < c.Gradient.Length; i++)
            Assert.Equal(c.Gradient[i], gradient.Span[i], 3e-6 * scale);
    }
}
