using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Benchmarks;
using Geometry.Training.Streams;

namespace Geometry.TrainingBench;

/// <summary>What one core can do at most.</summary>
internal static class Limits
{
    /// <summary>Float32 multiply-adds a second of one core.</summary>
    internal static double MultiplyAdds(int repeats) => Peak.MultiplyAdds<float>(repeats);

    /// <summary>Uniform numbers a second of one core.</summary>
    internal static double Uniforms(int repeats)
    {
        const int Tiles = 2_000_000;
        return Peak.Rate(repeats, Tiles * 64.0, static () => Fill(Tiles));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Fill(int tiles)
    {
        var stream = new RandomStream(1, 2, 3, Purpose.Samples);
        Vector512<float> sum = default;
        for (int t = 0; t < tiles; t++)
        {
            stream.Uniform64((uint)t, 0, out var a, out var b, out var c, out var d);
            sum = Vector512.Max(sum, Vector512.Max(Vector512.Max(a, b), Vector512.Max(c, d)));
        }
        return Vector512.Sum(sum);
    }
}
