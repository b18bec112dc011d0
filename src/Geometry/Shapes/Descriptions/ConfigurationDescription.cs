using System.Buffers;
using System.Globalization;
using System.Numerics;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Descriptions;

/// <summary>A description of a configuration that has no name: its angles, symmetries and other properties.</summary>
/// <remarks>
/// Everything holds up to a noise of σ radians per tangential coordinate of a direction, independent between directions. An angle then has
/// standard deviation √2·σ, and each property is a test at the level that its documentation names. A σ below <see cref="LeastNoise"/> is
/// raised to it. All properties are invariant under O(dim) and permutations. O(count²·dim), and up to <see cref="MostDirections"/> the sort
/// of the angles and the capped search of <see cref="NearSymmetries"/>.
/// </remarks>
public sealed record ConfigurationDescription
{
    /// <summary>
    /// Noise that every configuration is assumed to have, radians per coordinate: float32 weights and coordinates from tables are no
    /// better.
    /// </summary>
    public const double LeastNoise = 1e-6;

    /// <summary>
    /// Largest number of directions for which angles are listed and symmetries are searched; it admits the 240 roots of E8.
    /// </summary>
    public const int MostDirections = 256;

    private const double Unit = 1e-6;

    /// <summary>
    /// The distinct angles between directions (the mean of each class), degrees, ascending, with the number of unordered pairs at each.
    /// Empty where there are no pairs, more than <see cref="AngleClasses.MostClasses"/> angles, a continuum of angles, or more than
    /// <see cref="MostDirections"/> directions.
    /// </summary>
    public required IReadOnlyList<(double Degrees, int Pairs)> Angles { get; init; }

    /// <summary>Whether every direction has its opposite.</summary>
    public required bool Antipodal { get; init; }

    /// <summary>Whether the directions are a tight frame of their span.</summary>
    public required bool Tight { get; init; }

    /// <summary>
    /// Largest t, at most <see cref="SphericalDesign.MostStrength"/>, for which the directions are a spherical t-design up to the noise; 0
    /// for none.
    /// </summary>
    public required int DesignStrength { get; init; }

    /// <summary>
    /// Order of the group of permutations of the directions that keep every angle; at least 1. Null where it is unknown, because there are
    /// more than <see cref="MostDirections"/> directions, or the search was given up.
    /// </summary>
    public required BigInteger? Symmetries { get; init; }

    /// <summary>Number of orbits of directions under that group; null where <see cref="Symmetries"/> is.</summary>
    public required int? Orbits { get; init; }

    /// <summary>The angles as a cell of a table: <c>63.43×30 116.57×30 180.00×6</c>, degrees with two decimals, empty for none.</summary>
    public string AnglesText() =>
        string.Join(' ', Angles.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Degrees:0.00}×{a.Pairs}")));

    /// <summary>Describes a configuration.</summary>
    /// <param name="directions">Distinct unit vectors that span R^dim, row-major count×dim.</param>
    /// <param name="dim">Dimension, ≥ 1.</param>
    /// <param name="count">Number of directions, ≥ 1.</param>
    /// <param name="noise">σ, standard deviation of a direction's tangential coordinates, radians, ≥ 0; an upper bound may be given, with
    /// which fewer properties are found.</param>
    /// <exception cref="ArgumentException">A size is out of range, a direction is not of unit length, or the noise is negative or not
    /// finite.</exception>
    public static ConfigurationDescription Of(ReadOnlySpan<double> directions, int dim, int count, double noise) =>
        Of(directions, dim, count, noise, DecisionConstants.Default);

    /// <summary>Describes a configuration with the given deciding numbers.</summary>
    internal static ConfigurationDescription Of(
        ReadOnlySpan<double> directions,
        int dim,
        int count,
        double noise,
        DecisionConstants constants
    )
    {
        if (dim < 1 || count < 1)
            throw new ArgumentException($"expected dim ≥ 1 and count ≥ 1, found dim = {dim}, count = {count}");
        if (directions.Length != (long)dim * count)
            throw new ArgumentException($"expected {(long)dim * count} coordinates, found {directions.Length}", nameof(directions));
        if (!(noise >= 0 && double.IsFinite(noise)))
            throw new ArgumentException($"noise: expected a finite number ≥ 0, found {noise}", nameof(noise));
        for (int i = 0; i < count; i++)
        {
            double norm = Vectors.Norm(directions.Slice(i * dim, dim));
            if (!(Math.Abs(norm - 1) <= Unit))
                throw new ArgumentException($"direction {i} has length {norm}; expected 1", nameof(directions));
        }
        double sigma = Math.Max(noise, LeastNoise);
        IReadOnlyList<(double Degrees, int Pairs)> angles = [];
        (BigInteger Order, int Orbits)? group = null;
        if (count <= MostDirections)
        {
            int pairs = count * (count - 1) / 2;
            ArrayPool<double> pool = ArrayPool<double>.Shared;
            double[] table = pool.Rent(count * count),
                cosines = pool.Rent(count * count),
                sorted = pool.Rent(pairs);
            PairAngles.Fill(directions, dim, count, table, cosines);
            PairAngles.Sorted(table, count, sorted.AsSpan(0, pairs));
            angles = AngleClasses.Of(sorted.AsSpan(0, pairs), sigma, count * (dim - 1), constants);
            group = new NearSymmetries(directions, dim, count, table, cosines, sigma, constants).Group();
            foreach (double[] rented in (ReadOnlySpan<double[]>)[table, cosines, sorted])
                pool.Return(rented);
        }
        return new ConfigurationDescription
        {
            Angles = angles,
            Antipodal = IsAntipodal(directions, dim, count, sigma, constants),
            Tight = IsTight(directions, dim, count, sigma, constants),
            DesignStrength = SphericalDesign.Strength(directions, dim, count, sigma, constants),
            Symmetries = group?.Order,
            Orbits = group?.Orbits,
        };
    }

    /// <summary>
    /// For a pair of opposites ‖x_i + x_j‖² is 2σ² times χ² with dim − 1 degrees of freedom. The bound is such that all pairs of an
    /// antipodal configuration pass together with probability 99 %. O(count²·dim).
    /// </summary>
    private static bool IsAntipodal(ReadOnlySpan<double> x, int dim, int count, double sigma, DecisionConstants constants)
    {
        if (count % 2 != 0)
            return false;
        double quantile = dim == 1 ? 0 : Quantiles.ChiSquare(dim - 1, 1 - (2 * constants.NoiseRisk / count));
        double most = 2 * sigma * sigma * Math.Max(quantile, 1);
        int[] opposite = new int[count];
        for (int i = 0; i < count; i++)
        {
            double least = double.PositiveInfinity;
            for (int j = 0; j < count; j++)
            {
                double squares = 0;
                for (int k = 0; k < dim && squares < least; k++)
                {
                    double sum = x[(i * dim) + k] + x[(j * dim) + k];
                    squares += sum * sum;
                }
                if (squares < least)
                    (least, opposite[i]) = (squares, j);
            }
            if (least > most)
                return false;
        }
        for (int i = 0; i < count; i++)
        {
            if (opposite[opposite[i]] != i)
                return false;
        }
        return true;
    }

    /// <summary>
    /// With δ² = ‖(d/c)·Σ x xᵀ − 1‖²_F/d of a tight frame with noise, δ²·c/(4σ²) is to first order χ² over the ν = (d−1)(d+2)/2 traceless
    /// symmetric matrices, times d/(d+2) because the noise is tangential. That factor is left out, which makes room for weights that are
    /// not equal. Level 1 %. O(count·dim²).
    /// </summary>
    private static bool IsTight(ReadOnlySpan<double> x, int dim, int count, double sigma, DecisionConstants constants)
    {
        if (dim == 1)
            return true;
        double[] frame = new double[dim * dim];
        for (int i = 0; i < count; i++)
            Vectors.AddOuterProduct(x.Slice(i * dim, dim), frame);
        double squares = 0;
        for (int a = 0; a < dim; a++)
        {
            for (int b = 0; b < dim; b++)
            {
                double difference = ((double)dim / count * frame[(a * dim) + b]) - (a == b ? 1 : 0);
                squares += difference * difference;
            }
        }
        double quantile = Quantiles.ChiSquare(0.5 * (dim - 1.0) * (dim + 2.0), 1 - constants.NoiseRisk);
        return squares / dim * count / (4 * sigma * sigma) <= quantile;
    }
}
