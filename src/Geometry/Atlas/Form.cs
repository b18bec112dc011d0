using System.Numerics;
using Geometry.Shapes;
using Geometry.Shapes.Significance;

namespace Geometry.Atlas;

/// <summary>A recurring shape that has no name in geometry.</summary>
/// <param name="Name"><c>form(d,c)s&lt;order of the symmetry group&gt;</c>, with a letter where several forms share that.</param>
/// <param name="Dim">d, the dimension that the directions span, ≥ 2.</param>
/// <param name="Directions">c, the number of directions, > d.</param>
/// <param name="Centre">The coordinates c₀, row-major c×d: the unit directions themselves for a rigid form.</param>
/// <param name="Drift">The curve along which it drifts; null for a rigid form.</param>
public sealed record Form(string Name, int Dim, int Directions, double[] Centre, FormDrift? Drift)
{
    /// <summary>For each direction the number of its orbit under the symmetry group.</summary>
    public required IReadOnlyList<int> OrbitOf { get; init; }

    /// <summary>Order of the group of permutations of the directions that keep every angle.</summary>
    public required BigInteger Symmetries { get; init; }

    /// <summary>The invariants, which do not depend on the sweeps in which it was found.</summary>
    public required FormInvariants Invariants { get; init; }

    /// <summary>Where it was found; null for a form whose origin was not kept.</summary>
    public FormOrigin? Origin { get; init; }

    /// <summary>The minimum of the loss in the sparse limit that it is; null for none, or where minima were not searched.</summary>
    public FormGroundState? GroundState { get; init; }

    /// <summary>Number of random starts from which minima of the sparse limit were searched; 0 where they were not.</summary>
    public int GroundStateStarts { get; init; }

    /// <summary>The numbers that its p-values are computed from; null where they are computed on first use.</summary>
    public ShapeSignificance? Significance { get; init; }

    /// <summary>The form as a shape for the matcher, a fresh instance.</summary>
    public Shape ToShape() =>
        Drift is null
            ? new Shape(Name, Dim, Directions, Centre, FormFit.Source) { Significance = Significance }
            : FormFit.CurveShape(Name, Dim, Directions, Centre, Drift.Slope, Drift.Bend, Drift.Range, Significance);

    /// <summary>The unit directions at the middle of the drift, row-major c×d, a fresh array.</summary>
    public double[] Vertices() => ToShape().Vertices();
}

/// <summary>A one-parameter curve of configurations: x(t) = unit(c₀ + t·c₁ + t²·c₂) for −range ≤ t ≤ range.</summary>
/// <param name="Slope">c₁, row-major c×d.</param>
/// <param name="Bend">c₂, row-major c×d.</param>
/// <param name="Range">Largest |t|; the runs to which the curve was fitted lie between −1 and 1.</param>
public sealed record FormDrift(double[] Slope, double[] Bend, double Range);

/// <summary>The runs in which a form was found.</summary>
/// <param name="Runs">Number of runs that have it.</param>
/// <param name="Sweeps">Number of labelled folders that have it.</param>
/// <param name="Features">Least and largest n.</param>
/// <param name="Hidden">Least and largest m.</param>
/// <param name="Density">Least and largest density; NaN where it is not known.</param>
/// <param name="LowLossShare">Of the runs in the better half (by loss) of the cells where it occurs, the share that has it; NaN where
/// losses are not known.</param>
/// <param name="LogRecurrence">log₁₀ of the probability that random directions recur as often (<see cref="Recurrence"/>).</param>
/// <param name="SpreadDegrees">RMS residual of the runs to the form.</param>
public sealed record FormOrigin(
    int Runs,
    int Sweeps,
    (int Low, int High) Features,
    (int Low, int High) Hidden,
    (double Low, double High) Density,
    double LowLossShare,
    double LogRecurrence,
    double SpreadDegrees
)
{
    /// <summary>The distinct angles, ascending, with their spread over the runs; empty for forms of little symmetry.</summary>
    public IReadOnlyList<OrbitAngle> Angles { get; init; } = [];
}

/// <summary>The minimum of the loss in the sparse limit that a form is.</summary>
/// <param name="Rank">Its place among the minima of its size by energy, 1 for the ground state.</param>
/// <param name="Energy">Σ_i H_i/3.</param>
/// <param name="Share">Share of random starts that ended in it.</param>
/// <param name="ResidualDegrees">Residual between the form and the minimum, degrees.</param>
public sealed record FormGroundState(int Rank, double Energy, double Share, double ResidualDegrees);

/// <summary>Invariants of a form, at the middle of its drift.</summary>
public sealed record FormInvariants
{
    /// <summary>The distinct angles as a cell of a table, angle×pairs in degrees; empty where there are too many.</summary>
    public required string AnglesText { get; init; }

    /// <summary>Whether every direction has its opposite.</summary>
    public required bool Antipodal { get; init; }

    /// <summary>Whether the directions are a tight frame.</summary>
    public required bool Tight { get; init; }

    /// <summary>Largest t for which they are a spherical t-design; 0 for none.</summary>
    public required int DesignStrength { get; init; }

    /// <summary>Whether all lines through the directions meet at one angle.</summary>
    public required bool Equiangular { get; init; }

    /// <summary>Number of parameters that the symmetries leave free; 0 where they determine the form.</summary>
    public required int FreeParameters { get; init; }

    /// <summary>The cosines that have a closed form, ascending, as text, for example <c>-1/4</c>.</summary>
    public required IReadOnlyList<string> ExactCosines { get; init; }

    /// <summary>Smallest angle between two directions, degrees.</summary>
    public required double SmallestAngleDegrees { get; init; }

    /// <summary>The smallest angle of the best known code with as many directions, degrees; NaN where it is not tabulated.</summary>
    public required double BestCodeDegrees { get; init; }

    /// <summary>D_i = 1/Σ_j cos²∠(x_i, x_j) of each orbit, in the order of the orbits.</summary>
    public required IReadOnlyList<double> Dimensionalities { get; init; }

    /// <summary>Coulomb energy divided by the least known energy, less 1.</summary>
    public required double ThomsonExcess { get; init; }

    /// <summary>‖(d/c)·Σ x xᵀ − 1‖_F/√d; 0 for a tight frame.</summary>
    public required double FrameDefect { get; init; }

    /// <summary>
    /// Empty for a proper form. Otherwise the formula with which its directions are labelled although the form is known: they are then a
    /// direct sum, or a shape with a name, and no form.
    /// </summary>
    public string Defect { get; init; } = "";
}
