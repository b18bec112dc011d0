using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Training.Streams;

namespace Geometry.Training.Data;

/// <summary>
/// Fills blocks of samples, sixteen at a time. One uniform number u decides activity and value: u &lt; p means active, and then u/p is uniform again.
/// </summary>
/// <remarks>
/// Memory layout: x[i·stride + s] is feature i of sample s of the block. Packed batches (see <see cref="SampleLaw"/>) hold samples given that they
/// are not empty; unpacked ones hold plain samples. Values are multiples of 2^-24/p in [0, 1]. Cost: 21 vector instructions of generator
/// and about 8 of shaping for 16 numbers.
/// </remarks>
internal sealed unsafe class PackedSampler
{
    private const float Grain = 1.0f / (1 << 24);
    private readonly SampleUnit[] _units;

    // For each unit: 2^24·π, 2^24·p, 2^-24/π, 2^-24/p, the thresholds and scales before and after the first active unit.
    private readonly float[] _before, _after, _scaleBefore, _scaleAfter;

    internal PackedSampler(SampleLaw law, bool packed)
    {
        _units = [.. law.Units];
        Packed = packed;
        _before = [.. _units.Select(u => (float)((packed ? u.First : u.Probability) * (1 << 24)))];
        _after = [.. _units.Select(u => (float)(u.Probability * (1 << 24)))];
        _scaleBefore = [.. _units.Select(u => (float)(1 / (packed ? u.First : u.Probability)) * Grain)];
        _scaleAfter = [.. _units.Select(u => (float)(1 / u.Probability) * Grain)];
    }

    /// <summary>True when samples are drawn given that they are not empty.</summary>
    internal bool Packed { get; }

    /// <summary>Fills the tiles first … first + tiles − 1 of 64 samples.</summary>
    /// <remarks>
    /// x: n rows of <paramref name="stride"/> floats, 64-byte aligned.
    /// stride: Floats from one feature to the next, a multiple of 64, at least 64·tiles.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Fill(RandomStream stream, int first, int tiles, float* x, int stride)
    {
        for (int t = 0; t < tiles; t++)
        {
            float* column = x + t * RandomStream.Tile;
            uint tile = (uint)(first + t);
            Vector512<float> anyA = default, anyB = default, anyC = default, anyD = default;
            for (int u = 0; u < _units.Length; u++)
            {
                SampleUnit unit = _units[u];
                stream.Uniform64(tile, (uint)unit.Slot, out var a, out var b, out var c, out var d);
                if (Packed)
                {
                    a = Conditional(a, u, ref anyA);
                    b = Conditional(b, u, ref anyB);
                    c = Conditional(c, u, ref anyC);
                    d = Conditional(d, u, ref anyD);
                }
                else
                {
                    a = Plain(a, u);
                    b = Plain(b, u);
                    c = Plain(c, u);
                    d = Plain(d, u);
                }
                if (unit.Kind == UnitKind.Single) Store(column + (nint)unit.Features[0] * stride, Zeroed(a), Zeroed(b), Zeroed(c), Zeroed(d));
                else if (unit.Kind == UnitKind.Together) Together(stream, tile, unit, a, b, c, d, column, stride);
                else OneOf(unit, a, b, c, d, column, stride);
            }
        }
    }

    /// <summary>The value in [0, 1] of an active lane, −1 of an idle one, given what happened before in the sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Conditional(Vector512<float> u, int unit, ref Vector512<float> any)
    {
        Vector512<float> threshold = Vector512.ConditionalSelect(any, Vector512.Create(_after[unit]), Vector512.Create(_before[unit]));
        Vector512<float> scale = Vector512.ConditionalSelect(any, Vector512.Create(_scaleAfter[unit]), Vector512.Create(_scaleBefore[unit]));
        Vector512<float> active = Vector512.LessThan(u, threshold);
        any |= active;
        return Vector512.ConditionalSelect(active, u * scale, Vector512.Create(-1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Plain(Vector512<float> u, int unit) => Vector512.ConditionalSelect(
        Vector512.LessThan(u, Vector512.Create(_after[unit])), u * Vector512.Create(_scaleAfter[unit]), Vector512.Create(-1f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Zeroed(Vector512<float> value) => Vector512.Max(value, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* row, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        a.Store(row);
        b.Store(row + 16);
        c.Store(row + 32);
        d.Store(row + 48);
    }

    private static void Together(
        RandomStream stream, uint tile, SampleUnit unit,
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* column, int stride)
    {
        Vector512<float> zero = default, grain = Vector512.Create(Grain);
        for (int j = 0; j < unit.Features.Length; j++)
        {
            stream.Uniform64(tile, (uint)(unit.Slot + 1 + j), out var e, out var f, out var g, out var h);
            Store(
                column + (nint)unit.Features[j] * stride,
                Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(a, zero), e * grain, zero),
                Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(b, zero), f * grain, zero),
                Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(c, zero), g * grain, zero),
                Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(d, zero), h * grain, zero));
        }
    }

    /// <summary>A value v chooses member ⌊kv⌋ of k and gives it the fraction of kv.</summary>
    private static void OneOf(
        SampleUnit unit, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* column, int stride)
    {
        int members = unit.Features.Length;
        for (int j = 0; j < members; j++)
        {
            Store(
                column + (nint)unit.Features[j] * stride,
                Member(a, j, members), Member(b, j, members), Member(c, j, members), Member(d, j, members));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Member(Vector512<float> value, int j, int members)
    {
        Vector512<float> spread = value * Vector512.Create((float)members);
        Vector512<float> chosen = Vector512.Min(Vector512.Floor(spread), Vector512.Create(members - 1f));
        return Vector512.ConditionalSelect(Vector512.Equals(chosen, Vector512.Create((float)j)), spread - chosen, default);
    }
}
