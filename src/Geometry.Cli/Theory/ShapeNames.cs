using Geometry.Shapes;
using Geometry.Storage.Files;

namespace Geometry.Cli.Theory;

/// <summary>Reads names of shapes and forms, separated by commas outside parentheses.</summary>
internal static class ShapeNames
{
    /// <summary>The word for every shape and form of the catalogue.</summary>
    public const string All = "all";

    /// <param name="text">The value of the option.</param>
    /// <param name="option">The option, for messages.</param>
    /// <param name="catalogue">The catalogue with the names.</param>
    /// <param name="mostFeatures">Largest number of vertices of a shape; <see cref="All"/> leaves out larger ones.</param>
    /// <exception cref="InputException">A name is unknown, or a shape too large.</exception>
    public static Shape[] Read(string text, string option, ShapeCatalogue catalogue, int mostFeatures)
    {
        if (text.Trim() == All)
            return [.. catalogue.Shapes.Concat(catalogue.Forms).Where(s => s.Count <= mostFeatures)];
        return [.. Split(text).Select(name => Find(name, option, catalogue, mostFeatures))];
    }

    private static Shape Find(string name, string option, ShapeCatalogue catalogue, int mostFeatures)
    {
        if (!catalogue.TryFind(name, out Shape? shape))
            throw new InputException($"{option}: expected shapes, found '{name}'; the nearest is '{catalogue.NearestName(name)}'");
        return shape.Count <= mostFeatures
            ? shape
            : throw new InputException(
                FormattableString.Invariant($"{option}: expected at most {mostFeatures} features, found {shape.Count} in '{name}'")
            );
    }

    private static IEnumerable<string> Split(string text)
    {
        int depth = 0,
            start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (text[i] != ',' || depth > 0)
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }
        yield return text[start..].Trim();
    }
}
