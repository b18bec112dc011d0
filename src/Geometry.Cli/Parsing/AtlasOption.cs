using System.CommandLine;
using Geometry.Atlas;
using Geometry.Reports.Atlas;
using Geometry.Shapes;

namespace Geometry.Cli.Parsing;

/// <summary><c>--atlas</c>: the forms that are known beside the shapes.</summary>
/// <param name="description">What the verb does with it.</param>
internal sealed class AtlasOption(string description)
{
    /// <summary>The word that switches the built-in atlas off.</summary>
    public const string None = "none";

    public Option<string?> Option { get; } = new("--atlas") { Description = description, HelpName = "path|none" };

    /// <summary>The built-in atlas, with the one that is named; empty for <c>none</c>.</summary>
    /// <exception cref="Storage.Results.ResultsException">The atlas cannot be read.</exception>
    public FormAtlas Atlas(ParseResult parsed) => parsed.GetValue(Option) switch
    {
        null => FormAtlas.BuiltIn,
        None => FormAtlas.Empty,
        string path => FormAtlas.BuiltIn.With(AtlasFolder.Read(path)),
    };

    /// <summary>The shapes that labelling knows with it.</summary>
    public ShapeCatalogue Catalogue(ParseResult parsed) => parsed.GetValue(Option) is null ? FormAtlas.BuiltInCatalogue : Atlas(parsed).Catalogue();
}
