using Geometry.Configurations;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Labels;

/// <summary>An orthonormal basis of the plane of a summand.</summary>
/// <remarks>
/// V_S is taken as the plane of dim V_S dimensions nearest to the summand's unit columns, in least squares: the leading left singular
/// vectors (Eckart and Young 1936, doi:10.1007/BF02288367). Its projector does not depend on the basis. O(m · count · min(m, count)),
/// through MathNet.
/// </remarks>
public static class SummandBasis
{
    /// <summary>The basis, dim×m row-major, one vector a row.</summary>
    /// <param name="configuration">W.</param>
    /// <param name="summand">One of its summands.</param>
    public static double[] Of(FeatureConfiguration configuration, Summand summand)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(summand);
        int m = configuration.Hidden;
        Matrix<double> unit = Matrix<double>.Build.Dense(m, summand.Count);
        for (int i = 0; i < summand.Count; i++)
        {
            Vector<double> column = Vector<double>.Build.DenseOfArray(configuration.Column(summand.Features[i]).ToArray());
            unit.SetColumn(i, column.Normalize(2));
        }
        Matrix<double> u = unit.Svd(computeVectors: true).U;
        double[] basis = new double[summand.Dim * m];
        for (int k = 0; k < summand.Dim; k++)
        {
            for (int row = 0; row < m; row++)
                basis[(k * m) + row] = u[row, k];
        }
        return basis;
    }
}
