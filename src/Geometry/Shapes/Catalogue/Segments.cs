namespace Geometry.Shapes.Catalogue;

/// <summary>The two shapes of a line: one direction of its own, and two opposite ones.</summary>
internal static class Segments
{
    private const string Source = "N. Elhage et al., Toy Models of Superposition, 2022, arXiv:2209.10652";

    public static IEnumerable<Shape> All { get; } = [new("dedicated", 1, 1, [1], Source), new("antipode", 1, 2, [1, -1], Source)];
}
