using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Geometry.Configurations;
using Geometry.Measures.Topology;
using Geometry.RandomNumbers;
using Xunit;

namespace Geometry.Tests.Measures.Topology;

public partial class RipsPersistenceTests
{
    /// <summary>Degrees 1 and above from Ripser 1.2.1: degree birth death ×multiplicity.</summary>
    [Theory]
    [InlineData("pentagon", "1 1.1756 1.9021 ×1")]
    [InlineData("hexagon", "1 1.0000 1.7321 ×1", "2 1.7321 2.0000 ×1")]
    [InlineData("heptagon", "1 0.8678 1.9499 ×1")]
    [InlineData("octagon", "1 0.7654 1.8478 ×1", "3 1.8478 2.0000 ×1")]
    [InlineData("triangle")]
    [InlineData("tetrahedron")]
    [InlineData("2 antipode", "1 1.4142 2.0000 ×1")]
    [InlineData("3 antipode", "2 1.4142 2.0000 ×1")]
    [InlineData("square-antiprism", "1 1.1712 1.2877 ×1", "1 1.1712 1.6564 ×1", "2 1.6564 1.8969 ×1")]
    [InlineData("triangle + antipode", "1 1.4142 1.7321 ×2")]
    [InlineData("2 triangle", "1 1.4142 1.7321 ×4")]
    [InlineData("pentagon + antipode", "1 1.1756 1.4142 ×1", "2 1.4142 1.9021 ×1")]
    [InlineData("2 pentagon", "1 1.1756 1.4142 ×2", "3 1.4142 1.9021 ×1")]
    [InlineData("hexagon + pentagon", "1 1.0000 1.4142 ×1", "1 1.1756 1.4142 ×1", "3 1.4142 1.7321 ×1", "4 1.7321 1.9021 ×1")]
    [InlineData("2 octagon", "1 0.7654 1.4142 ×2", "3 1.4142 1.8478 ×1")]
    [InlineData("3 pentagon", "1 1.1756 1.4142 ×3", "5 1.4142 1.9021 ×1")]
    public void BarcodesOfSumsAreThoseOfTheJoin(string formula, params string[] expected)
    {
        FeatureConfiguration w = Configurations.Of(formula);
        IReadOnlyList<Bar> bars = RipsPersistence.Of(
            Configurations.Distances(w),
            w.Features,
            formula == "2 octagon" ? 3 : 5,
            tolerance: 1e-9
        );
        Assert.Equal(
            expected,
            bars.Where(b => b.Degree > 0)
                .GroupBy(b => string.Create(CultureInfo.InvariantCulture, $"{b.Degree} {b.Birth:0.0000} {b.Death:0.0000}"))
                .Select(g => $"{g.Key} ×{g.Count()}")
        );
        Assert.Equal(w.Features, bars.Count(b => b.Degree == 0));
    }

    [Fact]
    public void DegreeZeroIsTheMinimumSpanningTree()
    {
        double[] line = [0, 1, 3, 7];
        double[] distances = [.. from x in line from y in line select Math.Abs(x - y)];
        Assert.Equal(
            [new Bar(0, 0, 1), new Bar(0, 0, 2), new Bar(0, 0, 4), new Bar(0, 0, double.PositiveInfinity)],
            RipsPersistence.Of(distances, 4, 2)
        );
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void FewPointsHaveFewBars(int points, int bars) =>
        Assert.Equal(
            bars,
            RipsPersistence.Of([.. Enumerable.Range(0, points * points).Select(i => i % (points + 1) == 0 ? 0.0 : 1)], points, 3).Count
        );

    [Fact]
    public void PointsThatCoincideAreOne()
    {
        double[] twins = [0, 1e-12, 1, 1e-12, 0, 1, 1, 1, 0];
        Assert.Equal([new Bar(0, 0, 1), new Bar(0, 0, double.PositiveInfinity)], RipsPersistence.Of(twins, 3, 1, tolerance: 1e-9));
    }

    [Fact]
    public void TheOrderOfThePointsDoesNotMatter()
    {
        double[] points = Cloud(seed: 3, count: 24, dim: 3);
        int[] order = [.. Enumerable.Range(0, 24)];
        new GaussianSource(8).Shuffle(order);
        double[] shuffled = [.. order.SelectMany(i => points[(i * 3)..((i + 1) * 3)])];
        Assert.Equal(Bars(points, 24, 3, 3), Bars(shuffled, 24, 3, 3));
    }

    /// <summary>
    /// Random clouds of several sizes, on spheres and in balls, with twins among the points; intervals agree up to Ripser's single
    /// precision.
    /// </summary>
    [RipserFact]
    public void BarcodesOfRandomCloudsAreThoseOfRipser()
    {
        for (int trial = 0; trial < 60; trial++)
        {
            int dim = 1 + (trial % 5),
                count = 3 + (trial * 7 % 34),
                degree = trial % 6 == 5 ? 4 : Math.Min(3, dim);
            double[] points = Cloud(trial, count, dim);
            if (trial % 3 == 0)
                Normalise(points, dim);
            (int, double, double)[] ours =
            [
                .. Bars(points, count, dim, degree).Where(b => b.Death - b.Birth > 2e-6).Select(b => (b.Degree, b.Birth, b.Death)),
            ];
            (int, double, double)[] theirs = [.. Ripser(points, dim, degree).Where(b => !(b.Item3 - b.Item2 <= 2e-6))];
            Assert.Equal(theirs.Length, ours.Length);
            foreach (((int, double, double) a, (int, double, double) b) in theirs.Order().Zip(ours.Order()))
            {
                Assert.Equal(a.Item1, b.Item1);
                Assert.True(Near(a.Item2, b.Item2) && Near(a.Item3, b.Item3), $"trial {trial}: expected {a}, found {b}");
            }
        }
    }

    private static bool Near(double x, double y) => x == y || Math.Abs(x - y) <= 2e-5;

    private static IReadOnlyList<Bar> Bars(double[] points, int count, int dim, int degree) =>
        RipsPersistence.Of(Configurations.Distances(new FeatureConfiguration(dim, count, points)), count, degree);

    private static double[] Cloud(int seed, int count, int dim)
    {
        double[] points = new double[count * dim];
        new GaussianSource(seed).Normal(points);
        return points;
    }

    private static void Normalise(double[] points, int dim)
    {
        for (int i = 0; i < points.Length; i += dim)
        {
            double norm = Math.Sqrt(points.AsSpan(i, dim).ToArray().Sum(x => x * x));
            for (int k = 0; k < dim; k++)
                points[i + k] /= norm;
        }
    }

    private static List<(int, double, double)> Ripser(double[] points, int dim, int degree)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("geometry-ripser-").FullName, "cloud");
        File.WriteAllLines(
            file,
            points.Chunk(dim).Select(p => string.Join(' ', p.Select(x => x.ToString("R", CultureInfo.InvariantCulture))))
        );
        var start = new ProcessStartInfo(RipserFactAttribute.Path!) { RedirectStandardOutput = true };
        foreach (string argument in (string[])["--format", "point-cloud", "--dim", $"{degree}", file])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        var bars = new List<(int, double, double)>();
        int current = -1;
        foreach (string line in lines)
        {
            if (Heading().Match(line) is { Success: true } heading)
                current = int.Parse(heading.Groups[1].Value, CultureInfo.InvariantCulture);
            if (Interval().Match(line) is not { Success: true } interval)
                continue;
            double Number(int group) =>
                interval.Groups[group].Value.Trim() is { Length: > 0 } text
                    ? double.Parse(text, CultureInfo.InvariantCulture)
                    : double.PositiveInfinity;
            bars.Add((current, Number(1), Number(2)));
        }
        return bars;
    }

    [GeneratedRegex(@"intervals in dim (\d+)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^,]*),([^)]*)\)")]
    private static partial Regex Interval();
}
