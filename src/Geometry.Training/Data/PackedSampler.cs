using System.Runtime.CompilerServices;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Data;

/// <summary>
/// Fills blocks of samples register by register. One uniform number u decides activity and value: the feature is active where u &lt; p, and
/// then u/p is uniform again.
/// </summary>
/// <remarks>
/// Memory layout: x[i·stride + s] is feature i of sample s of the block. Packed batches (see <see cref="SampleLaw"/>) have samples
/// conditioned on being not empty; unpacked ones have plain samples. Values are multiples of 2^-24/p in [0, 1]. Cost: that of the generator
/// (<see cref="Uniforms{V,L}"/>), and about 8 instructions per register.
/// </remarks>
internal sealed unsafe class PackedSampler<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    private const float Grain = 1.0f / (1 << 24);
    private readonly SampleUnit[] _units;

    // Per unit: 2^24·π, 2^24·p, 2^-24/π, 2^-24/p, the thresholds and scales before and after the first active unit.
    private readonly float[] _before,
        _after,
        _scaleBefore,
        _scaleAfter;
    private readonly AlignedBuffer _keys = new(Uniforms<V, L>.KeyFloats);

    internal PackedSampler(SampleLaw law, bool packed)
    {
        _units = [.. law.Units];
        Packed = packed;
        _before = [.. _units.Select(u => (float)((packed ? u.First : u.Probability) * (1 << 24)))];
        _after = [.. _units.Select(u => (float)(u.Probability * (1 << 24)))];
        _scaleBefore = [.. _units.Select(u => (float)(1 / (packed ? u.First : u.Probability)) * Grain)];
        _scaleAfter = [.. _units.Select(u => (float)(1 / u.Probability) * Grain)];
    }

    /// <summary>Whether samples are conditioned on being not empty.</summary>
    internal bool Packed { get; }

    /// <summary>Fills the tiles first … first + tiles − 1 of 64 samples.</summary>
    /// <remarks>
    /// x: n rows of <paramref name="stride"/> floats, 64-byte aligned.
    /// stride: Floats from one feature to the next, a multiple of 16, at least 64·tiles.
    /// </remarks>
    internal void Fill(RandomStream stream, int first, int tiles, float* x, int stride)
    {
        Uniforms<V, L>.Keys(stream, _keys.Pointer);
        for (int t = 0; t < tiles; t++)
        {
            for (int lane = 0; lane < LaneSums.Lanes; lane += L.Width)
                Fill(stream, (uint)((first + t) * LaneSums.Lanes + lane), x + t * RandomStream.Tile + lane, stride);
        }
    }

    /// <summary>Four registers of samples, 16 apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Fill(RandomStream stream, uint counter, float* x, nint stride)
    {
        float* keys = _keys.Pointer;
        V anyA = default,
            anyB = default,
            anyC = default,
            anyD = default;
        for (int u = 0; u < _units.Length; u++)
        {
            SampleUnit unit = _units[u];
            Uniforms<V, L>.Next(stream, keys, counter, (uint)unit.Slot, out V a, out V b, out V c, out V d);
            V after = L.All(_after[u]),
                scaleAfter = L.All(_scaleAfter[u]),
                activeA,
                activeB,
                activeC,
                activeD;
            if (Packed)
            {
                V before = L.All(_before[u]),
                    scaleBefore = L.All(_scaleBefore[u]);
                activeA = Active(ref a, ref anyA, before, after, scaleBefore, scaleAfter);
                activeB = Active(ref b, ref anyB, before, after, scaleBefore, scaleAfter);
                activeC = Active(ref c, ref anyC, before, after, scaleBefore, scaleAfter);
                activeD = Active(ref d, ref anyD, before, after, scaleBefore, scaleAfter);
            }
            else
            {
                activeA = Active(ref a, after, scaleAfter);
                activeB = Active(ref b, after, scaleAfter);
                activeC = Active(ref c, after, scaleAfter);
                activeD = Active(ref d, after, scaleAfter);
            }
            if (unit.Kind == UnitKind.Single)
                Store(x + unit.Features[0] * stride, a, b, c, d);
            else if (unit.Kind == UnitKind.Together)
                Together(stream, keys, counter, unit, activeA, activeB, activeC, activeD, x, stride);
            else
                OneOf(unit, a, b, c, d, x, stride);
        }
    }

    /// <summary>
    /// Turns u into the value, 0 in inactive lanes, given the earlier units of the sample; the result marks the active lanes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Active(ref V u, ref V any, V before, V after, V scaleBefore, V scaleAfter)
    {
        V threshold = L.Select(any, after, before),
            scale = L.Select(any, scaleAfter, scaleBefore),
            active = L.Less(u, threshold);
        any = L.Or(any, active);
        u = L.And(active, L.Multiply(u, scale));
        return active;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Active(ref V u, V threshold, V scale)
    {
        V active = L.Less(u, threshold);
        u = L.And(active, L.Multiply(u, scale));
        return active;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* row, V a, V b, V c, V d)
    {
        L.Store(a, row);
        L.Store(b, row + 16);
        L.Store(c, row + 32);
        L.Store(d, row + 48);
    }

    /// <summary>Gives every member of an active unit a random number of its own.</summary>
    private static void Together(RandomStream stream, float* keys, uint counter, SampleUnit unit, V a, V b, V c, V d, float* x, nint stride)
    {
        V grain = L.All(Grain);
        for (int j = 0; j < unit.Features.Length; j++)
        {
            Uniforms<V, L>.Next(stream, keys, counter, (uint)(unit.Slot + 1 + j), out V e, out V f, out V g, out V h);
            Store(
                x + unit.Features[j] * stride,
                L.And(a, L.Multiply(e, grain)),
                L.And(b, L.Multiply(f, grain)),
                L.And(c, L.Multiply(g, grain)),
                L.And(d, L.Multiply(h, grain))
            );
        }
    }

    /// <summary>
    /// A value v selects member ⌊kv⌋ of k and gives it the fraction of kv; the 0 of an inactive unit selects the first member and gives it
    /// 0.
    /// </summary>
    private static void OneOf(SampleUnit unit, V a, V b, V c, V d, float* x, nint stride)
    {
        int members = unit.Features.Length;
        for (int j = 0; j < members; j++)
            Store(
                x + unit.Features[j] * stride,
                Member(a, j, members),
                Member(b, j, members),
                Member(c, j, members),
                Member(d, j, members)
            );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Member(V value, int j, int members)
    {
        V spread = L.Multiply(value, L.All(members)),
            chosen = L.Min(L.Floor(spread), L.All(members - 1f));
        return L.And(L.Equal(chosen, L.All(j)), L.Subtract(spread, chosen));
    }
}
