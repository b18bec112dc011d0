namespace Geometry.Atlas;

/// <summary>
/// The best known codes: for c points on the sphere in R^d, the largest smallest angle that is known (the Tammes problem), for the sizes in
/// a table here.
/// </summary>
/// <remarks>
/// Maximal cosines. R³: K. Schütte and B. L. van der Waerden, Math. Ann. 123 (1951); L. Danzer, Discrete Math. 60 (1986); N. J. A. Sloane's
/// tables of spherical codes for larger numbers. R⁴ and above: Sloane's tables and H. Cohn's table (hdl 1721.1/142661). Up to 2d points
/// need no table: up to d + 1 points have the angles of a simplex, and d + 2 to 2d points have 90° (R. A. Rankin, Proc. Glasgow Math.
/// Assoc. 2, 1955).
/// </remarks>
internal static class BestKnownCodes
{
    private static readonly Dictionary<(int Dim, int Count), double> s_cosines = new()
    {
        [(3, 7)] = 0.2101383127,
        [(3, 8)] = 0.2612038750,
        [(3, 9)] = 1.0 / 3,
        [(3, 10)] = 0.4043943252,
        [(3, 11)] = 0.4472135955,
        [(3, 12)] = 0.4472135955,
        [(4, 9)] = 0.162015200,
        [(4, 10)] = 1.0 / 6,
        [(4, 11)] = 0.230405564,
        [(4, 12)] = 0.25,
        [(4, 13)] = 0.307295654,
        [(4, 14)] = 0.319518594,
        [(4, 15)] = 0.350992176,
        [(4, 16)] = 0.387628177,
        [(4, 24)] = 0.5,
        [(5, 11)] = 0.132887,
        [(5, 12)] = 0.153939,
        [(5, 16)] = 0.2,
    };

    /// <summary>The angle in degrees; NaN for sizes that are not in the table.</summary>
    public static double AngleDegrees(int dim, int count)
    {
        if (count < 2)
            return double.NaN;
        if (dim == 2)
            return 360.0 / count;
        if (count <= dim + 1)
            return double.RadiansToDegrees(Elementary.Acos(-1.0 / (count - 1)));
        if (count <= 2 * dim)
            return 90;
        return s_cosines.TryGetValue((dim, count), out double cosine) ? double.RadiansToDegrees(Elementary.Acos(cosine)) : double.NaN;
    }
}
