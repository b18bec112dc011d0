using Geometry.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Atlas;

/// <summary>How many parameters a configuration has left when its symmetries are kept.</summary>
/// <remarks>
/// The directions may move by δ with δ_v ⟂ x_v; a permutation g of the group is realised by the orthogonal map R_g, and keeps the
/// symmetries where δ_{g(v)} = R_g δ_v. The number is the dimension of these displacements, less that of the infinitesimal rotations among
/// them: skew A with R_g A = A R_g. Both are null spaces, by singular values. 0 means that symmetry alone determines the shape, and its
/// cosines are algebraic numbers. O((c·d)³) for c directions in R^d.
/// </remarks>
internal static class FreeParameters
{
    private const double Zero = 1e-7;

    /// <summary>Counts them.</summary>
    public static int Count(SymmetricConfiguration form, int dim, int count)
    {
        List<Matrix<double>> maps = [.. form.Generators.Select(g => Map(form.Unit, g, dim, count))];
        int displacements = Nullity(DisplacementRows(form, maps, dim, count), count * dim);
        int rotations = Nullity(RotationRows(maps, dim), dim * dim);
        return displacements - rotations;
    }

    /// <summary>R_g: the least squares map of x_v to x_{g(v)}, which is orthogonal as g keeps the angles.</summary>
    private static Matrix<double> Map(double[] unit, int[] g, int dim, int count)
    {
        Matrix<double> x = Matrix<double>.Build.Dense(dim, count, (k, v) => unit[(v * dim) + k]),
            y = Matrix<double>.Build.Dense(dim, count, (k, v) => unit[(g[v] * dim) + k]);
        return y * x.Transpose() * (x * x.Transpose()).Inverse();
    }

    private static List<double[]> DisplacementRows(SymmetricConfiguration form, List<Matrix<double>> maps, int dim, int count)
    {
        var rows = new List<double[]>();
        for (int v = 0; v < count; v++)
        {
            double[] row = new double[count * dim];
            for (int k = 0; k < dim; k++)
                row[(v * dim) + k] = form.Unit[(v * dim) + k];
            rows.Add(row);
        }
        for (int g = 0; g < maps.Count; g++)
        {
            for (int v = 0; v < count; v++)
            {
                for (int a = 0; a < dim; a++)
                {
                    double[] row = new double[count * dim];
                    row[(form.Generators[g][v] * dim) + a] += 1;
                    for (int b = 0; b < dim; b++)
                        row[(v * dim) + b] -= maps[g][a, b];
                    rows.Add(row);
                }
            }
        }
        return rows;
    }

    private static List<double[]> RotationRows(List<Matrix<double>> maps, int dim)
    {
        var rows = new List<double[]>();
        for (int a = 0; a < dim; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double[] row = new double[dim * dim];
                row[(a * dim) + b] += 1;
                row[(b * dim) + a] += 1;
                rows.Add(row);
            }
        }
        foreach (Matrix<double> map in maps)
        {
            for (int a = 0; a < dim; a++)
            {
                for (int b = 0; b < dim; b++)
                {
                    double[] row = new double[dim * dim];
                    for (int k = 0; k < dim; k++)
                    {
                        row[(k * dim) + b] += map[a, k];
                        row[(a * dim) + k] -= map[k, b];
                    }
                    rows.Add(row);
                }
            }
        }
        return rows;
    }

    /// <summary>The dimension of the null space: from AᵀA, whose size does not grow with the number of generators.</summary>
    private static int Nullity(List<double[]> rows, int width)
    {
        double[] square = new double[width * width],
            values = new double[width];
        foreach (double[] row in rows)
        {
            for (int a = 0; a < width; a++)
            {
                if (row[a] != 0)
                    Vectors.Axpy(row[a], row, square.AsSpan(a * width, width));
            }
        }
        SymmetricEigen.Decompose(square, width, values, []);
        return values.Count(v => v < Zero * values[0]);
    }
}
