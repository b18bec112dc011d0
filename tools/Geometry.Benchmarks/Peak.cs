using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Benchmarks;

/// <summary>The most that one core can do, measured.</summary>
/// <remarks>
/// Held steady by four things. The chains use the widest register of the processor and are as many as its registers hold: registers that
/// are not there become loads and stores, which once made a figure between a quarter and all of the peak. A call lasts about a millisecond,
/// so that the least of many falls between the interruptions by other programs. It is the wall clock that is read, since processor time is
/// counted in ticks of several milliseconds. And calls go on until the least has not improved by half a per cent for a quarter of a second.
/// Two cores that share one set of units (hyperthreads) halve each other, and nothing here can tell: read the figure on an idle machine.
/// </remarks>
internal static class Peak
{
    private const int Rounds = 100_000;

    /// <summary>
    /// Multiply-adds a second of one core in the precision T, float or double: twelve independent chains of vector operations on registers.
    /// </summary>
    internal static double MultiplyAdds<T>()
        where T : unmanaged, INumber<T> =>
        Vector512.IsHardwareAccelerated ? Rate(Rounds * 12.0 * Vector512<T>.Count, static () => Chains<Vector512<T>, Of512<T>>(Rounds))
        : Vector256.IsHardwareAccelerated ? Rate(Rounds * 12.0 * Vector256<T>.Count, static () => Chains<Vector256<T>, Of256<T>>(Rounds))
        : Rate(Rounds * 12.0 * Vector128<T>.Count, static () => Chains<Vector128<T>, Of128<T>>(Rounds));

    /// <summary>Items a second of work that does so many of them in about a millisecond: by the least time of a call.</summary>
    /// <remarks>The result of the work is looked at, so that none of it can be left out; NaN is an error.</remarks>
    internal static double Rate(double count, Func<double> work)
    {
        double best = double.PositiveInfinity;
        long improved = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(improved).TotalSeconds < 0.25)
        {
            long start = Stopwatch.GetTimestamp();
            if (double.IsNaN(work()))
                throw new InvalidOperationException("NaN");
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (seconds < 0.995 * best)
                improved = Stopwatch.GetTimestamp();
            best = Math.Min(best, seconds);
        }
        return count / best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Chains<V, W>(int rounds)
        where V : struct
        where W : struct, IChain<V>
    {
        V a = default,
            b = default,
            c = default,
            d = default,
            e = default,
            f = default,
            g = default,
            h = default;
        V i = default,
            j = default,
            k = default,
            l = default,
            x = W.All(0.5),
            y = W.All(0.25);
        for (int r = 0; r < rounds; r++)
        {
            a = W.MultiplyAdd(a, x, y);
            b = W.MultiplyAdd(b, x, y);
            c = W.MultiplyAdd(c, x, y);
            d = W.MultiplyAdd(d, x, y);
            e = W.MultiplyAdd(e, x, y);
            f = W.MultiplyAdd(f, x, y);
            g = W.MultiplyAdd(g, x, y);
            h = W.MultiplyAdd(h, x, y);
            i = W.MultiplyAdd(i, x, y);
            j = W.MultiplyAdd(j, x, y);
            k = W.MultiplyAdd(k, x, y);
            l = W.MultiplyAdd(l, x, y);
        }
        return W.First(a)
            + W.First(b)
            + W.First(c)
            + W.First(d)
            + W.First(e)
            + W.First(f)
            + W.First(g)
            + W.First(h)
            + W.First(i)
            + W.First(j)
            + W.First(k)
            + W.First(l);
    }

    private interface IChain<V>
    {
        static abstract V All(double value);

        static abstract V MultiplyAdd(V a, V x, V y);

        static abstract double First(V a);
    }

    private readonly struct Of512<T> : IChain<Vector512<T>>
        where T : unmanaged, INumber<T>
    {
        public static Vector512<T> All(double value) => Vector512.Create(T.CreateChecked(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> MultiplyAdd(Vector512<T> a, Vector512<T> x, Vector512<T> y) =>
            typeof(T) == typeof(float)
                ? Vector512.FusedMultiplyAdd(a.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
                : Vector512.FusedMultiplyAdd(a.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        public static double First(Vector512<T> a) => double.CreateChecked(a[0]);
    }

    private readonly struct Of256<T> : IChain<Vector256<T>>
        where T : unmanaged, INumber<T>
    {
        public static Vector256<T> All(double value) => Vector256.Create(T.CreateChecked(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> x, Vector256<T> y) =>
            typeof(T) == typeof(float)
                ? Vector256.FusedMultiplyAdd(a.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
                : Vector256.FusedMultiplyAdd(a.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        public static double First(Vector256<T> a) => double.CreateChecked(a[0]);
    }

    private readonly struct Of128<T> : IChain<Vector128<T>>
        where T : unmanaged, INumber<T>
    {
        public static Vector128<T> All(double value) => Vector128.Create(T.CreateChecked(value));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<T> MultiplyAdd(Vector128<T> a, Vector128<T> x, Vector128<T> y) =>
            typeof(T) == typeof(float)
                ? Vector128.FusedMultiplyAdd(a.AsSingle(), x.AsSingle(), y.AsSingle()).As<float, T>()
                : Vector128.FusedMultiplyAdd(a.AsDouble(), x.AsDouble(), y.AsDouble()).As<double, T>();

        public static double First(Vector128<T> a) => double.CreateChecked(a[0]);
    }
}
