using System.Globalization;

namespace Geometry.Shapes;

/// <summary>How well a set of directions agrees with its nearest catalogue shape.</summary>
/// <param name="Shape">The name for formulas: a catalogue name, or <c>irregular(dim,count)</c> when none was accepted.</param>
/// <param name="Nearest">The nearest catalogue entry of this dim and count, accepted or not; null where the catalogue has none.</param>
/// <param name="ResidualDegrees">RMS difference of the pairwise angles to <paramref name="Nearest"/>, degrees; NaN without one.</param>
/// <param name="PValue">Probability that as many random directions come at least as close to that shape; NaN without one.</param>
/// <param name="Parameter">The fitted parameter of a one-parameter family (for example z² of the square antiprism); NaN for a rigid
/// shape.</param>
public sealed record ShapeMatch(string Shape, string? Nearest, double ResidualDegrees, double PValue, double Parameter)
{
    private const string IrregularName = "irregular";

    /// <summary>The name <c>irregular(dim,count)</c> of directions without an accepted shape.</summary>
    public static string Irregular(int dim, int count) => string.Create(CultureInfo.InvariantCulture, $"{IrregularName}({dim},{count})");

    /// <summary>Whether a shape's name says that no shape was accepted.</summary>
    public static bool IsIrregular(string shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.StartsWith(IrregularName + "(", StringComparison.Ordinal);
    }

    /// <summary>True when a catalogue entry was accepted.</summary>
    public bool IsNamed => Nearest is not null && Shape == Nearest;
}

/// <summary>A match with the correspondence behind it.</summary>
/// <param name="Match">The match: name, residual and significance.</param>
/// <param name="Shape">The nearest shape, accepted or not.</param>
/// <param name="Assignment">The vertex of the shape that each direction corresponds to, length count.</param>
/// <param name="Reference">The shape's vertices carried to the data by the best orthogonal map, row-major count×dim in the data's
/// coordinates; row i belongs to direction i.</param>
public sealed record ShapeFit(ShapeMatch Match, Shape Shape, IReadOnlyList<int> Assignment, double[] Reference);
