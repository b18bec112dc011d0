using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Xunit;

namespace Geometry.Training.Tests.Kernels;

/// <summary>Gradients of given samples equal PyTorch's autograd.</summary>
public unsafe class GradientFixtureTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixture.Read<GradientCase>("gradients.json").Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsAutograd(int index)
    {
        GradientCase c = Fixture.Read<GradientCase>("gradients.json")[index];
        var data = new SparseData([.. Enumerable.Repeat(0.5, c.Features)], c.Importance, FeatureGroups.None);
        var program = new RunProgram(new TrainingRun(0, 0, c.Model, data, Models.Plan(batch: c.Batch)));
        AlignedBuffer theta = new(program.Layout.Length),
            gradient = new(program.Layout.Length);
        float[] parameters = [.. c.Encoder, .. c.Decoder ?? [], .. c.B ?? []];
        parameters.CopyTo(theta.Span);
        float[] expected = [.. c.GradEncoder, .. c.GradDecoder ?? [], .. c.GradB ?? []];
        double scale = expected.Max(Math.Abs);
        foreach (IBatchGradient kernel in BatchGradients.All(program, BatchGradients.Width))
        {
            gradient.Span.Clear();
            kernel.AddSamples(theta.Pointer, c.XByFeature, c.Batch, gradient.Pointer);
            GC.KeepAlive(theta);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], gradient.Span[i], 2e-6 * scale);
            Assert.All(gradient.Span[expected.Length..].ToArray(), g => Assert.Equal(0, g));
        }
    }
}
