using System.Numerics.Tensors;

namespace Geometry.Planted;

/// <summary>h ≈ Σ_j f_j d_j + b, f = ReLU(E(h − b) + e), unit d_j: squared error plus a penalty on Σ f, by Adam.</summary>
/// <remarks>
/// Source: Bricken et al. 2023, transformer-circuits.pub/2023/monosemantic-features. Only active features cost more than their activation.
/// Gradients are summed over eight fixed parts of a batch, so that the result does not depend on the threads. Complexity of a step:
/// batch·size·m multiply-adds.
/// </remarks>
internal sealed class SparseAutoencoder
{
    private const int Parts = 8,
        PartSize = 64;

    private readonly int _m,
        _size;
    private readonly float[] _theta,
        _first,
        _second;
    private int _step;

    public SparseAutoencoder(int m, int size, Random random)
    {
        (_m, _size) = (m, size);
        int length = (2 * size * m) + size + m;
        (_theta, _first, _second) = (new float[length], new float[length], new float[length]);
        for (int i = 0; i < size * m; i++)
            Decoder(_theta)[i] = (float)Normals.Next(random);
        Normalise();
        Decoder(_theta).CopyTo(Encoder(_theta));
    }

    /// <summary>The directions d_j, size×m.</summary>
    public ReadOnlySpan<float> Directions => Decoder(_theta);

    /// <summary>One step on a fresh batch.</summary>
    /// <param name="draw">Draws the activations of one input, given the number of it.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="penalty">Of Σ f.</param>
    public void Step(Action<Random, Span<float>> draw, double rate, double penalty)
    {
        float[][] gradients = new float[Parts][];
        int step = _step++;
        Parallel.For(0, Parts, part =>
        {
            float[] gradient = gradients[part] = new float[_theta.Length],
                h = new float[_m],
                residual = new float[_m];
            var random = new Random(HashCode(step, part));
            for (int sample = 0; sample < PartSize; sample++)
            {
                draw(random, h);
                List<(int Feature, float Value)> active = Forward(h, residual);
                Backward(h, residual, active, (float)penalty, gradient);
            }
        });
        for (int part = 1; part < Parts; part++)
            TensorPrimitives.Add(gradients[0], gradients[part], gradients[0]);
        Adam(gradients[0], rate);
        Normalise();
    }

    /// <summary>Of fresh inputs: squared error, squared norm, active features an input, and how often each feature was active.</summary>
    public (double Error, double Square, double Active, int[] Firing) Measure(Action<Random, Span<float>> draw, int inputs)
    {
        float[] h = new float[_m],
            residual = new float[_m];
        int[] firing = new int[_size];
        var random = new Random(HashCode(-1, 0));
        (double error, double square, double count) = (0, 0, 0);
        for (int i = 0; i < inputs; i++)
        {
            draw(random, h);
            foreach ((int feature, _) in Forward(h, residual))
            {
                firing[feature]++;
                count++;
            }
            error += TensorPrimitives.SumOfSquares<float>(residual);
            square += TensorPrimitives.SumOfSquares<float>(h);
        }
        return (error, square, count / inputs, firing);
    }

    private static int HashCode(int step, int part) => (step * 7919) + (part * 104_729) + 17;

    private Span<float> Encoder(float[] x) => x.AsSpan(0, _size * _m);

    private Span<float> Decoder(float[] x) => x.AsSpan(_size * _m, _size * _m);

    private Span<float> EncoderBias(float[] x) => x.AsSpan(2 * _size * _m, _size);

    private Span<float> DecoderBias(float[] x) => x.AsSpan((2 * _size * _m) + _size, _m);

    /// <summary>h − b in place of h, the residual ĥ − h, and the active features.</summary>
    private List<(int Feature, float Value)> Forward(Span<float> h, Span<float> residual)
    {
        TensorPrimitives.Subtract(h, DecoderBias(_theta), h);
        TensorPrimitives.Negate(h, residual);
        var active = new List<(int, float)>();
        for (int j = 0; j < _size; j++)
        {
            float f = TensorPrimitives.Dot(Encoder(_theta).Slice(j * _m, _m), h) + EncoderBias(_theta)[j];
            if (!(f > 0))
                continue;
            active.Add((j, f));
            TensorPrimitives.MultiplyAdd(Decoder(_theta).Slice(j * _m, _m), f, residual, residual);
        }
        return active;
    }

    private void Backward(
        ReadOnlySpan<float> h,
        ReadOnlySpan<float> residual,
        List<(int Feature, float Value)> active,
        float penalty,
        float[] gradient
    )
    {
        TensorPrimitives.MultiplyAdd(residual, 2, DecoderBias(gradient), DecoderBias(gradient));
        foreach ((int j, float f) in active)
        {
            Span<float> d = Decoder(gradient).Slice(j * _m, _m),
                e = Encoder(gradient).Slice(j * _m, _m);
            TensorPrimitives.MultiplyAdd(residual, 2 * f, d, d);
            float back = (2 * TensorPrimitives.Dot(Decoder(_theta).Slice(j * _m, _m), residual)) + penalty;
            TensorPrimitives.MultiplyAdd(h, back, e, e);
            EncoderBias(gradient)[j] += back;
            TensorPrimitives.MultiplyAdd(Encoder(_theta).Slice(j * _m, _m), -back, DecoderBias(gradient), DecoderBias(gradient));
        }
    }

    private void Adam(float[] gradient, double rate)
    {
        const float keepFirst = 0.9f,
            keepSecond = 0.999f;
        double first = 1 - Math.Pow(keepFirst, _step),
            second = 1 - Math.Pow(keepSecond, _step);
        for (int i = 0; i < _theta.Length; i++)
        {
            float g = gradient[i] / (Parts * PartSize);
            _first[i] = (keepFirst * _first[i]) + ((1 - keepFirst) * g);
            _second[i] = (keepSecond * _second[i]) + ((1 - keepSecond) * g * g);
            _theta[i] -= (float)(rate * (_first[i] / first) / (Math.Sqrt(_second[i] / second) + 1e-8));
        }
    }

    private void Normalise()
    {
        for (int j = 0; j < _size; j++)
        {
            Span<float> d = Decoder(_theta).Slice(j * _m, _m);
            TensorPrimitives.Divide(d, Math.Max(TensorPrimitives.Norm<float>(d), 1e-8f), d);
        }
    }
}
