using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Descriptions;

/// <summary>
/// The strength of a configuration as a spherical design: the mean over a t-design equals that over the sphere for every polynomial of
/// degree ≤ t.
/// </summary>
/// <remarks>
/// <para>
/// With G_l the Gegenbauer polynomial of R^d, G_l(1) = 1 (cos lθ for d = 2, Legendre for d = 3), M_l = c⁻² Σ_ij G_l(x_i·x_j) ≥ 0 is the
/// mean square of the N_l spherical harmonics of degree l, averaged over the directions; a t-design has M_1 = … = M_t = 0. Source:
/// Delsarte, Goethals, Seidel, Geom. Dedicata 6 (1977), doi:10.1007/BF03187604.
/// </para>
/// <para>
/// Noise of σ per coordinate damps a harmonic by e^(−λσ²/2), where λ = l(l+d−2) is its eigenvalue. It leaves a design with mean M_l = (1 −
/// e^(−λσ²))/c, spread over ν = min(N_l, c(d−1)) free terms: to first order σ²λ/c · χ²_ν/ν. M_l counts as zero up to the 99.9 % point of
/// that law. Random directions have mean M_l = 1/c. Where the bound reaches half of that, noise hides the difference, and the degrees from
/// there on do not count.
/// </para>
/// <para>
/// For d = 1 there are harmonics of degree 0 and 1 only: as many directions each way are a design of any strength, and all others have
/// strength 0. Complexity: O(c²(d + t)).
/// </para>
/// </remarks>
internal static class SphericalDesign
{
    /// <summary>
    /// Largest strength that is reported: that of the 600-cell and of the Leech lattice's minimal vectors, the largest of any known
    /// sporadic configuration.
    /// </summary>
    public const int MostStrength = 11;

    private const double Rounding = 1e-14;

    /// <summary>The largest t for which M_1 … M_t vanish within the noise, 0 … <see cref="MostStrength"/>.</summary>
    /// <param name="x">Unit vectors, row-major count×dim.</param>
    /// <param name="dim">d ≥ 1.</param>
    /// <param name="count">c ≥ 1.</param>
    /// <param name="sigma">σ, radians per coordinate, &gt; 0.</param>
    /// <param name="constants">The numbers that decide.</param>
    public static int Strength(ReadOnlySpan<double> x, int dim, int count, double sigma, DecisionConstants constants)
    {
        double[] centre = new double[dim];
        for (int i = 0; i < count; i++)
            Vectors.Axpy(1.0 / count, x.Slice(i * dim, dim), centre);
        double first = Vectors.Dot(centre, centre);
        if (dim == 1)
            return first < 0.25 / ((double)count * count) ? MostStrength : 0;
        // Most configurations without structure fail at M_1.
        if (first > Bound(1, dim, count, sigma, constants))
            return 0;
        Span<double> moments = stackalloc double[MostStrength + 1];
        Moments(x, dim, count, moments);
        int strength = 0;
        while (strength < MostStrength && moments[strength + 1] <= Bound(strength + 1, dim, count, sigma, constants))
            strength++;
        return strength;
    }

    /// <summary>M_0 … M_t by the recurrence (l+d−2)·G_{l+1} = (2l+d−2)·u·G_l − l·G_{l−1}.</summary>
    private static void Moments(ReadOnlySpan<double> x, int dim, int count, Span<double> moments)
    {
        moments.Clear();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = x.Slice(i * dim, dim);
            for (int j = 0; j <= i; j++)
            {
                double u = Vectors.Dot(row, x.Slice(j * dim, dim)),
                    weight = i == j ? 1 : 2,
                    before = 1,
                    now = u;
                for (int l = 1; l < moments.Length; l++)
                {
                    moments[l] += weight * now;
                    (before, now) = (now, ((((2 * l) + dim - 2) * u * now) - (l * before)) / (l + dim - 2));
                }
            }
        }
        for (int l = 1; l < moments.Length; l++)
            moments[l] /= (double)count * count;
    }

    /// <summary>The largest M_l that noise explains; −1 where noise hides the difference from random directions.</summary>
    private static double Bound(int l, int dim, int count, double sigma, DecisionConstants constants)
    {
        double harmonics = ((2.0 * l) + dim - 2) / l;
        for (int k = 1; k < l; k++)
            harmonics *= (dim - 2.0 + k) / k;
        double freedom = Math.Min(harmonics, count * (dim - 1.0)),
            eigenvalue = l * (l + dim - 2.0);
        double share =
            (1 - Elementary.Exp(-eigenvalue * sigma * sigma)) * Quantiles.ChiSquare(freedom, 1 - constants.DescriptionRisk) / freedom;
        return share > constants.DesignShare ? -1 : Math.Max(share / count, Rounding);
    }
}
