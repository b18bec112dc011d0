using Geometry.LinearAlgebra;

namespace Geometry.Atlas;

/// <summary>The number of parameters that a configuration has when its symmetries are kept.</summary>
/// <remarks>
/// The directions move by δ with δ_v ⟂ x_v. A permutation g of the group is realised by the orthogonal map R_g, and δ keeps the symmetry
/// where δ_{g(v)} = R_g δ_v. The result is the dimension of the space of these displacements, less that of the infinitesimal rotations
/// among them, the skew A with R_g A = A R_g. Both dimensions are those of null spaces. 0 means that the symmetries determine the shape;
/// its cosines then are algebraic numbers. O((c·d)³) for c directions in R^d.
/// </remarks>
internal static class FreeParameters
{
    private const double Zero = 1e-7;

    /// <summary>Counts the parameters.</summary>
    /// <exception cref="InvalidOperationException">The directions do not span their space.</exception>
    public static int Count(SymmetricConfiguration form, int dim, int count)
    {
        List<double[]> maps = [.. form.Generators.Select(g => FormProjection.OrthogonalMap(form.Unit, g, dim, count))];
        int displacements = Nullity(DisplacementRows(form, maps, dim, count), count * dim);
        int rotations = Nullity(RotationRows(maps, dim), dim * dim);
        return displacements - rotations;
    }

    private static List<double[]> DisplacementRows(SymmetricConfiguration form, List<double[]> maps, int dim, int count)
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
                        row[(v * dim) + b] -= maps[g][(a * dim) + b];
                    rows.Add(row);
                }
            }
        }
        return rows;
    }

    private static List<double[]> RotationRows(List<double[]> maps, int dim)
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
        foreach (double[] map in maps)
        {
            for (int a = 0; a < dim; a++)
            {
                for (int b = 0; b < dim; b++)
                {
                    double[] row = new double[dim * dim];
                    for (int k = 0; k < dim; k++)
                    {
                        row[(k * dim) + b] += map[(a * dim) + k];
                        row[(a * dim) + k] -= map[(k * dim) + b];
                    }
                    rows.Add(row);
                }
            }
        }
        return rows;
    }

    /// <summary>
    /// The dimension of the null space, from the eigenvalues of AᵀA, whose size does not grow with the number of generators.
    /// </summary>
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
