using Geometry.Atlas;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Codes;

/// <summary>Comparison of directions with the optimal arrangements of as many directions in as many dimensions.</summary>
/// <remarks>
/// Three problems have different optima: the largest smallest angle (best spherical code, Tammes), the least energy Σ_{i&lt;j} 1/‖x_i −
/// x_j‖ (Thomson), and the least frame potential Σ_{i,j} (x_i·x_j)². For c ≥ d the last is c²/d, and tight frames are its minimisers (J. J.
/// Benedetto and M. Fickus, Adv. Comput. Math. 18 (2003) 357; max(c, c²/d) in general). O(c²·d), and once per size the search for the
/// Thomson optimum.
/// </remarks>
internal readonly record struct CodeValues
{
    /// <summary>Largest c·d for which the Thomson optimum is searched, which takes up to a few seconds.</summary>
    public const int MostCoordinates = 160;

    /// <summary>d.</summary>
    public required int Dim { get; init; }

    /// <summary>c.</summary>
    public required int Count { get; init; }

    /// <summary>Smallest angle between two directions, degrees; NaN for one direction.</summary>
    public required double AngleDegrees { get; init; }

    /// <summary>Σ_{i&lt;j} 1/‖x_i − x_j‖; +∞ where two coincide.</summary>
    public required double Energy { get; init; }

    /// <summary>Σ_{i,j} (x_i·x_j)².</summary>
    public required double FramePotential { get; init; }

    /// <summary>The smallest angle of the best known code of that size, degrees; NaN where it is not tabulated.</summary>
    public double BestCodeDegrees => BestKnownCodes.AngleDegrees(Dim, Count);

    /// <summary>The least energy found for that size; NaN where the size is too large to search.</summary>
    public double ThomsonEnergy =>
        Count < 2 ? 0
        : IsTooLarge ? double.NaN
        : Dim == 1 ? LineEnergy(Count)
        : ThomsonOptimum.Of(Dim, Count);

    /// <summary>Whether the size is too large for the search for a Thomson optimum.</summary>
    public bool IsTooLarge => Count * Dim > MostCoordinates;

    /// <summary>Frame potential divided by its least value, less 1; 0 for a tight frame.</summary>
    public double FrameExcess => (FramePotential / Math.Max(Count, (double)Count * Count / Dim)) - 1;

    /// <summary>Measures directions.</summary>
    /// <param name="unit">Unit vectors, one after another, each of length m.</param>
    /// <param name="m">Length of a vector.</param>
    /// <param name="dim">Dimension of their span, d ≤ m.</param>
    public static CodeValues Of(ReadOnlySpan<double> unit, int m, int dim)
    {
        int count = unit.Length / m;
        double largest = double.NegativeInfinity,
            potential = count,
            energy = 0;
        double[] difference = new double[m];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> x = unit.Slice(i * m, m),
                    y = unit.Slice(j * m, m);
                double cosine = Vectors.Dot(x, y);
                potential += 2 * cosine * cosine;
                x.CopyTo(difference);
                Vectors.Axpy(-1, y, difference);
                double distance = Vectors.Norm(difference);
                energy += 1 / distance;
                // The angle from the chord, which is accurate for near directions too.
                largest = Math.Max(largest, -2 * Elementary.Asin(Math.Min(1, distance / 2)));
            }
        }
        return new CodeValues
        {
            Dim = dim,
            Count = count,
            AngleDegrees = count < 2 ? double.NaN : double.RadiansToDegrees(-largest),
            Energy = energy,
            FramePotential = potential,
        };
    }

    /// <summary>A line has two directions, so of three or more some coincide.</summary>
    private static double LineEnergy(int count) => count == 2 ? 0.5 : double.PositiveInfinity;
}
