using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Benchmarks;

/// <summary>The most that one core can do, measured.</summary>
internal static class Peak
{
    /// <summary>Multiply-adds a second of one core in the precision T, float or double: twelve independent chains of vector operations on registers.</summary>
    internal static double MultiplyAdds<T>(int repeats)
        where T : struct
    {
        const int Rounds = 20_000_000;
        return Rate(repeats, Rounds * 12.0 * Vector512<T>.Count, static () => Chains<T>(Rounds));
    }

    /// <summary>Items a second of work that does so many of them, by the least processor time of a call: other programs do not count.</summary>
    /// <remarks>The result of the work is looked at, so that none of it can be left out; NaN is an error.</remarks>
    internal static double Rate(int repeats, double count, Func<double> work)
    {
        double best = double.PositiveInfinity;
        for (int r = 0; r <= repeats; r++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            if (double.IsNaN(work())) throw new InvalidOperationException("NaN");
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }
        return count / best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Chains<T>(int rounds)
        where T : struct
    {
        Vector512<T> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        Vector512<T> i = default, j = default, k = default, l = default, x = All<T>(0.5), y = All<T>(0.25);
        for (int r = 0; r < rounds; r++)
        {
            a = MultiplyAdd(a, x, y);
            b = MultiplyAdd(b, x, y);
            c = MultiplyAdd(c, x, y);
            d = MultiplyAdd(d, x, y);
            e = MultiplyAdd(e, x, y);
            f = MultiplyAdd(f, x, y);
            g = MultiplyAdd(g, x, y);
            h = MultiplyAdd(h, x, y);
            i = MultiplyAdd(i, x, y);
            j = MultiplyAdd(j, x, y);
            k = MultiplyAdd(k, x, y);
            l = MultiplyAdd(l, x, y);
        }
        return Convert.ToDouble((object)Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Vector512<T> All<T>(double value)
        where T : struct => typeof(T) == typeof(float) ? Vector512.Create((float)value).As<float, T>() : Vector512.Create(value).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> x, Vector512<T> y)
        where T : struct => typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(a.As<T, float>(), x.As<T, float>(), y.As<T, float>()).As<float, T>()
            : Vector512.FusedMultiplyAdd(a.As<T, double>(), x.As<T, double>(), y.As<T, double>()).As<double, T>();
}
