namespace Geometry.Shapes;

/// <summary>The free parameter of a one-parameter family of shapes.</summary>
/// <param name="Name">What it is, for example <c>z²</c>: the squared height of a ring of vertices on the unit sphere.</param>
/// <param name="Low">Smallest value that still is this shape; below it vertices merge or the shape turns into another.</param>
/// <param name="High">Largest value.</param>
/// <param name="Typical">The value to draw or to synthesise: the best known spherical code or the tight frame of the family.</param>
public sealed record ShapeParameter(string Name, double Low, double High, double Typical);

/// <summary>Writes the unit vertices of a family member, row-major count×dim.</summary>
/// <param name="parameter">A value in [<see cref="ShapeParameter.Low"/>, <see cref="ShapeParameter.High"/>].</param>
/// <param name="vertices">Destination, count·dim entries, all of them to be written.</param>
public delegate void ShapeVertices(double parameter, Span<double> vertices);
