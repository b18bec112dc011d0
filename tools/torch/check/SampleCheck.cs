using System.Numerics;
using Geometry.Training;
using Geometry.Training.Tests;
using Geometry.Training.Tests.Networks;
using Geometry.Training.Torch;
using static TorchSharp.torch;

namespace Geometry.TorchCheck;

/// <summary>
/// Samples with a given number of active features: so many in each, and all subsets alike; a state of the generator brings the same ones
/// again.
/// </summary>
internal static class SampleCheck
{
    private const int Batch = 6400,
        Features = 6,
        Active = 3;

    public static bool Run()
    {
        ModelShape model = MadeNetworks.All["and of all pairs"];
        var run = new TrainingRun(0, 1, model, Models.Uniform(Features, 0.5) with { Active = Active }, Models.Plan(batch: Batch));
        using var scope = NewDisposeScope();
        using var sampler = new BlockSampler([run], CPU);
        sampler.Next();
        byte[] state = sampler.State;
        float[] x = HostArrays.Floats(sampler.Next());
        sampler.State = state;
        bool again = HostArrays.Floats(sampler.Next()).AsSpan().SequenceEqual(x);
        var counts = new Dictionary<int, int>();
        for (int s = 0; s < Batch; s++)
        {
            int subset = Enumerable.Range(0, Features).Sum(i => x[(s * Features) + i] == 1 ? 1 << i : 0);
            counts[subset] = counts.GetValueOrDefault(subset) + 1;
        }
        bool right =
            x.All(v => v is 0 or 1)
            && counts.Count == 20
            && counts.Keys.All(k => BitOperations.PopCount((uint)k) == Active)
            && counts.Values.All(c => c is > 240 and < 400);
        Console.WriteLine(
            $"torch: samples of {Active} of {Features} features: {(right ? "every subset as often as the others" : "WRONG")}; the "
                + $"generator's state brings the same samples again: {(again ? "yes" : "NO")}"
        );
        return right && again;
    }
}
