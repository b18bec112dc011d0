using System.Collections.Concurrent;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Geometry.Atlas;

/// <summary>
/// The Coulomb energy Σ_{i&lt;j} 1/‖x_i − x_j‖ of unit vectors, and the least that was found for their number and dimension (the Thomson
/// problem).
/// </summary>
/// <remarks>
/// The optimum is found from seeded random starts by MathNet's limited-memory BFGS, on vectors that the objective normalises. For c ≤ 20 in
/// R³ it agrees with the known values (J. J. Thomson 1904; D. J. Wales and S. Ullah, Phys. Rev. B 74, 212101). It is an upper bound of the
/// true minimum. Results are kept by size.
/// </remarks>
internal static class ThomsonOptimum
{
    private const int Starts = 40;
    private static readonly ConcurrentDictionary<(int Dim, int Count), double> s_known = new();

    /// <summary>Σ_{i&lt;j} 1/‖x_i − x_j‖; +∞ where two coincide.</summary>
    public static double Energy(ReadOnlySpan<double> unit, int dim, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                sum += 1 / Math.Sqrt(2 * Math.Max(0, 1 - Vectors.Dot(unit.Slice(i * dim, dim), unit.Slice(j * dim, dim))));
        }
        return sum;
    }

    /// <summary>The least energy found.</summary>
    public static double Of(int dim, int count) => s_known.GetOrAdd((dim, count), static size => Search(size.Dim, size.Count));

    private static double Search(int dim, int count)
    {
        var random = new GaussianSource(1904, ((long)dim << 32) + count);
        double least = double.PositiveInfinity;
        for (int start = 0; start < Starts; start++)
        {
            double[] x = new double[dim * count];
            random.Normal(x);
            least = Math.Min(least, Descend(x, dim, count));
        }
        return least;
    }

    private static double Descend(double[] start, int dim, int count)
    {
        FormFit.NormaliseRows(start, dim);
        IObjectiveFunction objective = ObjectiveFunction.Gradient(y => Evaluate(y, dim, count));
        try
        {
            return new LimitedMemoryBfgsMinimizer(1e-7, 1e-12, 1e-14, 10, 2000)
                .FindMinimum(objective, Vector<double>.Build.DenseOfArray(start))
                .FunctionInfoAtMinimum.Value;
        }
        catch (OptimizationException)
        {
            // A line search that stops at the level of rounding; other starts succeed.
            return double.PositiveInfinity;
        }
    }

    private static (double Value, Vector<double> Gradient) Evaluate(Vector<double> y, int dim, int count)
    {
        double[] x = y.ToArray(),
            gradient = new double[x.Length],
            norms = new double[count];
        for (int i = 0; i < count; i++)
            norms[i] = Vectors.Norm(x.AsSpan(i * dim, dim));
        FormFit.NormaliseRows(x, dim);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double squared = Math.Max(1e-12, 2 - (2 * Vectors.Dot(x.AsSpan(i * dim, dim), x.AsSpan(j * dim, dim)))),
                    inverse = 1 / Math.Sqrt(squared),
                    force = inverse / squared;
                sum += inverse;
                Vectors.Axpy(force, x.AsSpan(j * dim, dim), gradient.AsSpan(i * dim, dim));
                Vectors.Axpy(force, x.AsSpan(i * dim, dim), gradient.AsSpan(j * dim, dim));
            }
        }
        for (int i = 0; i < count; i++)
        {
            Span<double> g = gradient.AsSpan(i * dim, dim);
            ReadOnlySpan<double> row = x.AsSpan(i * dim, dim);
            Vectors.Axpy(-Vectors.Dot(g, row), row, g);
            for (int k = 0; k < dim; k++)
                g[k] /= norms[i];
        }
        return (sum, Vector<double>.Build.DenseOfArray(gradient));
    }
}
