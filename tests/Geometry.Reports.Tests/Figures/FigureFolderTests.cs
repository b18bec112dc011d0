using System.Xml.Linq;
using Geometry.Reports.Figures;
using Geometry.Reports.Html;
using Xunit;

namespace Geometry.Reports.Tests.Figures;

public class FigureFolderTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void EveryFigureIsAnSvgWithATitle()
    {
        using LabelledFolder folder = LabelledFolder.Of(
            ("poster_n5_m2_s0.npz", "<b>&.npz"),
            ("uni_n8_m3_s0.npz", "uni.npz"),
            ("n20_m5.npz", "n20.npz")
        );
        File.WriteAllText(
            folder["conjecture.csv"],
            "formula,noise_in,sigma,method,trials,recovered,rate,rate_low,rate_high,formula_rate\n3 + "
                + "3,ambient,0,gram,10,10,1,1,1,1\n3 + 3,ambient,0.1,gram,10,4,.4,.2,.6,.3\n"
        );
        ReportModel model = ReportReader.Read(folder.Path, new ReportOptions());
        IReadOnlyList<string> names = FigureFolder.Write(model, folder["figures"]);
        Assert.Superset(
            new HashSet<string>
            {
                "phase.svg",
                "shares.svg",
                "dims.svg",
                "dimensionality.svg",
                "recovery.svg",
                "run-00.svg",
                "run-00-gram.svg",
            },
            new HashSet<string>(names)
        );
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name =>
        {
            XElement svg = XDocument.Load(Path.Combine(folder["figures"], name)).Root!;
            Assert.Equal(s_svg + "svg", svg.Name);
            Assert.NotEmpty(svg.Element(s_svg + "title")!.Value);
            Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), a =>
                a.Value.Contains("NaN", StringComparison.Ordinal) || a.Value.Contains('∞', StringComparison.Ordinal)
            );
        });
    }

    [Fact]
    public void ThePhaseDiagramHasARectangleACell()
    {
        using LabelledFolder folder = LabelledFolder.Of(("poster_n5_m2_s0.npz", "poster.npz"));
        FigureFolder.Write(ReportReader.Read(folder.Path, new ReportOptions()), folder["figures"]);
        XElement svg = XDocument.Load(folder["figures/phase.svg"]).Root!;
        XElement[] cells = [.. svg.Elements(s_svg + "rect").Where(r => r.Element(s_svg + "title") is not null)];
        Assert.Equal(50, cells.Length);
        Assert.Equal(17, cells.Count(c => c.Attribute("fill")!.Value == "#e69f00"));
        Assert.Equal("orthogonal 100 %", cells[0].Value);
    }
}
