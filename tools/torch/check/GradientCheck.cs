using System.Globalization;
using Geometry.Training;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Tests;
using Geometry.Training.Tests.Networks;
using Geometry.Training.Torch;
using static TorchSharp.torch;

namespace Geometry.TorchCheck;

/// <summary>
/// Gradients at given parameters and samples: of the Torch engine, of the CPU engine, and those that PyTorch's autograd left in
/// fixtures/training.
/// </summary>
internal static unsafe class GradientCheck
{
    /// <summary>Of the largest entry of a gradient; both engines sum in float32.</summary>
    private const double Tolerance = 2e-6;

    public static bool Run()
    {
        double fixtures = 0,
            engines = 0;
        NetworkCase[] cases = Fixture.Read<NetworkCase>("networks.json");
        foreach (NetworkCase c in cases)
            fixtures = Math.Max(fixtures, Difference(Torch(c.Run, c.Parameters, c.XByFeature), c.Gradient));
        foreach ((string name, ModelShape model) in MadeNetworks.All)
        {
            const int Batch = 200;
            var run = new TrainingRun(0, 3, model, Models.Uniform(model.Features, 0.4), Models.Plan(batch: Batch));
            var random = new Random(name.Length);
            float[] theta = [.. Enumerable.Range(0, model.Blocks.Sum(b => b.Length)).Select(_ => (float)(random.NextDouble() - 0.5))];
            float[] x =
            [
                .. Enumerable.Range(0, model.Features * Batch).Select(_ => random.NextDouble() < 0.4 ? (float)random.NextDouble() : 0),
            ];
            double difference = Difference(Torch(run, theta, x), Cpu(run, theta, x));
            Console.WriteLine(
                FormattableString.Invariant($"torch: gradient of '{name}': {difference:0.0e+0} of its largest entry from the cpu engine's")
            );
            engines = Math.Max(engines, difference);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"torch: gradients of {cases.Length} fixtures of PyTorch: at most {fixtures:0.0e+0} off; of "
                    + $"{MadeNetworks.All.Count} networks: at most {engines:0.0e+0} from the cpu engine's (expected at most "
                    + $"{Tolerance:0.0e+0})"
            )
        );
        return fixtures <= Tolerance && engines <= Tolerance;
    }

    /// <summary>The trained parameters' gradient; of frozen ones 0.</summary>
    private static float[] Torch(TrainingRun run, float[] theta, float[] byFeature)
    {
        using var scope = NewDisposeScope();
        using var model = new BlockNetwork([run], CPU);
        HostArrays.Fill(model.Parameters, Split(run.Model, theta));
        int n = run.Model.Features,
            batch = byFeature.Length / n;
        Tensor?[] gradients = model.Gradients(tensor(byFeature).reshape(n, batch).t().contiguous().unsqueeze(0));
        return [.. gradients.SelectMany((g, k) => g is null ? new float[run.Model.Blocks[k].Length] : HostArrays.Floats(g.contiguous()))];
    }

    private static float[] Cpu(TrainingRun run, float[] parameters, float[] byFeature)
    {
        var program = new RunProgram(run);
        AlignedBuffer theta = new(program.Layout.Length),
            gradient = new(program.Layout.Length);
        parameters.CopyTo(theta.Span);
        BatchGradients.For(program).AddSamples(theta.Pointer, byFeature, byFeature.Length / run.Model.Features, gradient.Pointer);
        GC.KeepAlive(theta);
        return gradient.Span[..program.Layout.Count].ToArray();
    }

    internal static float[][] Split(ModelShape model, float[] theta)
    {
        int at = 0;
        return [.. model.Blocks.Select(b => theta[at..(at += b.Length)])];
    }

    private static double Difference(float[] a, float[] b)
    {
        if (a.Length != b.Length)
            return double.PositiveInfinity;
        return a.Zip(b).Max(p => Math.Abs((double)p.First - p.Second)) / b.Max(Math.Abs);
    }
}
