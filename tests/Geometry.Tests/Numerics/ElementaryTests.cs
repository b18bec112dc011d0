using Geometry.Numerics;
using Xunit;

namespace Geometry.Tests.Numerics;

/// <summary>Compares our elementary functions with those of the C library, which are within a unit of the last place.</summary>
public class ElementaryTests
{
    private const double Unit = 2.3e-16;

    [Fact]
    public void Exponentials() => Along(-700, 700, x => Close(Math.Exp(x), Elementary.Exp(x)));

    [Fact]
    public void Logarithms()
    {
        Along(-700, 700, x => Close(Math.Log(Math.Exp(x)), Elementary.Log(Math.Exp(x))));
        Along(0.4, 2.5, x => Close(Math.Log(x), Elementary.Log(x)));
        Close(Math.Log(1e-320), Elementary.Log(1e-320));
    }

    /// <summary>
    /// The runtime's own ln(1 + x) and eˣ − 1 cancel for small x, so that they are compared with the first terms of the series there.
    /// </summary>
    [Fact]
    public void SmallArguments()
    {
        Along(-40, -0.5, x =>
        {
            foreach (double small in new[] { Math.Exp(x), -Math.Exp(x) })
            {
                bool series = Math.Abs(small) < 1e-3;
                double log =
                    small * (1 - (small * (1.0 / 2 - (small * (1.0 / 3 - (small * (1.0 / 4 - (small * (1.0 / 5 - (small / 6))))))))));
                double exp = small * (1 + (small * (1.0 / 2 + (small * (1.0 / 6 + (small * (1.0 / 24 + (small / 120))))))));
                Close(series ? log : Math.Log(1 + small), Elementary.LogP1(small), series ? 3 : 3000);
                Close(series ? exp : Math.Exp(small) - 1, Elementary.ExpM1(small), series ? 3 : 3000);
            }
        });
    }

    [Fact]
    public void Powers()
    {
        Along(-30, 30, y => Close(Math.Pow(3.7, y), Elementary.Pow(3.7, y), 8));
        for (int n = -200; n <= 200; n++)
            Close(Math.Pow(0.9, n), Elementary.Pow(0.9, n));
        Close(-27, Elementary.Pow(-3, 3));
        Assert.Equal(
            [1.0, 0.0, 1.0, double.PositiveInfinity],
            [Elementary.Pow(0, 0), Elementary.Pow(0, 0.5), Elementary.Pow(2, 0), Elementary.Pow(1e200, 2)]
        );
        Assert.True(double.IsNaN(Elementary.Pow(-1, 0.5)));
    }

    [Fact]
    public void SinesAndCosines()
    {
        Along(-100, 100, x =>
        {
            (double sin, double cos) = Elementary.SinCos(x);
            Assert.Equal(Math.Sin(x), sin, 2 * Unit);
            Assert.Equal(Math.Cos(x), cos, 2 * Unit);
        });
        Along(-0.7, 0.7, x => Close(Math.Sin(x), Elementary.Sin(x)));
        Close(Math.Sin(Math.PI), Elementary.Sin(Math.PI));
        Close(Math.Cos(Math.PI / 2), Elementary.Cos(Math.PI / 2));
    }

    [Fact]
    public void Arcs()
    {
        Along(-1, 1, x =>
        {
            Close(Math.Acos(x), Elementary.Acos(x), 4);
            Close(Math.Asin(x), Elementary.Asin(x), 4);
            Close(Math.Atan(7 * x), Elementary.Atan(7 * x));
        });
        Along(-3.14159, 3.14159, a => Close(Math.Atan2(Math.Sin(a), Math.Cos(a)), Elementary.Atan2(Math.Sin(a), Math.Cos(a))));
        Assert.Equal([0, Math.PI, 0, Math.PI / 2], [Elementary.Acos(1), Elementary.Acos(-1), Elementary.Asin(0), Elementary.Asin(1)]);
    }

    [Fact]
    public void Ends()
    {
        Assert.Equal([0, double.PositiveInfinity, 1], [Elementary.Exp(double.NegativeInfinity), Elementary.Exp(1e9), Elementary.Exp(0)]);
        Assert.Equal(
            [double.NegativeInfinity, double.PositiveInfinity, 0],
            [Elementary.Log(0), Elementary.Log(double.PositiveInfinity), Elementary.Log(1)]
        );
        Assert.All(
            [
                Elementary.Log(-1),
                Elementary.Exp(double.NaN),
                Elementary.Acos(1.1),
                Elementary.Sin(double.NaN),
                Elementary.Sin(double.PositiveInfinity),
            ],
            v => Assert.True(double.IsNaN(v))
        );
        Close(double.Epsilon * 8, Elementary.Exp(Math.Log(double.Epsilon * 8)));
    }

    private static void Along(double from, double to, Action<double> check)
    {
        const int Steps = 20_011;
        for (int i = 0; i <= Steps; i++)
            check(from + ((to - from) * i / Steps));
    }

    private static void Close(double expected, double found, double units = 2) =>
        Assert.Equal(expected, found, units * Unit * Math.Abs(expected));
}
