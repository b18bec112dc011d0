using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Geometry.Shapes.Catalogue;
using Geometry.Shapes.Families;

namespace Geometry.Shapes;

/// <summary>
/// A set of shapes, found by name or by (dim, count). <see cref="Default"/> holds the irreducible optimal spherical codes and polytopes
/// that trained models are known to learn, and the families without a size limit; adding a shape is adding one entry to a file of the
/// Catalogue folder.
/// </summary>
/// <remarks>
/// Nothing reducible belongs in it: those are sums of shapes, see <see cref="ReducibleNames"/>. The families are p-gons, simplex-k,
/// diplosimplex-k, line-frame(k,2L), demicube-k and rectified-k-simplex, up to 4096 vertices: a member is made on the first use of its name
/// or its size, and kept. Instances are thread-safe.
/// </remarks>
public sealed class ShapeCatalogue
{
    private readonly Dictionary<string, Shape> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Dim, int Count), Shape[]> _bySize = [];
    private readonly Dictionary<(int Dim, int Count), Shape[]> _forms = [];
    private readonly bool _families;
    private string? _fingerprint;
    private readonly ConcurrentDictionary<string, Shape> _members = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(int Dim, int Count), Shape[]> _withMembers = new();

    /// <summary>A catalogue of the given shapes, in their order.</summary>
    /// <param name="shapes">The shapes.</param>
    /// <param name="families">Whether the families belong to it too.</param>
    /// <exception cref="ArgumentException">Two shapes share a name.</exception>
    public ShapeCatalogue(IEnumerable<Shape> shapes, bool families = false)
        : this(shapes, families, []) { }

    private ShapeCatalogue(IEnumerable<Shape> shapes, bool families, IEnumerable<Shape> forms)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        Shapes = [.. shapes];
        Forms = [.. forms];
        _families = families;
        foreach (Shape shape in Shapes.Concat(Forms))
        {
            if (!_byName.TryAdd(shape.Name, shape))
                throw new ArgumentException($"two shapes are called '{shape.Name}'", nameof(shapes));
        }
        foreach (var group in Shapes.GroupBy(s => (s.Dim, s.Count)))
            _bySize.Add(group.Key, [.. group]);
        foreach (var group in Forms.GroupBy(s => (s.Dim, s.Count)))
            _forms.Add(group.Key, [.. group]);
    }

    /// <summary>The built-in catalogue.</summary>
    public static ShapeCatalogue Default { get; } =
        new(
            [.. Segments.All, .. RegularPolygons.All, .. Simplices.All, .. AxialFamilies.All, .. Polytopes.All, .. SphericalCodes.All],
            families: true
        );

    /// <summary>The entries, in the catalogue's order, without the members of families.</summary>
    public IReadOnlyList<Shape> Shapes { get; }

    /// <summary>The forms of an atlas: recurring shapes without a name in geometry, which are tried where no shape is accepted.</summary>
    public IReadOnlyList<Shape> Forms { get; }

    /// <summary>The same catalogue with the given forms in place of its own.</summary>
    /// <exception cref="ArgumentException">A form has the name of a shape, or two forms share one.</exception>
    public ShapeCatalogue With(IEnumerable<Shape> forms) => new(Shapes, _families, forms);

    /// <summary>A text that changes with the forms: 16 hexadecimal digits, or none without forms.</summary>
    public string FormsFingerprint => Forms.Count == 0 ? "none" : _fingerprint ??= Fingerprint();

    /// <summary>The forms of one size, in the atlas's order.</summary>
    public IReadOnlyList<Shape> FormsOfSize(int dim, int count) => _forms.TryGetValue((dim, count), out Shape[]? forms) ? forms : [];

    /// <summary>
    /// The shapes of one size: first entries in the catalogue's order, then members of families, those with free moduli last. Empty where
    /// there is none.
    /// </summary>
    public IReadOnlyList<Shape> OfSize(int dim, int count)
    {
        if (!_families || !ShapeFamilies.MayHave(dim, count))
            return _bySize.TryGetValue((dim, count), out Shape[]? entries) ? entries : [];
        return _withMembers.TryGetValue((dim, count), out Shape[]? found) ? found : AddMembers(dim, count);
    }

    /// <summary>
    /// Finds a shape by its exact name, or by the spelling that its family gives it (<c>simplex-3</c> is the tetrahedron).
    /// </summary>
    public bool TryFind(string name, [NotNullWhen(true)] out Shape? shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byName.TryGetValue(name, out shape) || _members.TryGetValue(name, out shape))
            return true;
        if (!_families || ShapeFamilies.Read(name) is not { Canonical: { } canonical } meant)
            return false;
        shape = meant.Make is null ? _byName.GetValueOrDefault(canonical) : Member(meant);
        return shape is not null;
    }

    /// <summary>Finds a shape by its exact name, or by the spelling that its family gives it.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest, or says why the family has no such
    /// member.</exception>
    public Shape Find(string name) =>
        TryFind(name, out Shape? shape) ? shape : throw new ArgumentException($"unknown shape {WhyNot(name)}", nameof(name));

    /// <summary>
    /// The known name (of a shape, of a member of a family or of a reducible polytope) with the smallest edit distance; of equal ones the
    /// first.
    /// </summary>
    public string NearestName(string name)
    {
        IEnumerable<string> known = Shapes.Concat(Forms).Select(s => s.Name).Concat(ReducibleNames.Fixed.Keys);
        return Words.NearestName.Of(name, _families ? known.Concat(ShapeFamilies.Near(name)) : known);
    }

    /// <summary>Why there is no shape of that name, as the end of a message that begins with what was expected.</summary>
    internal string WhyNot(string name) =>
        ShapeMatch.IsIrregular(name) ? $"'{name}', which labels say of what has no name: no vectors belong to it"
        : _families && ShapeFamilies.Read(name)?.Refusal is { } refusal ? refusal
        : _families && ShapeFamilies.MissingNumber(name, NearestName(name)) is { } hint ? $"'{name}'; {hint}"
        : $"'{name}'; the nearest is '{NearestName(name)}'";

    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Shape form in Forms)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(form.Name));
            // A drift is determined by its two ends and its middle.
            foreach (double t in form.Parameter is { } p ? (double[])[p.Low, p.Typical, p.High] : [double.NaN])
                hash.AppendData(MemoryMarshal.AsBytes(form.Vertices(t).AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private Shape[] AddMembers(int dim, int count)
    {
        Shape[] entries = _bySize.GetValueOrDefault((dim, count), []);
        return _withMembers.GetOrAdd((dim, count), _ => [.. entries, .. ShapeFamilies.OfSize(dim, count).Select(Member)]);
    }

    private Shape Member(FamilyName name) => _members.GetOrAdd(name.Canonical!, _ => new Shape(name.Make!()));
}
