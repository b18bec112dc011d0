namespace Geometry.Shapes.Catalogue;

/// <summary>
/// The canonical equal-norm tight frame of L lines in R^k, 1 ≤ c = L − k &lt; k: the Naimark complement of a harmonic frame of R^c.
/// </summary>
/// <remarks>
/// <para>
/// Line j has the coordinates √(2/k)·(cos ωθ_j, sin ωθ_j), θ_j = 2πj/L, over the frequencies ω that remain when ⌊c/2⌋ frequencies, and for
/// odd c the constant, are removed. The frequencies are ½, 3/2, … for even c, and 0, 1, 2, … for odd c; 0 and L/2 have no sine, and count
/// once, with 1/√k. The cosine of lines i and j is −(1/k) times the sum of the removed frequencies' cosines at i − j. For c = 1 the frame
/// is the regular simplex; for c = 2 the cosines are −(2/k)cos(π(i−j)/L), the complement of L lines at equal angles in the plane. The
/// removed frequencies are the numbers 0, 2, 6, 12, …: with the c lowest ones removed, cosines would fade with |i − j|, and the lines would
/// nearly fall into two arcs. The frame does not split (tested for every L up to k = 16), and |cos| ≤ c/k &lt; 1, hence no two lines
/// coincide.
/// </para>
/// <para>
/// For L = 5, k = 3 that frame is the pentagonal antiprism, which has a name. There the complement of the lines at 0°, φ, φ, −φ, −φ with
/// cos 2φ = −1/4 represents the family: of about a thousand random frames of five lines in R³ none was farther from the shapes that have a
/// name (it is 11.6° from the antiprism). Source: S. Waldron, An Introduction to Finite Tight Frames, 2018, ch. 11 (harmonic frames); P.
/// Casazza and G. Kutyniok (eds.), Finite Frames, 2013, §1.3 (Naimark complement).
/// </para>
/// </remarks>
internal static class HarmonicFrames
{
    private static readonly double[] FiveLines =
    [
        0,
        0,
        -1,
        Math.Sqrt(5.0 / 6),
        0,
        1 / Math.Sqrt(6),
        -Math.Sqrt(5.0 / 6),
        0,
        1 / Math.Sqrt(6),
        0,
        Math.Sqrt(5.0 / 6),
        1 / Math.Sqrt(6),
        0,
        -Math.Sqrt(5.0 / 6),
        1 / Math.Sqrt(6),
    ];

    /// <summary>Writes the unit lines, row-major L×k. O(Lk).</summary>
    public static void Lines(int k, int lines, Span<double> destination)
    {
        if ((k, lines) == (3, 5))
        {
            FiveLines.CopyTo(destination);
            return;
        }
        int c = lines - k,
            at = 0;
        HashSet<int> gone = Gone(c, lines);
        // Twice the frequency: odd for even c, even for odd c, for which the constant is removed.
        for (int number = 0, twice = int.IsEvenInteger(c) ? 1 : 2; twice <= lines; number++, twice += 2)
        {
            if (gone.Contains(number))
                continue;
            bool single = twice == lines;
            double scale = Math.Sqrt((single ? 1.0 : 2.0) / k);
            for (int j = 0; j < lines; j++)
            {
                (double sin, double cos) = Elementary.SinCos(Math.PI * ((long)twice * j % (2 * lines)) / lines);
                destination[j * k + at] = scale * (single ? Math.Sign(cos) : cos);
                if (!single)
                    destination[j * k + at + 1] = scale * sin;
            }
            at += single ? 1 : 2;
        }
    }

    // Numbers of the frequencies with a cosine and a sine that are removed: j² + j, or the next free number.
    private static HashSet<int> Gone(int c, int lines)
    {
        int pairs = int.IsEvenInteger(c) ? lines / 2 : (lines - 1) / 2;
        HashSet<int> gone = [];
        for (int j = 0; j < c / 2; j++)
        {
            int number = (int)(((long)j * j + j) % pairs);
            while (!gone.Add(number))
                number = (number + 1) % pairs;
        }
        return gone;
    }
}
