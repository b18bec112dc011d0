using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Streams;

namespace Geometry.Training.Data;

/// <summary>
/// Generates only the active entries of a batch. The batch is one long row of trials, sample after sample and unit after unit; with all units active with probability p
/// the gap to the next success is geometric, ⌊ln v / ln(1−p)⌋ for v uniform on (0, 1], so that the cost is that of the successes alone.
/// </summary>
/// <remarks>
/// Units of lower density than the largest are thinned: a success of unit u stands with probability p_u/p, decided by the number that also gives the value.
/// Gaps and values are made 64 at a time. Source: Devroye 1986, "Non-Uniform Random Variate Generation", section X.2 (waiting times). Cost: about 3 vector
/// instructions and a dozen scalar ones a success.
/// </remarks>
internal sealed class EntrySampler
{
    private readonly SampleUnit[] _units;
    private readonly int[] _single;
    private readonly float[] _keep, _scale;
    private readonly float _inverseLog;
    private readonly int[] _gaps = new int[RandomStream.Tile];
    private readonly float[] _values = new float[RandomStream.Tile];
    private RandomStream _stream;
    private uint _tile, _slot, _success;
    private int _used, _unit, _sample, _end;

    internal EntrySampler(SampleLaw law)
    {
        _units = [.. law.Units];
        double largest = _units.Max(u => u.Probability);
        _inverseLog = largest < 1 ? (float)(1 / double.LogP1(-largest)) : 0;
        _single = [.. _units.Select(u => u.Kind == UnitKind.Single ? u.Features[0] : -1)];
        _keep = [.. _units.Select(u => (float)(u.Probability / largest))];
        _scale = [.. _units.Select(u => (float)(largest / u.Probability))];
    }

    /// <summary>Goes to the first of the samples first … end − 1 of a batch, which form one chunk.</summary>
    internal void Begin(RandomStream stream, int chunk, int first, int end)
    {
        _stream = stream with { Purpose = Purpose.Entries };
        _slot = (uint)chunk * 2;
        (_tile, _success) = (0, 0);
        (_sample, _end, _unit) = (first, end, -1);
        _used = RandomStream.Tile;
        Advance();
    }

    /// <summary>Lists the next samples that are not empty, up to the block's capacity.</summary>
    /// <returns>False when the chunk is at its end and nothing was listed.</returns>
    internal bool Next(SparseBlock block)
    {
        block.Clear();
        int entries = 0;
        while (_sample < _end && block.Samples < block.Capacity)
        {
            int sample = _sample, before = entries;
            do
            {
                entries = Take(block, entries);
                Advance();
            }
            while (_sample == sample);
            if (entries > before) block.EndSample(entries);
        }
        return block.Samples > 0;
    }

    /// <summary>Moves to the next success.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance()
    {
        if (_used == RandomStream.Tile) Refill();
        // Gaps are at most 2^30, units fewer than that.
        _unit += _gaps[_used++] + 1;
        if (_unit < _units.Length) return;
        int samples = (int)((uint)_unit / (uint)_units.Length);
        _unit -= samples * _units.Length;
        _sample = Math.Min(_end, _sample + samples);
    }

    /// <summary>Lists the success at hand, unless it is thinned away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Take(SparseBlock block, int entries)
    {
        float u = _values[_used - 1];
        _success++;
        if (u >= _keep[_unit]) return entries;
        u *= _scale[_unit];
        int feature = _single[_unit];
        if (feature < 0) return TakeGroup(block, entries, u);
        if (entries == block.Feature.Length) block.Reserve(entries, 1);
        block.Feature[entries] = feature;
        block.Value[entries] = u;
        return entries + 1;
    }

    private int TakeGroup(SparseBlock block, int entries, float u)
    {
        SampleUnit unit = _units[_unit];
        block.Reserve(entries, unit.Features.Length);
        if (unit.Kind == UnitKind.OneOf)
        {
            float spread = u * unit.Features.Length;
            int member = Math.Min((int)spread, unit.Features.Length - 1);
            (block.Feature[entries], block.Value[entries]) = (unit.Features[member], spread - member);
            return entries + 1;
        }
        RandomStream stream = _stream with { Purpose = Purpose.Members };
        for (int j = 0; j < unit.Features.Length; j++)
        {
            // The place is the success's number in its chunk; members and chunks differ in the slot.
            (block.Feature[entries + j], block.Value[entries + j]) = (unit.Features[j], stream.Single(_success, _slot / 2 + (uint)j * RunProgram.MostChunks));
        }
        return entries + unit.Features.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refill()
    {
        _stream.Uniform64(_tile, _slot, out var a, out var b, out var c, out var d);
        Gaps(a, 0);
        Gaps(b, 16);
        Gaps(c, 32);
        Gaps(d, 48);
        _stream.Uniform64(_tile, _slot + 1, out a, out b, out c, out d);
        Vector512<float> grain = Vector512.Create(1f / (1 << 24));
        (a * grain).CopyTo(_values, 0);
        (b * grain).CopyTo(_values, 16);
        (c * grain).CopyTo(_values, 32);
        (d * grain).CopyTo(_values, 48);
        _tile++;
        _used = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Gaps(Vector512<float> u, int at)
    {
        Vector512<float> v = (u + Vector512<float>.One) * Vector512.Create(1f / (1 << 24));
        Vector512<float> gap = Vector512.Min(Vector512.Floor(Logarithm.Of(v) * Vector512.Create(_inverseLog)), Vector512.Create((float)(1 << 30)));
        Vector512.ConvertToInt32Native(gap).CopyTo(_gaps, at);
    }
}
