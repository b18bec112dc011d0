using Geometry.Configurations;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors.Writing;

namespace Geometry.Benchmarks;

/// <summary>
/// A large sweep file of n = 5, m = 2: the trained runs of a fixture over and over, each turned at random and with a little noise.
/// </summary>
internal static class SweepMix
{
    private const double Sigma = 0.003;

    /// <summary>Writes W (runs, m, n), b, loss and density; equal arguments make equal bytes.</summary>
    internal static void Write(string fixture, string path, int runs)
    {
        using SweepFile trained = SweepFile.Open(fixture, new SweepFileOptions());
        int n = trained.Features,
            m = trained.Hidden;
        if (m != 2)
            throw new ArgumentException($"{fixture}: expected m = 2, found {m}");
        var random = new Random(1);
        using FileStream stream = File.Create(path);
        using var npz = new NpzWriter(stream);
        npz.Add("W", [runs, m, n], Enumerable.Range(0, runs).Select(i => Turned(trained.ReadConfiguration(i % trained.Instances), random)));
        npz.Add(
            "b",
            [runs, n],
            Enumerable.Range(0, runs).Select(i => Array.ConvertAll(trained.ReadBias(i % trained.Instances)!, x => (float)x))
        );
        foreach (string name in new[] { "loss", "sparsity" })
            npz.Add(name, [runs], [.. Enumerable.Range(0, runs).Select(i => trained.Parameter(name, i % trained.Instances)!.Value)]);
    }

    private static float[] Turned(FeatureConfiguration w, Random random)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
        float[] turned = new float[2 * w.Features];
        for (int i = 0; i < w.Features; i++)
        {
            ReadOnlySpan<double> x = w.Column(i);
            turned[i] = (float)((cos * x[0]) - (sin * x[1]) + (Sigma * Inputs.Gaussian(random)));
            turned[w.Features + i] = (float)((sin * x[0]) + (cos * x[1]) + (Sigma * Inputs.Gaussian(random)));
        }
        return turned;
    }
}
