using Geometry.Labels;
using Geometry.Shapes;

namespace Geometry.Recovery;

/// <summary>
/// How the tables label: as <c>geometry label</c> does, or with <c>--atlas none</c> without the forms of the built-in atlas.
/// </summary>
internal static class Labelling
{
    /// <summary>The options of every table.</summary>
    public static LabelOptions Options { get; private set; } = new();

    /// <summary>Takes <c>--atlas none</c> out of the arguments and heeds it.</summary>
    public static string[] Take(string[] args)
    {
        int at = Array.IndexOf(args, "--atlas");
        if (at < 0)
            return args;
        if (at + 1 == args.Length || args[at + 1] != "none")
            throw new ArgumentException("--atlas: expected 'none'");
        Options = new LabelOptions { Catalogue = ShapeCatalogue.Default };
        return [.. args[..at], .. args[(at + 2)..]];
    }
}
