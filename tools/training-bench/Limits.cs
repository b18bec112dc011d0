using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Benchmarks;
using Geometry.Training.Engine;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.TrainingBench;

/// <summary>What one core can do at most.</summary>
internal static unsafe class Limits
{
    /// <summary>Float32 multiply-adds a second of one core.</summary>
    internal static double MultiplyAdds() => Peak.MultiplyAdds<float>();

    /// <summary>Uniform numbers a second of one core.</summary>
    internal static double Uniforms()
    {
        const int Calls = 20_000;
        return Peak.Rate(Calls * 4.0 * BatchGradients.Width, static () => BatchGradients.Width switch
            {
                16 => Fill<Vector512<float>, Lanes512>(Calls),
                8 => Fill<Vector256<float>, Lanes256>(Calls),
                _ => Fill<Vector128<float>, Lanes128>(Calls),
            });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Fill<V, L>(int calls)
        where V : struct
        where L : struct, ILanes<V>
    {
        var stream = new RandomStream(1, 2, 3, Purpose.Samples);
        float* keys = stackalloc float[Uniforms<V, L>.KeyFloats],
            sum = stackalloc float[L.Width];
        Uniforms<V, L>.Keys(stream, keys);
        V most = default;
        for (int t = 0; t < calls; t++)
        {
            Uniforms<V, L>.Next(stream, keys, (uint)(t * L.Width), 0, out V a, out V b, out V c, out V d);
            most = L.Or(most, L.Or(L.Or(a, b), L.Or(c, d)));
        }
        L.Store(most, sum);
        return sum[0];
    }
}
