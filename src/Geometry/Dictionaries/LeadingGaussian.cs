using Geometry.LinearAlgebra;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>A population of directions in leading coordinates: a normal distribution along them, and a level of all other dimensions.</summary>
/// <remarks>
/// ln p(y, e) = ln share − ½ [ln det C + (y−μ)ᵀC⁻¹(y−μ) + ν ln a + e/a], but for a constant that all populations have. Where few directions tell of many dimensions,
/// C would be too small in those that they hardly use: it is raised by a·d/(W + d), W their number, what the other dimensions have.
/// </remarks>
internal sealed class LeadingGaussian
{
    private const double LeastLevel = 1e-4;

    private readonly double[] _inverse;
    private readonly double _constant;

    /// <summary>A population from the sums of its directions, each with its weight.</summary>
    /// <param name="sums">What <see cref="Add"/> gathered.</param>
    /// <param name="dim">d.</param>
    /// <param name="freedom">ν.</param>
    /// <param name="count">Weight of all populations together.</param>
    internal LeadingGaussian(ReadOnlySpan<double> sums, int dim, double freedom, double count)
    {
        double weight = Math.Max(sums[0], 1e-9);
        (Dim, Weight, Share, Freedom) = (dim, weight, weight / count, freedom);
        Level = Math.Max(LeastLevel, sums[1] / (weight * freedom));
        Mean = sums.Slice(2, dim).ToArray();
        Vectors.Scale(1 / weight, Mean);
        Covariance = sums.Slice(2 + dim, dim * dim).ToArray();
        double raise = Level * dim / (weight + dim);
        for (int a = 0; a < dim; a++)
        {
            for (int b = 0; b <= a; b++) Covariance[(a * dim) + b] = Covariance[(b * dim) + a] = (Covariance[(a * dim) + b] / weight) - (Mean[a] * Mean[b]);
            Covariance[a * (dim + 1)] += Math.Max(raise, 1e-9);
        }
        double[] factor = [.. Covariance];
        // Rounding of sums may leave a pivot below zero where directions coincide.
        for (double lift = 1e-9; !SmallCholesky.Factor(factor, dim); lift *= 10)
        {
            Covariance.CopyTo(factor, 0);
            for (int a = 0; a < dim; a++) factor[a * (dim + 1)] += lift;
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
            for (int b = a; b < dim; b++) _inverse[(b * dim) + a] = unit[b];
        }
        _constant = Elementary.Log(Share) - (0.5 * logDeterminant);
    }

    /// <summary>d.</summary>
    internal int Dim { get; }

    /// <summary>ν.</summary>
    internal double Freedom { get; }

    /// <summary>Directions in it, each by its share.</summary>
    internal double Weight { get; }

    /// <summary>Its share of all directions.</summary>
    internal double Share { get; }

    /// <summary>μ, length d.</summary>
    internal double[] Mean { get; }

    /// <summary>C, d×d.</summary>
    internal double[] Covariance { get; }

    /// <summary>a, in units of what all directions together have.</summary>
    internal double Level { get; }

    /// <summary>Numbers that the model has for one population.</summary>
    internal static int Parameters(int dim) => (dim * (dim + 1) / 2) + dim + 2;

    /// <summary>Length of the sums of one population.</summary>
    internal static int SumsOf(int dim) => 2 + dim + (dim * dim);

    /// <summary>Adds a direction with its weight to the sums of a population: weight, rest, y and the lower triangle of yyᵀ.</summary>
    internal static void Add(ReadOnlySpan<double> y, double rest, double weight, Span<double> sums)
    {
        int d = y.Length;
        sums[0] += weight;
        sums[1] += weight * rest;
        Vectors.Axpy(weight, y, sums.Slice(2, d));
        for (int a = 0; a < d; a++) Vectors.Axpy(weight * y[a], y[..(a + 1)], sums.Slice(2 + d + (a * d), a + 1));
    }

    /// <summary>ln of its share times its density, but for a constant.</summary>
    /// <param name="y">Leading coordinates.</param>
    /// <param name="rest">e.</param>
    /// <param name="work">Length d.</param>
    internal double LogDensity(ReadOnlySpan<double> y, double rest, Span<double> work)
    {
        for (int a = 0; a < Dim; a++) work[a] = y[a] - Mean[a];
        double square = rest / Level;
        for (int a = 0; a < Dim; a++)
        {
            double along = Vectors.Dot(_inverse.AsSpan(a * Dim, a + 1), work[..(a + 1)]);
            square += along * along;
        }
        return _constant - (0.5 * square);
    }
}
