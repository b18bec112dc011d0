using System.Globalization;
using System.Text;
using Geometry.Reports.Figures;
using Geometry.Shapes;

namespace Geometry.ShapePages;

/// <summary>docs/shapes.md with its pictures, made of the catalogue.</summary>
internal static class ShapePage
{
    public const string Name = "shapes.md";
    private const int MostColumns = 140,
        MostAngles = 4,
        MostCorners = 12;

    /// <summary>The members of families that the page shows, beside those that are entries of the catalogue.</summary>
    private static readonly string[] s_members =
    [
        "diplosimplex-4",
        "diplosimplex-5",
        "line-frame(3,10)",
        "line-frame(4,12)",
        "demicube-6",
        "rectified-5-simplex",
    ];

    /// <summary>Every file, its path from the folder docs and its text.</summary>
    public static IReadOnlyList<(string Path, string Text)> Files()
    {
        ShapeCatalogue catalogue = ShapeCatalogue.Default;
        Shape[] members = [.. s_members.Select(catalogue.Find)],
            entries = [.. catalogue.Shapes.Where(s => s.Dim != 2 || s.Count <= MostCorners)];
        return [(Name, Page(entries, members)), .. entries.Concat(members).Select(s => ("shapes/" + FileOf(s), ShapeFigure.Svg(s)))];
    }

    private static string FileOf(Shape shape) =>
        shape.Name.Replace('(', '-').Replace(',', '-').Replace(")", "", StringComparison.Ordinal) + ".svg";

    private static string Page(IReadOnlyList<Shape> shapes, IReadOnlyList<Shape> members)
    {
        var page = new StringBuilder(
            """
            # The catalogue of shapes

            <!-- Made by `dotnet run -c Release --project tools/Geometry.Shapes`; a test compares it. -->

            These are the shapes that a summand can have. Each is irreducible: a square, an octahedron and every bipyramid are sums of
            smaller shapes and no entries (`2 antipode`, `3 antipode`, `triangle + antipode`). The names are terms of formulas, and
            `geometry synth` takes all of them. Pictures of shapes in three dimensions show the edges of the hull, those at the back
            dashed; those of higher dimension are shadows on the plane on which their symmetries of highest order turn, with the edges
            between nearest neighbours. "Symmetries" is the order of the symmetry group. "Angles" are the distinct angles between two
            vertices, with the number of pairs, of shapes that have at most four. Shapes with a range of t in the table are families over
            one parameter, t = z², the squared height of their rings; pictures and angles are at the typical value.

            """
        );
        foreach (IGrouping<int, Shape> dimension in shapes.GroupBy(s => s.Dim).OrderBy(g => g.Key))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {(dimension.Key == 1 ? "One dimension" : $"{dimension.Key} dimensions")}\n\n");
            Table(page, dimension);
            if (dimension.Key == 2)
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"\nRegular polygons go on in the same way: `{MostCorners + 1}-gon`, `{MostCorners + 2}-gon` and so on.\n"
                );
        }
        page.Append(
            """

            ## Families

            These families have members in any dimension, which are found and made without a limit but 4096 vertices:

            | name | what it is | small members |
            | --- | --- | --- |
            | `simplex-k` | k+1 vectors in R^k, every cosine −1/k | triangle, tetrahedron |
            | `diplosimplex-k` | a simplex and its negative: k+1 antipodal pairs in R^k, cosines ±1/k between lines | hexagon, cube |
            | `line-frame(k,2L)` | L antipodal pairs, k < L < 2k, whose lines are an equal-norm tight frame | L = k+1: `diplosimplex-k` |
            | `demicube-k` | every other vertex of the k-cube | tetrahedron, `5-demicube`; demicube-4 is four antipodes |
            | `rectified-k-simplex` | midpoints of the edges of a simplex | `rectified-5-cell` (k = 4); k = 3 is three antipodes |
            | `p-gon` | regular polygon | triangle, pentagon … octagon |

            A few of their members:


            """
        );
        Table(page, members);
        page.Append("\n## Where the coordinates come from\n\n");
        foreach (IGrouping<string, Shape> source in shapes.Concat(members).GroupBy(s => s.Source))
            Wrapped(page, $"- {string.Join(", ", source.Select(s => $"`{s.Name}`"))}: {source.Key}");
        return page.ToString();
    }

    private static void Table(StringBuilder page, IEnumerable<Shape> shapes)
    {
        bool ranges = shapes.Any(s => s.Parameter is not null);
        page.Append(
            ranges
                ? "| | name | vertices | symmetries | angles | t |\n| --- | --- | --- | --- | --- | --- |\n"
                : "| | name | vertices | symmetries | angles |\n| --- | --- | --- | --- | --- |\n"
        );
        foreach (Shape s in shapes)
        {
            string range =
                s.Parameter is { } p ? string.Create(CultureInfo.InvariantCulture, $" {p.Low:0.##} … {p.High:0.##} |")
                : ranges ? " |"
                : "";
            page.Append(
                CultureInfo.InvariantCulture,
                $"| ![](shapes/{FileOf(s)}) | `{s.Name}` | {s.Count} | {s.AutomorphismCount} | {Angles(s)} |{range}\n"
            );
        }
    }

    /// <summary>The distinct angles to a hundredth of a degree, ascending, each with its pairs.</summary>
    private static string Angles(Shape shape)
    {
        double[] x = shape.Vertices();
        var angles = new SortedDictionary<double, int>();
        for (int i = 0; i < shape.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double cosine = 0;
                for (int k = 0; k < shape.Dim; k++)
                    cosine += x[(i * shape.Dim) + k] * x[(j * shape.Dim) + k];
                double degrees = Math.Round(double.RadiansToDegrees(Math.Acos(Math.Clamp(cosine, -1, 1))), 2);
                angles[degrees] = angles.GetValueOrDefault(degrees) + 1;
            }
        }
        if (angles.Count == 0)
            return "";
        return angles.Count <= MostAngles
            ? string.Join(", ", angles.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key:0.##}° ×{a.Value}")))
            : string.Create(CultureInfo.InvariantCulture, $"{angles.Keys.First():0.##}° and {angles.Count - 1} more");
    }

    private static void Wrapped(StringBuilder page, string text)
    {
        int at = 0;
        foreach (string word in text.Split(' '))
        {
            if (at > 0 && at + 1 + word.Length > MostColumns)
            {
                page.Append("\n ");
                at = 1;
            }
            if (at > 0)
                page.Append(' ');
            page.Append(word);
            at += word.Length + (at > 0 ? 1 : 0);
        }
        page.Append('\n');
    }
}
