using Geometry.Atlas;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Codes;

/// <summary>How some directions compare with the best arrangements of as many directions in as many dimensions.</summary>
/// <remarks>
/// Three problems have three different optima: the largest smallest angle (best spherical code, Tammes), the least energy Σ_{i&lt;j} 1/‖x_i
/// − x_j‖ (Thomson), the least frame potential Σ_{i,j} (x_i·x_j)², which is c²/d and has the tight frames as its minimisers, for c ≥ d (J.
/// J. Benedetto and M. Fickus, Adv. Comput. Math. 18 (2003) 357; max(c, c²/d) in general). O(c²·d), and once for each size the search for
/// the Thomson optimum.
/// </remarks>
internal readonly record struct CodeValues
{
    /// <summary>More coordinates than this, c·d, have no Thomson optimum: the search would take more than seconds.</summary>
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

    /// <summary>The largest smallest angle known for the size, degrees; NaN where no table here has it.</summary>
    public double BestCodeDegrees => BestKnownCodes.AngleDegrees(Dim, Count);

    /// <summary>The least energy known for the size; NaN where it is too large to search.</summary>
    public double ThomsonEnergy =>
        Count < 2 ? 0
        : IsTooLarge ? double.NaN
        : Dim == 1 ? LineEnergy(Count)
        : ThomsonOptimum.Of(Dim, Count);

    /// <summary>Whether no Thomson optimum is searched for the size.</summary>
    public bool IsTooLarge => Count * Dim > MostCoordinates;

    /// <summary>Frame potential over its least value, less 1; 0 for a tight frame.</summary>
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
                // The angle of a chord, right for near directions as well.
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

    /// <summary>On a line only two directions are apart: from three on, two coincide.</summary>
    private static double LineEnergy(int count) => count == 2 ? 0.5 : double.PositiveInfinity;
}
