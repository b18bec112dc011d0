using Geometry.Reports.Phases;
using Xunit;

namespace Geometry.Reports.Tests.Phases;

public class LabelColorsTests
{
    // Labels that share most phase diagrams.
    private static readonly string[] s_frequent =
    [
        "none",
        "orthogonal",
        "antipodal",
        "tegum-product",
        "irregular",
        "pentagon",
        "triangle",
        "square-antiprism",
        "tetrahedron",
    ];

    // Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB.
    private static readonly double[][] s_eyes =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    ];

    [Fact]
    public void FrequentLabelsStayApartForEveryEye()
    {
        var close = new List<string>();
        for (int eye = 0; eye < s_eyes.Length; eye++)
        {
            for (int i = 0; i < s_frequent.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double distance = Distance(
                        Lab(LabelColors.Of(s_frequent[i]), s_eyes[eye]),
                        Lab(LabelColors.Of(s_frequent[j]), s_eyes[eye])
                    );
                    if (distance < 10)
                        close.Add(FormattableString.Invariant($"{s_frequent[i]} and {s_frequent[j]}, eye {eye}: {distance:0.0}"));
                }
            }
        }
        Assert.Empty(close);
    }

    [Fact]
    public void SummandsHaveTheColourOfTheirLabel()
    {
        Assert.Equal(LabelColors.Hex("orthogonal"), LabelColors.Hex("dedicated"));
        Assert.Equal(LabelColors.Hex("antipodal"), LabelColors.Hex("antipode"));
        Assert.Equal(LabelColors.Hex("irregular"), LabelColors.Hex("irregular(3,8)"));
        Assert.Equal("#e69f00", LabelColors.Hex("pentagon"));
        Assert.Equal(LabelColors.Hex("code(3,7)"), LabelColors.Hex("code(3,7)"));
    }

    [Fact]
    public void NoTwoColoursAreNearlyTheSame()
    {
        int[] colors = [.. LabelColors.Known.Select(LabelColors.Of).Distinct(), .. LabelColors.Further];
        for (int i = 0; i < colors.Length; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.True(Distance(Lab(colors[i], s_eyes[0]), Lab(colors[j], s_eyes[0])) > 15, $"{colors[i]:x6} and {colors[j]:x6}");
        }
    }

    [Fact]
    public void CodesStayOneToALabel()
    {
        IReadOnlyDictionary<string, char> codes = LabelColors.Codes(["code(3,7)", "cube", "code(4,9)", "code(4,11)", "antipodal"]);
        Assert.Equal(["c", "C", "a", "b", "A"], codes.Values.Select(c => c.ToString()));
    }

    [Fact]
    public void InkCanBeReadOnEveryColour()
    {
        Assert.All(LabelColors.Known, name =>
        {
            double light = Luminance(LabelColors.Of(name));
            double contrast = LabelColors.TakesBlackInk(LabelColors.Of(name)) ? (light + 0.05) / 0.05 : 1.05 / (light + 0.05);
            Assert.True(contrast >= 4.5, $"{name}: {contrast}");
        });
    }

    private static double[] Linear(int color) =>
        [
            .. new[] { 16, 8, 0 }
                .Select(shift => ((color >> shift) & 255) / 255.0)
                .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
        ];

    private static double Luminance(int color) => Linear(color) is var l ? (0.2126 * l[0]) + (0.7152 * l[1]) + (0.0722 * l[2]) : 0;

    private static double[] Lab(int color, double[] eye)
    {
        double[] s = Linear(color);
        double[] rgb =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => Math.Clamp((eye[3 * i] * s[0]) + (eye[(3 * i) + 1] * s[1]) + (eye[(3 * i) + 2] * s[2]), 0, 1)),
        ];
        double x = ((0.4124 * rgb[0]) + (0.3576 * rgb[1]) + (0.1805 * rgb[2])) / 0.9505,
            y = (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]),
            z = ((0.0193 * rgb[0]) + (0.1192 * rgb[1]) + (0.9505 * rgb[2])) / 1.089;
        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16.0 / 116);
        return [(116 * F(y)) - 16, 500 * (F(x) - F(y)), 200 * (F(y) - F(z))];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b).Sum(p => (p.First - p.Second) * (p.First - p.Second)));
}
