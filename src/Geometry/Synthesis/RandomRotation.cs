using System.Numerics.Tensors;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Synthesis;

/// <summary>A random orthogonal map of R^m.</summary>
/// <remarks>
/// Up to <see cref="LargestUniform"/> dimensions it is uniform on O(m): Gram–Schmidt on Gaussian rows (Stewart 1980, doi:10.1137/0717034),
/// O(m³), and O(m²) per vector. With more dimensions that would take minutes. The map is then a walk of Kac's: in each of 4·⌈log₂ m⌉ rounds
/// all coordinates are paired at random and each pair is turned by a random angle, O(m log m) for all rounds, and per vector. A vector that
/// takes some m log m such turns is as good as uniform on the sphere (N. S. Pillai, A. Smith, Kac's walk on n-sphere mixes in n log n
/// steps, Ann. Appl. Probab. 27, 2017); all angles and norms are kept exactly.
/// </remarks>
internal sealed class RandomRotation
{
    /// <summary>Largest number of dimensions in which the map is uniform; drawing it takes seconds.</summary>
    public const int LargestUniform = 1024;

    private readonly int _m;
    private readonly double[] _rows = [];
    private readonly (int[] Order, (double Sine, double Cosine)[] Turns)[] _rounds = [];

    /// <summary>Draws the map.</summary>
    public RandomRotation(GaussianSource random, int m)
    {
        _m = m;
        if (m <= LargestUniform)
        {
            _rows = Orthonormal(random, m);
            return;
        }
        _rounds = new (int[], (double, double)[])[4 * (m > 1 ? System.Numerics.BitOperations.Log2((uint)m - 1) + 1 : 0)];
        for (int round = 0; round < _rounds.Length; round++)
        {
            int[] order = [.. Enumerable.Range(0, m)];
            random.Shuffle(order);
            var turns = new (double, double)[m / 2];
            for (int p = 0; p < turns.Length; p++)
                turns[p] = Elementary.SinCos(2 * Math.PI * random.Uniform());
            _rounds[round] = (order, turns);
        }
    }

    /// <summary>Writes the image of a vector.</summary>
    public void Apply(ReadOnlySpan<double> vector, Span<double> destination)
    {
        if (_rounds.Length == 0)
        {
            for (int k = 0; k < _m; k++)
                destination[k] = Vectors.Dot(_rows.AsSpan(k * _m, _m), vector);
            return;
        }
        vector.CopyTo(destination);
        foreach ((int[] order, (double Sine, double Cosine)[] turns) in _rounds)
        {
            for (int p = 0; p < turns.Length; p++)
            {
                ref double x = ref destination[order[2 * p]],
                    y = ref destination[order[(2 * p) + 1]];
                (double sine, double cosine) = turns[p];
                (x, y) = ((cosine * x) - (sine * y), (sine * x) + (cosine * y));
            }
        }
    }

    private static double[] Orthonormal(GaussianSource random, int m)
    {
        double[] q = new double[m * m];
        for (int i = 0; i < m; i++)
        {
            Span<double> row = q.AsSpan(i * m, m);
            double norm;
            do
            {
                random.Normal(row);
                for (int pass = 0; pass < 2; pass++)
                    Vectors.Orthogonalise(row, q, i);
                norm = Vectors.Norm(row);
            } while (norm < 1e-6);
            TensorPrimitives.Divide(row, norm, row);
        }
        return q;
    }
}
