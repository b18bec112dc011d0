using System.Reflection;
using Geometry.Shapes;

namespace Geometry.Atlas;

/// <summary>A set of forms.</summary>
/// <param name="Forms">The forms, most frequent first, with different names.</param>
/// <param name="Origin">Their origin, in one line.</param>
public sealed record FormAtlas(IReadOnlyList<Form> Forms, string Origin)
{
    private static readonly Lazy<FormAtlas> s_builtIn = new(ReadBuiltIn);
    private static readonly Lazy<ShapeCatalogue> s_catalogue = new(() => BuiltIn.Catalogue());

    /// <summary>An atlas without forms.</summary>
    public static FormAtlas Empty { get; } = new([], "");

    /// <summary>The atlas that comes with the program, made by <c>tools/atlas</c>.</summary>
    public static FormAtlas BuiltIn => s_builtIn.Value;

    /// <summary>The catalogue of shapes with the forms of the built-in atlas, which labelling uses by default.</summary>
    public static ShapeCatalogue BuiltInCatalogue => s_catalogue.Value;

    /// <summary>
    /// The catalogue of shapes with the forms of this atlas, without those that have a <see cref="FormInvariants.Defect"/>.
    /// </summary>
    public ShapeCatalogue Catalogue() =>
        Forms.Count == 0
            ? ShapeCatalogue.Default
            : ShapeCatalogue.Default.With(Forms.Where(f => f.Invariants.Defect.Length == 0).Select(f => f.ToShape()));

    /// <summary>This atlas with the forms of another whose names it does not have.</summary>
    public FormAtlas With(FormAtlas other)
    {
        ArgumentNullException.ThrowIfNull(other);
        HashSet<string> names = [.. Forms.Select(f => f.Name)];
        return this with { Forms = [.. Forms, .. other.Forms.Where(f => names.Add(f.Name))] };
    }

    /// <summary>A name that both atlases give, but to forms that differ by more than the tolerance; null for none.</summary>
    public string? Clash(FormAtlas other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Dictionary<string, Form> own = Forms.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return other.Forms.FirstOrDefault(f => own.TryGetValue(f.Name, out Form? mine) && !IsSame(mine, f))?.Name;
    }

    private static bool IsSame(Form a, Form b) =>
        double.RadiansToDegrees(
            Math.Min(ShapeMatcher.Comparer(a.ToShape())(b.Vertices()), ShapeMatcher.Comparer(b.ToShape())(a.Vertices()))
        ) <= AtlasOptions.DefaultTolerance(a.Dim, a.Directions);

    private static FormAtlas ReadBuiltIn()
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Geometry.Atlas.atlas.yaml");
        if (stream is null)
            return Empty;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return AtlasText.Read(memory.ToArray(), "the built-in atlas");
    }
}
