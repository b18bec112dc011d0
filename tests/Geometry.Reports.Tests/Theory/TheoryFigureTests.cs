using System.Xml.Linq;
using Geometry.Reports.Theory;
using Geometry.Shapes;
using Geometry.Theory;
using Xunit;

namespace Geometry.Reports.Tests.Theory;

public class TheoryFigureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void APhaseDiagramHasItsCellsAndTheCurvesBetweenThem(int features, int curves)
    {
        double[] densities = [1, 0.5, 0.25, 0.1],
            importances = [0.1, 1, 10];
        PhaseDiagramCell[] cells =
        [
            .. from p in densities
            from r in importances
            let best = IdealSolutions.Best(IdealSolutions.Losses(features, p, r)).ToString()
            select new PhaseDiagramCell(p, r, best, $"{best} <at> {p}"),
        ];
        XElement svg = XElement.Parse(PhaseDiagramFigure.Svg(cells, features));
        Assert.Equal(12, svg.Descendants(s_svg + "rect").Count(r => r.Element(s_svg + "title") is not null));
        Assert.Equal(curves, svg.Descendants(s_svg + "polyline").Count());
        Assert.Contains(svg.Descendants(s_svg + "text"), t => t.Value == "density");
    }

    [Fact]
    public void OneCellIsAFigureToo() =>
        Assert.NotNull(XElement.Parse(PhaseDiagramFigure.Svg([new PhaseDiagramCell(0.1, 2, "pair_last", "")], 2)));

    [Fact]
    public void GainsHaveALineAShape()
    {
        Shape[] shapes = [ShapeCatalogue.Default.Find("antipode"), ShapeCatalogue.Default.Find("pentagon")];
        XElement svg = XElement.Parse(GainsFigure.Svg(GainTable.Of(shapes, [0.2, 0.25, 0.3], 1)));
        Assert.Equal(2, svg.Descendants(s_svg + "polyline").Count());
    }

    /// <summary>A line and dots for a formula and what was measured; where none is known the dots are joined.</summary>
    [Fact]
    public void PairsHaveADotAWidthAndALineACurve()
    {
        PairCurve[] curves =
        [
            new("and, gaussian, constructed", [(250, 0.46, 0.459), (1000, 0.23, 0.2297)]),
            new("xor, trained, least-squares", [(64, 0.3, double.NaN), (128, 0.2, double.NaN)]),
        ];
        XElement svg = XElement.Parse(PairsFigure.Svg(curves));
        Assert.Equal(4, svg.Descendants(s_svg + "circle").Count());
        Assert.Equal(2, svg.Descendants(s_svg + "polyline").Count());
        Assert.Contains(svg.Descendants(s_svg + "text"), t => t.Value == "0.2");
        Assert.NotNull(XElement.Parse(PairsFigure.Svg([new("and, gaussian, constructed", [(250, 0.5, 0.5)])])));
    }
}
