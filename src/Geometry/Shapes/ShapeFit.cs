namespace Geometry.Shapes;

/// <summary>A match with the correspondence behind it.</summary>
/// <param name="Match">Name, residual, significance.</param>
/// <param name="Shape">The nearest shape, accepted or not.</param>
/// <param name="Assignment">The vertex of the shape that each direction corresponds to, length count.</param>
/// <param name="Reference"> The shape's vertices carried to the data by the best orthogonal map: row-major count×dim, row i belongs to
/// direction i, in the data's coordinates.
/// </param>
public sealed record ShapeFit(ShapeMatch Match, Shape Shape, IReadOnlyList<int> Assignment, double[] Reference);
