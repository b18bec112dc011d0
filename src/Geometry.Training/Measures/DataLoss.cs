using System.Runtime.Intrinsics;
using Geometry.Measures.Llc;
using Geometry.Training.Data;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Streams;

namespace Geometry.Training.Measures;

/// <summary>
/// The loss of a model on a fixed sample of its data, (1/N) Σ_x Σ_i I_i (x_i − x'_i)², summed over features, with its gradient, by the
/// trainer's kernels.
/// </summary>
/// <remarks>
/// <para>
/// Of the N samples, the K ~ Binomial(N, q) that are not empty are stored; the others enter exactly. They fill tiles of 64; empty places of
/// the last tile count as empty samples. A batch is a range of neighbouring tiles, whose start follows from its number, and stands for all
/// tiles.
/// </para>
/// <para>
/// Parameters: encoder m×n row-major, decoder likewise if untied, bias if there is one. Points are float64, the kernels' arithmetic is
/// float32 within blocks and lanes: gradients are exact to about 1e-6, and so are differences of losses relative to the loss. 5nm
/// multiply-adds per sample and lane; n·K floats of memory.
/// </para>
/// </remarks>
internal sealed unsafe class DataLoss<TAct, V, L, P> : IChainLoss
    where TAct : struct, IActivation
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
{
    private const int Tile = RandomStream.Tile,
        Lanes = IChainLoss.Lanes;
    private readonly ModelShape _model;
    private readonly ParameterLayout _layout;
    private readonly int _samples,
        _tiles,
        _block,
        _stride;
    private readonly SampleTiles _filled;
    private readonly AlignedBuffer[] _x;
    private readonly AlignedBuffer _theta,
        _gradient,
        _g,
        _h,
        _e,
        _squares,
        _coefficients;
    private readonly double[] _sums,
        _importance;
    private readonly float _gamma;

    internal DataLoss(DataSample sample)
    {
        ModelShape model = sample.Model;
        int n = model.Features,
            m = model.Hidden;
        (_model, _layout, _samples, _gamma) = (model, new ParameterLayout(model), sample.Count, (float)model.Gamma);
        (_block, _stride) = (SampleBlocks.Size(n), SampleBlocks.Stride(n));
        SampleLaw? law = sample.Law is null ? null : new SampleLaw(sample.Law);
        var stream = new RandomStream((uint)sample.Seed, 0, 0, Purpose.Measures);
        bool packed = law?.Occupied < 0.97;
        _filled = SampleTiles.Of(sample, law, packed, stream);
        _tiles = _filled.Tiles;
        _x = [.. Enumerable.Range(0, ((_tiles * Tile) + _block - 1) / _block).Select(_ => new AlignedBuffer(n * _stride))];
        if (law is null)
            Copy(sample.Given);
        else
            Draw(new PackedSampler<V, L>(law, packed), stream with { Step = 1 }, _filled.Occupied);
        (_theta, _gradient) = (new AlignedBuffer(_layout.Length), new AlignedBuffer(_layout.Length));
        (_g, _h, _e) = (new AlignedBuffer(n * _stride), new AlignedBuffer(m * _stride), new AlignedBuffer(m * _stride));
        (_squares, _coefficients, _sums) = (new AlignedBuffer(n * LaneSums.Lanes), new AlignedBuffer(n), new double[n]);
        _importance = [.. sample.Importance];
    }

    /// <inheritdoc/>
    public int Length => _layout.Count;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, uint batch, Span<double> losses, Span<double> gradients)
    {
        (int first, int count) = _filled.Batch(batch);
        double scale = count == 0 ? 0 : (double)_tiles / count / _samples;
        for (int i = 0; i < _importance.Length; i++)
            _coefficients.Pointer[i] = (float)(2 * _importance[i] * scale);
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int i = 0; i < Length; i++)
                _theta.Pointer[i] = (float)points[(i * Lanes) + lane];
            _gradient.Span.Clear();
            Array.Clear(_sums);
            int tile = first;
            for (int left = count; left > 0; )
            {
                int within = tile * Tile % _block,
                    now = Math.Min(left, Math.Min((_block - within) / Tile, _tiles - tile));
                Block(_x[tile * Tile / _block].Pointer + within, now);
                (left, tile) = (left - now, tile + now == _tiles ? 0 : tile + now);
            }
            losses[lane] = Empty(scale);
            for (int i = 0; i < Length; i++)
                gradients[(i * Lanes) + lane] = _gradient.Pointer[i];
        }
    }

    private void Draw(PackedSampler<V, L> sampler, RandomStream stream, int occupied)
    {
        for (int b = 0; b < _x.Length; b++)
        {
            int first = b * _block / Tile,
                tiles = Math.Min(_block / Tile, _tiles - first);
            sampler.Fill(stream, first, tiles, _x[b].Pointer, _stride);
            // Places of the last tile that have no sample are empty samples.
            for (int s = Math.Max(0, occupied - (first * Tile)); s < tiles * Tile; s++)
            {
                for (int i = 0; i < _model.Features; i++)
                    _x[b].Span[(i * _stride) + s] = 0;
            }
        }
    }

    private void Copy(float[] samples)
    {
        for (int s = 0; s < _samples; s++)
        {
            for (int i = 0; i < _model.Features; i++)
                _x[s / _block].Span[(i * _stride) + (s % _block)] = samples[(s * _model.Features) + i];
        }
    }

    /// <summary>Adds the gradient and the squares of some tiles of one block.</summary>
    private void Block(float* x, int tiles)
    {
        int n = _model.Features,
            m = _model.Hidden,
            length = tiles * Tile;
        float* encoder = _theta.Pointer,
            decoder = encoder + _layout.Decoder,
            gradient = _gradient.Pointer,
            g = _g.Pointer,
            h = _h.Pointer,
            e = _e.Pointer;
        _squares.Span.Clear();
        Project<V, L, P>.Run(encoder, n, 1, m, n, x, _stride, length, new StoreEpilogue(h));
        Project<V, L, P>.Run(
            decoder,
            1,
            n,
            n,
            m,
            h,
            _stride,
            length,
            new LossEpilogue<TAct>(encoder + _layout.Bias, x, _coefficients.Pointer, g, _squares.Pointer, _gamma)
        );
        Project<V, L, P>.Run(decoder, n, 1, m, n, g, _stride, length, new StoreEpilogue(e));
        if (_layout.HasDecoder)
        {
            OuterProducts<V, L, P>.Add(e, x, null, null, m, n, _stride, length, gradient, n);
            OuterProducts<V, L, P>.Add(h, g, null, null, m, n, _stride, length, gradient + _layout.Decoder, n);
        }
        else
        {
            OuterProducts<V, L, P>.Add(h, g, e, x, m, n, _stride, length, gradient, n);
        }
        if (_layout.HasBias)
            RowSums.Add<V, L>(g, n, _stride, length, gradient + _layout.Bias);
        for (int i = 0; i < n; i++)
        {
            for (int l = 0; l < LaneSums.Lanes; l++)
                _sums[i] += _squares.Pointer[(i * LaneSums.Lanes) + l];
        }
    }

    /// <summary>Adds the empty samples, a negative number where the tiles have too many, and returns the loss.</summary>
    private double Empty(double scale)
    {
        double loss = 0,
            empty = 1 - ((double)_tiles * Tile / _samples);
        float* bias = _theta.Pointer + _layout.Bias;
        for (int i = 0; i < _importance.Length; i++)
        {
            Vector128<float> b = Vector128.Create(bias[i]);
            double value = TAct.Value<Vector128<float>, Lanes128>(b, _gamma).ToScalar();
            loss += _importance[i] * ((scale * _sums[i]) + (empty * value * value));
            if (_layout.HasBias)
                _gradient.Pointer[_layout.Bias + i] += (float)(
                    2
                    * _importance[i]
                    * empty
                    * TAct.Backward<Vector128<float>, Lanes128>(b, default, Vector128<float>.One, _gamma).ToScalar()
                );
        }
        return loss;
    }
}
