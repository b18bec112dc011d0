using System.Runtime.CompilerServices;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Data;

/// <summary>
/// Generates only the active entries of a batch. The batch is one long row of trials, sample after sample and unit after unit. With all
/// units active with probability p, the gap to the next success is geometric, ⌊ln v / ln(1−p)⌋ for v uniform on (0, 1], so only successes
/// cost time.
/// </summary>
/// <remarks>
/// Units of lower density than the largest are thinned: a success of unit u is kept with probability p_u/p, decided by the number that also
/// gives the value. Gaps and values are made 64 at a time. Source: Devroye 1986, "Non-Uniform Random Variate Generation", section X.2
/// (waiting times). Cost: about 3 vector instructions and a dozen scalar ones per success.
/// </remarks>
internal sealed unsafe class EntrySampler<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    private readonly SampleUnit[] _units;
    private readonly int[] _single;
    private readonly float[] _keep,
        _scale;
    private readonly float _inverseLog;
    private readonly int[] _gaps = new int[RandomStream.Tile];
    private readonly float[] _values = new float[RandomStream.Tile];
    private readonly AlignedBuffer _keys = new(Uniforms<V, L>.KeyFloats);
    private readonly ulong _reciprocal;
    private readonly bool _plain;
    private RandomStream _stream;
    private uint _tile,
        _slot;

    // The current trial, counted from the first unit of sample _base; the number of samples of the chunk; the last listed sample, and its
    // entries that are held back.
    private ulong _trial;
    private long _base,
        _count,
        _last;
    private int _entries,
        _held;
    private bool _done;

    internal EntrySampler(SampleLaw law)
    {
        _units = [.. law.Units];
        double largest = _units.Max(u => u.Probability);
        _inverseLog = largest < 1 ? (float)(1 / Elementary.LogP1(-largest)) : 0;
        _single = [.. _units.Select(u => u.Kind == UnitKind.Single ? u.Features[0] : -1)];
        _keep = [.. _units.Select(u => (float)(u.Probability / largest))];
        _scale = [.. _units.Select(u => (float)(largest / u.Probability))];
        _plain = _units.All(u => u.Kind == UnitKind.Single && u.Probability == largest);
        // ⌊trial/U⌋ is the high half of trial·(⌊2^64/U⌋ + 1), exactly so for trial < 2^64/U; for one unit it is the trial itself.
        _reciprocal = _units.Length == 1 ? 0 : ulong.MaxValue / (ulong)_units.Length + 1;
    }

    /// <summary>Goes to the start of a chunk with a number of samples.</summary>
    internal void Begin(RandomStream stream, int chunk, int samples)
    {
        _stream = stream with { Purpose = Purpose.Entries };
        Uniforms<V, L>.Keys(_stream, _keys.Pointer);
        _slot = (uint)chunk * 2;
        _tile = 0;
        // The first gap is counted from the trial before the first.
        _trial = ulong.MaxValue;
        (_base, _count, _last) = (0, samples, -1);
        (_entries, _held) = (0, 0);
        _done = false;
    }

    /// <summary>
    /// Lists the next samples that are not empty, up to the block's capacity. A chunk must always be listed into the same block.
    /// </summary>
    /// <returns>False when the chunk has ended and nothing was listed.</returns>
    internal bool Next(SparseBlock block)
    {
        int held = _entries - _held,
            current = held > 0 ? 0 : -1;
        Array.Copy(block.Feature, _held, block.Feature, 0, held);
        Array.Copy(block.Value, _held, block.Value, 0, held);
        block.Starts[0] = 0;
        block.Starts[current + 1] = held;
        _entries = held;
        while (!_done && current + 1 + RandomStream.Tile < block.Capacity)
        {
            Refill();
            current = _plain ? Plain(block, current) : General(block, current);
        }
        if (!_done)
        {
            // The last sample may continue in the next tile.
            _held = current < 0 ? _entries : block.Starts[current];
            block.Finish(Math.Max(current, 0));
            return true;
        }
        _held = _entries;
        block.Finish(current + 1);
        return current >= 0;
    }

    /// <summary>Lists a tile of successes of single features with one density, without branches on random numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int Plain(SparseBlock block, int current)
    {
        block.Reserve(_entries, RandomStream.Tile);
        int[] features = block.Feature,
            starts = block.Starts,
            single = _single,
            gaps = _gaps;
        float[] values = block.Value;
        ulong trial = _trial,
            units = (ulong)single.Length,
            reciprocal = _reciprocal,
            sample = 0;
        long remaining = _count - _base,
            last = _last - _base;
        int entries = _entries;
        for (int t = 0; t < gaps.Length; t++)
        {
            trial += (ulong)gaps[t] + 1;
            sample = reciprocal == 0 ? trial : Math.BigMul(trial, reciprocal, out _);
            if ((long)sample >= remaining)
            {
                _done = true;
                break;
            }
            current += (long)sample != last ? 1 : 0;
            last = (long)sample;
            features[entries] = single[(int)(trial - sample * units)];
            values[entries++] = _values[t];
            starts[current + 1] = entries;
        }
        _entries = entries;
        Rebase(trial, sample, last);
        return current;
    }

    /// <summary>Lists a tile of successes with thinning and groups.</summary>
    private int General(SparseBlock block, int current)
    {
        long remaining = _count - _base,
            last = _last - _base;
        ulong trial = _trial,
            sample = 0;
        for (int t = 0; t < _gaps.Length; t++)
        {
            trial += (ulong)_gaps[t] + 1;
            sample = _reciprocal == 0 ? trial : Math.BigMul(trial, _reciprocal, out _);
            if ((long)sample >= remaining)
            {
                _done = true;
                break;
            }
            int unit = (int)(trial - sample * (ulong)_units.Length);
            if (_values[t] >= _keep[unit])
                continue;
            current += (long)sample != last ? 1 : 0;
            last = (long)sample;
            Take(block, _units[unit], _values[t] * _scale[unit], (_tile - 1) * RandomStream.Tile + (uint)t);
            block.Starts[current + 1] = _entries;
        }
        Rebase(trial, sample, last);
        return current;
    }

    /// <summary>Counts trials and samples from the current sample on, so that the numbers stay small.</summary>
    private void Rebase(ulong trial, ulong sample, long last)
    {
        _last = _base + last;
        _trial = trial - sample * (ulong)_units.Length;
        _base += (long)sample;
    }

    private void Take(SparseBlock block, SampleUnit unit, float u, uint success)
    {
        int[] features = unit.Features;
        block.Reserve(_entries, features.Length);
        if (unit.Kind == UnitKind.Together)
        {
            // The counter is the index of the success in its chunk; members and chunks differ in the slot.
            RandomStream stream = _stream with { Purpose = Purpose.Members };
            for (int j = 0; j < features.Length; j++)
            {
                block.Feature[_entries] = features[j];
                block.Value[_entries++] = stream.Single(success, _slot / 2 + (uint)j * RunProgram.MostChunks);
            }
            return;
        }
        float spread = u * features.Length;
        int member = Math.Min((int)spread, features.Length - 1);
        block.Feature[_entries] = features[member];
        block.Value[_entries++] = spread - member;
    }

    /// <summary>Makes the gaps and values of the next tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Refill()
    {
        fixed (int* gaps = _gaps)
        fixed (float* values = _values)
        {
            for (int lane = 0; lane < LaneSums.Lanes; lane += L.Width)
            {
                uint counter = _tile * LaneSums.Lanes + (uint)lane;
                float* gap = (float*)gaps + lane,
                    value = values + lane;
                Uniforms<V, L>.Next(_stream, _keys.Pointer, counter, _slot, out V a, out V b, out V c, out V d);
                V inverse = L.All(_inverseLog),
                    grain = L.All(1f / (1 << 24));
                L.Store(Gap(a, inverse), gap);
                L.Store(Gap(b, inverse), gap + 16);
                L.Store(Gap(c, inverse), gap + 32);
                L.Store(Gap(d, inverse), gap + 48);
                Uniforms<V, L>.Next(_stream, _keys.Pointer, counter, _slot + 1, out a, out b, out c, out d);
                L.Store(L.Multiply(a, grain), value);
                L.Store(L.Multiply(b, grain), value + 16);
                L.Store(L.Multiply(c, grain), value + 32);
                L.Store(L.Multiply(d, grain), value + 48);
            }
        }
        _tile++;
    }

    /// <summary>The integer ⌊ln v / ln(1−p)⌋, as bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Gap(V u, V inverse)
    {
        V v = L.Multiply(L.Add(u, L.All(1)), L.All(1f / (1 << 24)));
        return L.ToInteger(L.Min(L.Floor(L.Multiply(Logarithm.Of<V, L>(v), inverse)), L.All(1 << 30)));
    }
}
