using System.Numerics;
using Geometry.Shapes;
using Geometry.Shapes.Significance;

namespace Geometry.Atlas;

/// <summary>A recurring shape that has no name in geometry.</summary>
/// <param name="Name"><c>form(d,c)s&lt;order of the symmetry group&gt;</c>, with a letter where forms share that.</param>
/// <param name="Dim">d, the dimension that the directions span, ≥ 2.</param>
/// <param name="Directions">c, the number of directions, > d.</param>
/// <param name="Centre">The coordinates c₀, row-major c×d: the unit directions themselves for a rigid form.</param>
/// <param name="Drift">How it drifts; null for a rigid form.</param>
public sealed record Form(string Name, int Dim, int Directions, double[] Centre, FormDrift? Drift)
{
    /// <summary>For each direction the number of its orbit under the symmetry group.</summary>
    public required IReadOnlyList<int> OrbitOf { get; init; }

    /// <summary>Order of the group of permutations of the directions that keep every angle.</summary>
    public required BigInteger Symmetries { get; init; }

    /// <summary>What is known of it without any sweep.</summary>
    public required FormInvariants Invariants { get; init; }

    /// <summary>Where it was found; null for a form whose origin was not kept.</summary>
    public FormOrigin? Origin { get; init; }

    /// <summary>Which minimum of the sparse limit it is; null for none, or where that was not looked for.</summary>
    public FormGroundState? GroundState { get; init; }

    /// <summary>Random starts from which minima of the sparse limit were looked for; 0: they were not.</summary>
    public int GroundStateStarts { get; init; }

    /// <summary>What its p-values rest on; null: computed when first asked for.</summary>
    public ShapeSignificance? Significance { get; init; }

    /// <summary>The form for the matcher, a fresh instance.</summary>
    public Shape ToShape() =>
        Drift is null
            ? new Shape(Name, Dim, Directions, Centre, Source) { Significance = Significance }
            : FormFit.CurveShape(Name, Dim, Directions, Centre, Drift.Slope, Drift.Bend, Drift.Range, Significance);

    /// <summary>The unit directions at the middle of the drift, row-major c×d, a fresh array.</summary>
    public double[] Vertices() => ToShape().Vertices();

    private const string Source = "found in trained models";
}

/// <summary>A one-parameter curve of configurations: x(t) = unit(c₀ + t·c₁ + t²·c₂) for −range ≤ t ≤ range.</summary>
/// <param name="Slope">c₁, row-major c×d.</param>
/// <param name="Bend">c₂, row-major c×d.</param>
/// <param name="Range">Largest |t|; the runs that it was fitted to lie between −1 and 1.</param>
public sealed record FormDrift(double[] Slope, double[] Bend, double Range);

/// <summary>Where a form was found.</summary>
/// <param name="Runs">Runs that hold it.</param>
/// <param name="Sweeps">Labelled folders that hold it.</param>
/// <param name="Features">Least and largest n.</param>
/// <param name="Hidden">Least and largest m.</param>
/// <param name="Density">Least and largest density; NaN where it is not known.</param>
/// <param name="LowLossShare">Of the runs in the better half (by loss) of the cells where it occurs, the share that holds it; NaN where
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
/// <param name="Share">Share of random starts that end in it.</param>
/// <param name="ResidualDegrees">How far the form is from it.</param>
public sealed record FormGroundState(int Rank, double Energy, double Share, double ResidualDegrees);

/// <summary>Invariants of a form, at the middle of its drift.</summary>
public sealed record FormInvariants
{
    /// <summary>The distinct angles as a cell of a table, angle×pairs in degrees; empty where there are too many to tell apart.</summary>
    public required string AnglesText { get; init; }

    /// <summary>Every direction has its opposite.</summary>
    public required bool Antipodal { get; init; }

    /// <summary>The directions are a tight frame.</summary>
    public required bool Tight { get; init; }

    /// <summary>Largest t for which they are a spherical t-design; 0 for none.</summary>
    public required int DesignStrength { get; init; }

    /// <summary>All lines through the directions meet at one angle.</summary>
    public required bool Equiangular { get; init; }

    /// <summary>Parameters that are left free by the symmetries; 0: they determine the form.</summary>
    public required int FreeParameters { get; init; }

    /// <summary>The cosines that have a closed form, ascending, as text, for example <c>-1/4</c>.</summary>
    public required IReadOnlyList<string> ExactCosines { get; init; }

    /// <summary>Smallest angle between two directions, degrees.</summary>
    public required double SmallestAngleDegrees { get; init; }

    /// <summary>The largest smallest angle known for so many directions, degrees; NaN where none is known here.</summary>
    public required double BestCodeDegrees { get; init; }

    /// <summary>D_i = 1/Σ_j cos²∠(x_i, x_j) of each orbit, in the order of the orbits.</summary>
    public required IReadOnlyList<double> Dimensionalities { get; init; }

    /// <summary>Coulomb energy over the least that is known, less 1.</summary>
    public required double ThomsonExcess { get; init; }

    /// <summary>‖(d/c)·Σ x xᵀ − 1‖_F/√d; 0 for a tight frame.</summary>
    public required double FrameDefect { get; init; }

    /// <summary>
    /// The formula that its directions are labelled with although the form is known: then they are a direct sum, or a shape with a name,
    /// and no form. Empty otherwise.
    /// </summary>
    public string Defect { get; init; } = "";
}
