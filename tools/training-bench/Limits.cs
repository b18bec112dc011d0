using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Training.Streams;

namespace Geometry.TrainingBench;

/// <summary>What one core can do at most.</summary>
internal static class Limits
{
    /// <summary>Float32 multiply-adds a second of one core: twelve independent chains of vector operations on registers.</summary>
    internal static double MultiplyAdds(int repeats)
    {
        const int Rounds = 20_000_000;
        return Best(repeats, () => Chains(Rounds), Rounds * 12.0 * 16);
    }

    /// <summary>Uniform numbers a second of one core.</summary>
    internal static double Uniforms(int repeats)
    {
        const int Tiles = 2_000_000;
        return Best(repeats, () => Fill(Tiles), Tiles * 64.0);
    }

    private static double Best(int repeats, Func<float> work, double count)
    {
        double best = double.PositiveInfinity;
        for (int r = 0; r <= repeats; r++)
        {
            long start = Stopwatch.GetTimestamp();
            if (float.IsNaN(work())) throw new InvalidOperationException("NaN");
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return count / best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains(int rounds)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        Vector512<float> i = default, j = default, k = default, l = default, x = Vector512.Create(0.5f), y = Vector512.Create(0.25f);
        for (int r = 0; r < rounds; r++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
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
