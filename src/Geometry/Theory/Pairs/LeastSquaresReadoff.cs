using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Theory.Pairs;

/// <summary>The affine function of the neurons with the least squared error on random inputs, with the four cases in equal parts.</summary>
/// <remarks>
/// The normal equations are solved in double precision by Cholesky, with a ridge of 1e-9 of the mean square activity, which selects the
/// shortest solution where there are more neurons than different inputs. Cost: samples·d²/2 multiply-adds and d³/3; memory 8d² bytes.
/// Squared errors on new inputs exceed those of the best function by a share of about d/samples.
/// </remarks>
internal sealed class LeastSquaresReadoff : IPairReadoff
{
    /// <summary>Number of inputs per neuron.</summary>
    public const int SamplesPerNeuron = 4;

    /// <summary>Largest number of neurons: 32 MiB of normal equations, and seconds per pair.</summary>
    public const int MostNeurons = 2048;

    private const double Ridge = 1e-9;
    private const int Block = 8;
    private readonly double[] _coefficients;
    private readonly double _constant;

    private LeastSquaresReadoff(double[] coefficients, double constant) => (_coefficients, _constant) = (coefficients, constant);

    /// <summary>Fits a readoff.</summary>
    public static LeastSquaresReadoff Fit(
        NeuronLayer layer,
        PairTask task,
        (int First, int Second) pair,
        PairInputs inputs,
        long name,
        CancellationToken cancellation
    )
    {
        // Row-major, with the last row and column for the constant.
        int d = layer.Neurons,
            size = d + 1,
            stride = (size + 7) & ~7,
            samples = SamplesPerNeuron * size / (Block / 2) * (Block / 2);
        double[] gram = new double[stride * size],
            right = new double[size],
            rows = new double[Block * stride];
        float[] activity = new float[layer.Stride];
        const uint Training = 0x46495420;
        for (int first = 0; first < samples; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int s = 0; s < Block; s++)
            {
                int c = s % PairTasks.Cases;
                layer.Activate(inputs.Draw(pair, c, (name << 32) + first + s, Training), activity);
                Span<double> row = rows.AsSpan(s * stride, size);
                for (int k = 0; k < d; k++)
                    row[k] = activity[k];
                row[d] = 1;
                double truth = PairTasks.Truth(task, PairTasks.Ones(c));
                if (truth != 0)
                {
                    for (int k = 0; k < size; k++)
                        right[k] += truth * row[k];
                }
            }
            AddSquares(rows, stride, size, gram);
        }
        Matrix<double> matrix = Matrix<double>.Build.Dense(size, size, (i, j) => gram[(Math.Min(i, j) * stride) + Math.Max(i, j)]);
        double ridge = Ridge * matrix.Trace() / size;
        for (int k = 0; k < size; k++)
            matrix[k, k] += ridge;
        double[] solution = matrix.Cholesky().Solve(Vector<double>.Build.Dense(right)).ToArray();
        return new LeastSquaresReadoff(solution[..d], solution[d]);
    }

    /// <inheritdoc/>
    public double Read(ReadOnlySpan<float> activity, int ones)
    {
        double sum = _constant;
        for (int k = 0; k < _coefficients.Length; k++)
            sum += _coefficients[k] * activity[k];
        return sum;
    }

    /// <summary>gram_ij += Σ_s row_si row_sj for j ≥ i, with eight rows per pass.</summary>
    private static void AddSquares(double[] rows, int stride, int size, double[] gram)
    {
        ref double from = ref MemoryMarshal.GetArrayDataReference(rows);
        ref double to = ref MemoryMarshal.GetArrayDataReference(gram);
        nuint step = (nuint)stride;
        for (int i = 0; i < size; i++)
        {
            nuint at = (nuint)i * step;
            Vector512<double> a = Factor(0),
                b = Factor(1),
                c = Factor(2),
                d = Factor(3),
                e = Factor(4),
                f = Factor(5),
                g = Factor(6),
                h = Factor(7);
            for (nuint j = (nuint)(i & ~7); j < step; j += 8)
            {
                Vector512<double> sum = (a * Row(0, j)) + (b * Row(1, j)) + ((c * Row(2, j)) + (d * Row(3, j)));
                sum += (e * Row(4, j)) + (f * Row(5, j)) + ((g * Row(6, j)) + (h * Row(7, j)));
                (Vector512.LoadUnsafe(ref to, at + j) + sum).StoreUnsafe(ref to, at + j);
            }

            Vector512<double> Factor(int s) => Vector512.Create(rows[(s * stride) + i]);
        }

        Vector512<double> Row(nuint s, nuint j) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(rows), (s * step) + j);
    }
}
