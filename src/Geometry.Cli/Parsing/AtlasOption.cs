using System.CommandLine;
using Geometry.Atlas;
using Geometry.Reports.Atlas;
using Geometry.Shapes;
using Geometry.Storage.Results;

namespace Geometry.Cli.Parsing;

/// <summary><c>--atlas</c>: the forms that are known besides the shapes.</summary>
/// <param name="description">How the verb uses them.</param>
internal sealed class AtlasOption(string description)
{
    /// <summary>The word that switches the built-in atlas off.</summary>
    public const string None = "none";

    public Option<string?> Option { get; } = new("--atlas") { Description = description, HelpName = "path|none" };

    /// <summary>The built-in atlas with the given one; empty for <c>none</c>.</summary>
    /// <exception cref="ResultsException">The atlas cannot be read, or one of its names is taken.</exception>
    public FormAtlas Atlas(ParseResult parsed) =>
        parsed.GetValue(Option) switch
        {
            null => FormAtlas.BuiltIn,
            None => FormAtlas.Empty,
            string path => Added(path),
        };

    private static FormAtlas Added(string path)
    {
        FormAtlas named = AtlasFolder.Read(path);
        return FormAtlas.BuiltIn.Clash(named) is { } name
            ? throw new ResultsException(
                $"{path}: {name} is another form than the one which the built-in atlas calls so; expected names that go on from it, "
                    + $"as geometry atlas gives them without --atlas none"
            )
            : FormAtlas.BuiltIn.With(named);
    }

    /// <summary>The catalogue for labelling: the shapes and the forms of the atlas.</summary>
    public ShapeCatalogue Catalogue(ParseResult parsed) =>
        parsed.GetValue(Option) is null ? FormAtlas.BuiltInCatalogue : Atlas(parsed).Catalogue();
}
