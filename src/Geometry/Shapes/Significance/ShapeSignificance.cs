namespace Geometry.Shapes.Significance;

/// <summary>
/// What the p-values of a shape and the end of a search rest on, computed once: tens of milliseconds for a shape without symmetries.
/// </summary>
/// <param name="Gap">How nearly the shape is symmetric beyond its symmetries (<see cref="Matching.AmbiguityGap"/>), radians; +∞ for not at
/// all.</param>
/// <param name="Terms">The tube's terms (<see cref="TubeVolume"/>).</param>
/// <param name="Curvature">The tube's correction (<see cref="TubeCorrection"/>), per square radian.</param>
public sealed record ShapeSignificance(double Gap, IReadOnlyList<(int Power, double LogCoefficient)> Terms, double Curvature)
{
    /// <summary>Computes it.</summary>
    /// <param name="shape">A shape of two or more dimensions that is no member of a family.</param>
    public static ShapeSignificance Of(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        TubeVolume tube = TubeVolume.Of(shape);
        return new ShapeSignificance(shape.Geometry.Gap, tube.Terms, tube.Curvature);
    }
}
