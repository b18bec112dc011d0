using Geometry.Shapes;

namespace Geometry.Reports.Phases;

/// <summary>
/// One colour per label, the same in every figure, terminal and theme; shapes of summands have the colours of the labels.
/// </summary>
/// <remarks>
/// The frequent labels have the colours of Okabe and Ito (<i>Color Universal Design</i>, 2008), which are distinct under the three kinds of
/// colour blindness. Most other shapes have a fixed colour of Paul Tol's muted scheme (SRON technical note, 2021). A name that is not
/// listed has one of four more colours, by a hash of its text: the same in every report, and never that of a listed name. Two such names
/// may share a colour, but colour is never the only sign: every label also has a one-letter code, and figures show its name under the
/// pointer.
/// </remarks>
public static class LabelColors
{
    private static readonly Dictionary<string, (int Color, char Code)> s_known = new(StringComparer.Ordinal)
    {
        ["none"] = (0xBBBBBB, '·'),
        ["orthogonal"] = (0x0072B2, 'O'),
        ["dedicated"] = (0x0072B2, 'O'),
        ["antipodal"] = (0x56B4E9, 'A'),
        ["antipode"] = (0x56B4E9, 'A'),
        ["tegum-product"] = (0x009E73, '+'),
        ["irregular"] = (0x777777, '?'),
        ["pentagon"] = (0xE69F00, 'P'),
        ["triangle"] = (0xD55E00, 'T'),
        ["tetrahedron"] = (0xCC79A7, 'D'),
        ["square-antiprism"] = (0xF0E442, 'Q'),
        ["hexagon"] = (0x882255, 'H'),
        ["heptagon"] = (0xDDCC77, '7'),
        ["octagon"] = (0x999933, '8'),
        ["triangular-prism"] = (0x44AA99, 'R'),
        ["cube"] = (0x332288, 'C'),
        ["icosahedron"] = (0xAA4499, 'I'),
        ["tricapped-triangular-prism"] = (0x117733, 'G'),
        ["gyroelongated-square-bipyramid"] = (0xCC6677, 'B'),
        ["simplex-4"] = (0x661100, '4'),
        ["simplex-5"] = (0xFFAABB, '5'),
        ["rectified-5-cell"] = (0xA070FF, 'X'),
        ["code(3,7)"] = (0xFFD0FF, 'c'),
        ["code(3,10)"] = (0xA0FFD0, 'k'),
    };

    private const string Spare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly int[] s_further = [0xC8E020, 0xD01040, 0x701070, 0xA010FF];

    /// <summary>Labels with colours of their own, most basic first.</summary>
    public static IReadOnlyCollection<string> Known => s_known.Keys;

    /// <summary>The colour of a label or shape, 0xRRGGBB.</summary>
    public static int Of(string name) =>
        s_known.TryGetValue(Class(name), out (int Color, char Code) known) ? known.Color : s_further[Hash(name) % (uint)s_further.Length];

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public static string Hex(string name) => "#" + Of(name).ToString("x6", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One character for a label: known ones have their own, others the first letter of their names in lower case.</summary>
    public static char Code(string name) =>
        s_known.TryGetValue(Class(name), out (int Color, char Code) known) ? known.Code
        : name.Length > 0 ? char.ToLowerInvariant(name[0])
        : '·';

    /// <summary>One character per label, all different while there are letters and digits left.</summary>
    public static IReadOnlyDictionary<string, char> Codes(IEnumerable<string> labels)
    {
        var codes = new Dictionary<string, char>(StringComparer.Ordinal);
        foreach (string label in labels)
        {
            char code = Code(label);
            if (codes.ContainsValue(code))
                code = Spare.FirstOrDefault(c => !codes.ContainsValue(c), '*');
            codes.Add(label, code);
        }
        return codes;
    }

    /// <summary>Colours for names that have none of their own.</summary>
    internal static IReadOnlyList<int> Further => s_further;

    /// <summary>Whether black text is easier to read on the colour than white (WCAG 2.1 contrast).</summary>
    public static bool TakesBlackInk(int color) => Luminance(color) > 0.179;

    private static string Class(string name) =>
        ShapeMatch.IsIrregular(name) ? "irregular"
        : name.Length == 0 ? "none"
        : name;

    private static double Luminance(int color) =>
        (0.2126 * Linear((color >> 16) & 255)) + (0.7152 * Linear((color >> 8) & 255)) + (0.0722 * Linear(color & 255));

    private static double Linear(int channel)
    {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    /// <summary>FNV-1a, the same in every process.</summary>
    private static uint Hash(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
