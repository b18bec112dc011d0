using Geometry.Formulas;
using Geometry.Synthesis;

namespace Geometry.Conjecture;

/// <summary>
/// What <c>conjecture</c> measures: every combination of formula, noise and σ, by every method on the same configurations.
/// </summary>
public sealed record ConjectureSpec
{
    private const int FewestSides = 3,
        MostSides = 8;

    /// <summary>The formulas. Default: r-gon ⊕ s-gon for 3 ≤ r ≤ s ≤ 8; the 4-gon is a square, 2 antipode.</summary>
    public IReadOnlyList<Formula> Formulas { get; init; } = Polygons();

    /// <summary>Standard deviations of the noise per coordinate, each ≥ 0.</summary>
    public IReadOnlyList<double> Sigmas { get; init; } = [0, 0.003, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.14, 0.2];

    /// <summary>The spaces in which the noise is; the default has the two experiments of the literature.</summary>
    public IReadOnlyList<NoiseIn> NoiseIn { get; init; } = [Synthesis.NoiseIn.Summand, Synthesis.NoiseIn.Ambient];

    /// <summary>The methods; the default is all of <see cref="RecoveryMethods"/>.</summary>
    public IReadOnlyList<IRecoveryMethod> Methods { get; init; } = RecoveryMethods.All;

    /// <summary>
    /// Number of configurations for each formula, noise and σ, ≥ 1. With the 21 default formulas, 120 give 95 % intervals of at most ±2
    /// percentage points for each noise and σ.
    /// </summary>
    public int Trials { get; init; } = 120;

    /// <summary>m; null for as many dimensions as the formula needs.</summary>
    public int? Hidden { get; init; }

    /// <summary>Norms are uniform on [1 − spread, 1 + spread], spread in [0, 0.5).</summary>
    public double NormSpread { get; init; }

    /// <summary>Angle between summands, degrees in (0, 90].</summary>
    public double ObliqueDegrees { get; init; } = 90;

    /// <summary>Seed of the configurations.</summary>
    public int Seed { get; init; }

    private static Formula[] Polygons()
    {
        string[] names = ["triangle", "square", "pentagon", "hexagon", "heptagon", "octagon"];
        var formulas = new List<Formula>();
        for (int r = FewestSides; r <= MostSides; r++)
        {
            for (int s = r; s <= MostSides; s++)
                formulas.Add(FormulaParser.Parse($"{names[r - FewestSides]} + {names[s - FewestSides]}"));
        }
        return [.. formulas];
    }
}
