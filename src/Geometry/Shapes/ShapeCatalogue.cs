using System.Diagnostics.CodeAnalysis;
using Geometry.Shapes.Catalogue;

namespace Geometry.Shapes;

/// <summary>
/// A set of shapes, found by name or by (dim, count). <see cref="Default"/> holds the irreducible optimal spherical codes and
/// polytopes that trained models are known to learn; adding a shape is adding one entry to a file of the Catalogue folder.
/// </summary>
/// <remarks>Nothing reducible belongs in it: those are sums of shapes, see <see cref="ReducibleNames"/>.</remarks>
public sealed class ShapeCatalogue
{
    private readonly Dictionary<string, Shape> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Dim, int Count), Shape[]> _bySize = [];

    /// <summary>A catalogue of the given shapes, in their order.</summary>
    /// <exception cref="ArgumentException">Two shapes share a name.</exception>
    public ShapeCatalogue(IEnumerable<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        Shapes = [.. shapes];
        foreach (Shape shape in Shapes)
        {
            if (!_byName.TryAdd(shape.Name, shape)) throw new ArgumentException($"two shapes are called '{shape.Name}'", nameof(shapes));
        }
        foreach (var group in Shapes.GroupBy(s => (s.Dim, s.Count))) _bySize.Add(group.Key, [.. group]);
    }

    /// <summary>The built-in catalogue.</summary>
    public static ShapeCatalogue Default { get; } = new(
        [.. Segments.All, .. RegularPolygons.All, .. Simplices.All, .. AxialFamilies.All, .. Polyhedra.All, .. Polychora.All, .. HigherPolytopes.All, .. SphericalCodes.All]);

    /// <summary>All shapes, in the catalogue's order.</summary>
    public IReadOnlyList<Shape> Shapes { get; }

    /// <summary>The shapes of one size, in the catalogue's order; empty where there is none.</summary>
    public IReadOnlyList<Shape> OfSize(int dim, int count) => _bySize.TryGetValue((dim, count), out Shape[]? found) ? found : [];

    /// <summary>Finds a shape by its exact name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out Shape? shape) => _byName.TryGetValue(name, out shape);

    /// <summary>Finds a shape by its exact name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public Shape Find(string name) =>
        TryFind(name, out Shape? shape) ? shape : throw new ArgumentException($"unknown shape '{name}'; the nearest name is '{NearestName(name)}'", nameof(name));

    /// <summary>The known name (of a shape or of a reducible polytope) with the smallest edit distance, first in order on a tie.</summary>
    public string NearestName(string name) => Configurations.NearestName.Of(name, Shapes.Select(s => s.Name).Concat(ReducibleNames.Fixed.Keys));
}
