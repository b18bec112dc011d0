using Geometry.Configurations;
using Geometry.Grassmannian;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Labels;

/// <summary>The spans of summands, and how much of other directions lies inside them.</summary>
public static class SummandSpan
{
    /// <summary>
    /// In which summands the classes of a softmax head lie: ‖P_S u‖²/‖u‖² per class and summand, where u is the direction of the class less
    /// the mean direction of all classes, because a softmax depends on differences alone.
    /// </summary>
    /// <remarks>
    /// 0 for a class that equals the mean. Orthogonal summands share a direction between them: its shares sum to at most 1. O(classes·m·Σ
    /// dim).
    /// </remarks>
    /// <param name="space">The configuration of the hidden space, m×n.</param>
    /// <param name="summands">Its summands.</param>
    /// <param name="classes">The directions of the head, m×classes.</param>
    /// <exception cref="ArgumentException">The head reads another space.</exception>
    public static IReadOnlyList<double[]> OfClasses(
        FeatureConfiguration space,
        IReadOnlyList<Summand> summands,
        FeatureConfiguration classes
    )
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(summands);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Hidden != space.Hidden)
            throw new ArgumentException($"expected directions in {space.Hidden} dimensions, found {classes.Hidden}", nameof(classes));
        double[] mean = new double[classes.Hidden];
        for (int c = 0; c < classes.Features; c++)
        {
            for (int k = 0; k < mean.Length; k++)
                mean[k] += classes.Column(c)[k] / classes.Features;
        }
        double[][] bases = [.. summands.Select(s => Basis(space, s))];
        return
        [
            .. Enumerable
                .Range(0, classes.Features)
                .Select(c =>
                {
                    double[] direction = classes.Column(c).ToArray();
                    for (int k = 0; k < direction.Length; k++)
                        direction[k] -= mean[k];
                    double all = Square(direction);
                    return bases.Select(b => all > 0 ? Math.Min(1, Inside(b, direction) / all) : 0).ToArray();
                }),
        ];
    }

    /// <summary>
    /// An orthonormal basis of the span of some of a summand's columns: of more columns than dimensions, those that the pivoting of
    /// <see cref="ColumnReduction"/> takes first. <see cref="SummandBasis"/> fits all columns in least squares.
    /// </summary>
    internal static double[] Basis(FeatureConfiguration configuration, Summand summand)
    {
        int m = configuration.Hidden;
        double[] columns = new double[m * summand.Count],
            basis = new double[columns.Length];
        for (int f = 0; f < summand.Count; f++)
            configuration.Column(summand.Features[f]).CopyTo(columns.AsSpan(f * m));
        return basis[..(Math.Min(ColumnReduction.Basis(columns, m, summand.Count, basis), summand.Dim) * m)];
    }

    /// <summary>The squared length of the part of a vector that lies in a span.</summary>
    internal static double Inside(double[] basis, double[] vector)
    {
        double sum = 0;
        for (int at = 0; at < basis.Length; at += vector.Length)
        {
            double product = 0;
            for (int k = 0; k < vector.Length; k++)
                product += basis[at + k] * vector[k];
            sum += product * product;
        }
        return sum;
    }

    /// <summary>Squared length.</summary>
    internal static double Square(ReadOnlySpan<double> vector)
    {
        double sum = 0;
        foreach (double value in vector)
            sum += value * value;
        return sum;
    }
}

/// <summary>An orthonormal basis of the plane of a summand.</summary>
/// <remarks>
/// V_S is taken as the plane of dim V_S dimensions nearest to the summand's unit columns in least squares: the leading left singular
/// vectors (Eckart and Young 1936, doi:10.1007/BF02288367). Its projector does not depend on the choice of basis. O(m · count · min(m,
/// count)), through MathNet.
/// </remarks>
public static class SummandBasis
{
    /// <summary>The basis, dim×m row-major, one vector per row.</summary>
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
