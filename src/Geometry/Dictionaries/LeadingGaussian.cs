using Geometry.LinearAlgebra;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>
/// A population of directions: a normal distribution in leading coordinates, and one variance, the level, for all other dimensions.
/// </summary>
/// <remarks>
/// ln p(y, e) = ln share − ½ [ln det C + (y−μ)ᵀC⁻¹(y−μ) + ν ln a + e/a], up to a constant that all populations share. Where a population
/// has few directions, the estimate of C is too small in dimensions that these hardly use. Therefore a·d/(W + d) is added to its diagonal,
/// where W is their number and a the level. Populations of one family, for instance cones, differ in their means alone, and share C and a.
/// </remarks>
internal sealed class LeadingGaussian
{
    private const double LeastLevel = 1e-4;

    private readonly double[] _inverse;
    private readonly double _constant;

    private LeadingGaussian(int family, double share, double[] mean, double[] covariance, double level, double freedom)
    {
        int dim = mean.Length;
        (Family, Share, Mean, Covariance, Level) = (family, share, mean, covariance, level);
        double[] factor = [.. Covariance];
        // Where directions coincide, rounding may leave a pivot below zero.
        for (double lift = 1e-9; !SmallCholesky.Factor(factor, dim); lift *= 10)
        {
            Covariance.CopyTo(factor, 0);
            for (int a = 0; a < dim; a++)
                factor[a * (dim + 1)] += lift;
        }
        double logDeterminant = freedom * Elementary.Log(Level);
        _inverse = new double[dim * dim];
        double[] unit = new double[dim];
        for (int a = 0; a < dim; a++)
        {
            logDeterminant += 2 * Elementary.Log(factor[a * (dim + 1)]);
            Array.Clear(unit);
            unit[a] = 1;
            SmallCholesky.SolveLower(factor, dim, unit);
            for (int b = a; b < dim; b++)
                _inverse[(b * dim) + a] = unit[b];
        }
        _constant = Elementary.Log(Share) - (0.5 * logDeterminant);
    }

    /// <summary>The populations estimated from sums over weighted directions.</summary>
    /// <param name="sums">The sums made by <see cref="Add"/>, one population after another.</param>
    /// <param name="families">The family of each population; families are numbered from 0 on without gaps.</param>
    /// <param name="dim">d.</param>
    /// <param name="freedom">ν.</param>
    /// <param name="count">Total weight of all populations.</param>
    internal static LeadingGaussian[] From(double[] sums, int[] families, int dim, double freedom, double count)
    {
        int size = SumsOf(dim);
        var made = new LeadingGaussian[families.Length];
        for (int family = 0; family <= families.Max(); family++)
        {
            double[] covariance = new double[dim * dim];
            double weight = 1e-9,
                rest = 0;
            int[] own = [.. Enumerable.Range(0, families.Length).Where(p => families[p] == family)];
            double[][] means = [.. own.Select(p => sums.AsSpan((p * size) + 2, dim).ToArray())];
            for (int at = 0; at < own.Length; at++)
            {
                ReadOnlySpan<double> from = sums.AsSpan(own[at] * size, size);
                double[] mean = means[at];
                Vectors.Scale(1 / Math.Max(from[0], 1e-9), mean);
                (weight, rest) = (weight + from[0], rest + from[1]);
                for (int a = 0; a < dim; a++)
                {
                    for (int b = 0; b <= a; b++)
                        covariance[(a * dim) + b] += from[2 + dim + (a * dim) + b] - (from[0] * mean[a] * mean[b]);
                }
            }
            double level = Math.Max(LeastLevel, rest / (weight * freedom)),
                raise = Math.Max(level * dim / (weight + dim), 1e-9);
            for (int a = 0; a < dim; a++)
            {
                for (int b = 0; b <= a; b++)
                    covariance[(a * dim) + b] = covariance[(b * dim) + a] = (covariance[(a * dim) + b] / weight) + (a == b ? raise : 0);
            }
            for (int at = 0; at < own.Length; at++)
            {
                double share = Math.Max(sums[own[at] * size], 1e-9) / count;
                made[own[at]] = new LeadingGaussian(family, share, means[at], covariance, level, freedom);
            }
        }
        return made;
    }

    /// <summary>Number of the family: populations with the same number share their covariance.</summary>
    internal int Family { get; }

    /// <summary>d.</summary>
    internal int Dim => Mean.Length;

    /// <summary>Its share of all directions.</summary>
    internal double Share { get; }

    /// <summary>μ, length d.</summary>
    internal double[] Mean { get; }

    /// <summary>C, d×d.</summary>
    internal double[] Covariance { get; }

    /// <summary>a, in units of the level of all directions.</summary>
    internal double Level { get; }

    /// <summary>Length of the sums of one population.</summary>
    internal static int SumsOf(int dim) => 2 + dim + (dim * dim);

    /// <summary>Adds a direction with its weight to the sums of a population: weight, rest, y and the lower triangle of yyᵀ.</summary>
    internal static void Add(ReadOnlySpan<double> y, double rest, double weight, Span<double> sums)
    {
        int d = y.Length;
        sums[0] += weight;
        sums[1] += weight * rest;
        Vectors.Axpy(weight, y, sums.Slice(2, d));
        for (int a = 0; a < d; a++)
            Vectors.Axpy(weight * y[a], y[..(a + 1)], sums.Slice(2 + d + (a * d), a + 1));
    }

    /// <summary>ln of its share times its density, up to a constant.</summary>
    /// <param name="y">Leading coordinates.</param>
    /// <param name="rest">e.</param>
    /// <param name="work">Length d.</param>
    internal double LogDensity(ReadOnlySpan<double> y, double rest, Span<double> work)
    {
        for (int a = 0; a < Dim; a++)
            work[a] = y[a] - Mean[a];
        double square = rest / Level;
        for (int a = 0; a < Dim; a++)
        {
            double along = Vectors.Dot(_inverse.AsSpan(a * Dim, a + 1), work[..(a + 1)]);
            square += along * along;
        }
        return _constant - (0.5 * square);
    }
}
