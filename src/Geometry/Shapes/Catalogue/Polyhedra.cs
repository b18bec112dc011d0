namespace Geometry.Shapes.Catalogue;

/// <summary>Rigid polyhedra, (3, c). The octahedron is absent: it is three antipodes.</summary>
internal static class Polyhedra
{
    private const string Source = "H. S. M. Coxeter, Regular Polytopes, §3.7";
    private static readonly double Golden = (1 + Math.Sqrt(5)) / 2;

    public static IEnumerable<Shape> All { get; } =
    [
        new("cube", 3, 8, VertexSets.Orbit([1, 1, 1], Permutations.None), Source),
        new("icosahedron", 3, 12, VertexSets.Orbit([0, 1, Golden], Permutations.Cyclic), Source),
        new("cuboctahedron", 3, 12, VertexSets.Orbit([1, 1, 0], Permutations.All), Source),
        new(
            "dodecahedron",
            3,
            20,
            [.. VertexSets.Orbit([1, 1, 1], Permutations.None), .. VertexSets.Orbit([0, 1 / Golden, Golden], Permutations.Cyclic)],
            Source
        ),
    ];
}
