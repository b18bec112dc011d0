using Geometry.Measures.Llc;
using Geometry.Training.Data;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Measures;

/// <summary>The loss of a network on a fixed sample of its data, times its outputs, with its gradient, by the trainer's kernels.</summary>
/// <remarks>
/// <para>
/// The factor, the number of outputs (features, or pairs), makes squares sums over outputs as in <see cref="DataLoss{TAct,V,L,P}"/>; the
/// weighted cross-entropy of a head has the same factor. Empty samples and batches are as there. Frozen layers are coordinates with
/// gradient 0.
/// </para>
/// <para>Points are float64, the kernels' arithmetic is float32 within blocks. 4·Σ inputs·outputs multiply-adds per sample and lane; n·K
/// floats of memory for K samples that are not empty.</para>
/// </remarks>
internal sealed unsafe class NetworkLoss<V, L, P> : IChainLoss
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
{
    private const int Tile = RandomStream.Tile,
        Lanes = IChainLoss.Lanes;
    private readonly ModelShape _model;
    private readonly NetworkPass<V, L, P> _pass;
    private readonly AlignedBuffer _theta,
        _gradient;
    private readonly AlignedBuffer[] _x;
    private readonly double[] _importance;
    private readonly double _outputs;
    private readonly int _samples,
        _occupied,
        _tiles;
    private readonly SampleTiles _filled;
    private readonly (int Start, int Length)[] _frozen;

    internal NetworkLoss(DataSample sample)
    {
        ModelShape model = _model = sample.Model;
        int n = model.Features;
        var layout = new Engine.ParameterLayout(model);
        (_samples, Length, _importance, _outputs) = (sample.Count, layout.Count, [.. sample.Importance], model.Pairs?.Pairs.Count ?? n);
        // The pass divides by 1; the factor of the batch is applied at the end.
        float[] coefficients = [.. _importance.Select(i => (float)(2 * i / n))];
        _pass = new NetworkPass<V, L, P>(model, coefficients, 1);
        (_theta, _gradient) = (new AlignedBuffer(layout.Length), new AlignedBuffer(layout.Length));
        _frozen = [.. Engine.NetworkLinks.Frozen(model)];
        SampleLaw? law = sample.Law is null ? null : new SampleLaw(sample.Law);
        var stream = new RandomStream((uint)sample.Seed, 0, 0, Purpose.Measures);
        bool packed = law is { Data.Active: null, Occupied: < 0.97 };
        _filled = SampleTiles.Of(sample, law, packed, stream);
        (_occupied, _tiles) = (_filled.Occupied, _filled.Tiles);
        _x = [.. Enumerable.Range(0, _tiles).Select(_ => new AlignedBuffer(n * Tile))];
        if (law is null)
        {
            for (int s = 0; s < _samples; s++)
            {
                for (int i = 0; i < n; i++)
                    _x[s / Tile].Span[(i * Tile) + (s % Tile)] = sample.Given[(s * n) + i];
            }
            return;
        }
        var sampler = new NetworkSampler<V, L>(law, packed);
        for (int t = 0; t < _tiles; t++)
            sampler.Fill(stream with { Step = 1 }, t, 1, _x[t].Pointer, Tile);
    }

    /// <inheritdoc/>
    public int Length { get; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, uint batch, Span<double> losses, Span<double> gradients)
    {
        (int first, int count) = _filled.Batch(batch);
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int i = 0; i < Length; i++)
                _theta.Pointer[i] = (float)points[(i * Lanes) + lane];
            _gradient.Span.Clear();
            int seen = 0;
            double loss = 0;
            for (int left = count, tile = first; left > 0; )
            {
                int now = Math.Min(left, Math.Min(_pass.Block / Tile, _tiles - tile)),
                    samples = Math.Min(now * Tile, _occupied - (tile * Tile));
                for (int t = 0; t < now; t++)
                    Copy(_x[tile + t], t);
                loss += Block(now, samples);
                seen += samples;
                (left, tile) = (left - now, tile + now == _tiles ? 0 : tile + now);
            }
            // The tiles represent all samples that are not empty.
            double scale = seen == 0 ? 0 : (double)_occupied / seen / _samples * _outputs,
                empty = (double)(_samples - _occupied) / _samples * _outputs;
            loss *= scale;
            for (int i = 0; i < Length; i++)
                gradients[(i * Lanes) + lane] = scale * _gradient.Pointer[i];
            if (empty > 0)
            {
                _gradient.Span.Clear();
                _pass.Inputs.Span.Clear();
                loss += empty * Block(1, 1);
                for (int i = 0; i < Length; i++)
                    gradients[(i * Lanes) + lane] += empty * _gradient.Pointer[i];
            }
            foreach ((int start, int length) in _frozen)
            {
                for (int i = start; i < start + length; i++)
                    gradients[(i * Lanes) + lane] = 0;
            }
            losses[lane] = loss;
        }
    }

    private void Copy(AlignedBuffer tile, int place)
    {
        for (int i = 0; i < _model.Features; i++)
            tile.Span.Slice(i * Tile, Tile).CopyTo(_pass.Inputs.Span[((i * _pass.Stride) + (place * Tile))..]);
    }

    /// <summary>The sum of the losses of the first samples; their gradient is added.</summary>
    private double Block(int tiles, int count)
    {
        _pass.Evaluate(_theta.Pointer, tiles);
        double loss = _pass.Pairs?.Loss(_pass.Residuals, count) ?? 0;
        if (_pass.Pairs is null && _model.Head is not { Alone: true })
        {
            for (int i = 0; i < _model.Features; i++)
            {
                double sum = 0;
                float* row = _pass.Residuals + ((nint)i * _pass.Stride);
                for (int s = 0; s < count; s++)
                    sum += (double)row[s] * row[s];
                loss += _importance[i] * sum / _model.Features;
            }
        }
        if (_pass.Classes?.Measure(_pass.Inputs.Pointer, tiles * Tile, count) is { } classes)
            loss += _model.Head!.Weight * classes.Entropy;
        _pass.AddGradient(_theta.Pointer, tiles, count, _gradient.Pointer);
        return loss;
    }
}
