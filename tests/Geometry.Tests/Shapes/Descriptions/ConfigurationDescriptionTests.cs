using System.Numerics;
using Geometry.Shapes;
using Geometry.Shapes.Descriptions;
using Xunit;

namespace Geometry.Tests.Shapes.Descriptions;

public class ConfigurationDescriptionTests
{
    /// <summary>
    /// Name, angles, antipodal, tight, design strength, symmetries, orbits. The values are classical (Coxeter, Regular Polytopes; Delsarte,
    /// Goethals, Seidel 1977).
    /// </summary>
    public static TheoryData<string, string, bool, bool, int, long, int> Known =>
        new()
        {
            { "antipode", "180.00×1", true, true, 11, 2, 1 },
            { "triangle", "120.00×3", false, true, 2, 6, 1 },
            { "pentagon", "72.00×5 144.00×5", false, true, 4, 10, 1 },
            { "hexagon", "60.00×6 120.00×6 180.00×3", true, true, 5, 12, 1 },
            { "tetrahedron", "109.47×6", false, true, 2, 24, 1 },
            { "simplex-4", "104.48×10", false, true, 2, 120, 1 },
            { "cube", "70.53×12 109.47×12 180.00×4", true, true, 3, 48, 1 },
            { "cuboctahedron", "60.00×24 90.00×12 120.00×24 180.00×6", true, true, 3, 48, 1 },
            { "icosahedron", "63.43×30 116.57×30 180.00×6", true, true, 5, 120, 1 },
            { "dodecahedron", "41.81×30 70.53×60 109.47×60 138.19×30 180.00×10", true, true, 5, 120, 1 },
            { "rectified-5-cell", "80.41×30 131.81×15", false, true, 2, 120, 1 },
            { "tesseract", "60.00×32 90.00×48 120.00×32 180.00×8", true, true, 3, 384, 1 },
            { "24-cell", "60.00×96 90.00×72 120.00×96 180.00×12", true, true, 5, 1152, 1 },
            { "5-demicube", "78.46×80 126.87×40", false, true, 3, 1920, 1 },
            {
                "600-cell",
                "36.00×720 60.00×1200 72.00×720 90.00×1800 108.00×720 120.00×1200 144.00×720 180.00×60",
                true,
                true,
                11,
                14400,
                1
            },
        };

    [Theory, MemberData(nameof(Known))]
    public void Shapes_have_their_classical_values(
        string name,
        string angles,
        bool antipodal,
        bool tight,
        int design,
        long symmetries,
        int orbits
    )
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        ConfigurationDescription exact = ConfigurationDescription.Of(shape.Vertices(), shape.Dim, shape.Count, 0);
        Assert.Equal(
            (angles, antipodal, tight, design, new BigInteger(symmetries), orbits),
            (exact.AnglesText(), exact.Antipodal, exact.Tight, exact.DesignStrength, exact.Symmetries!.Value, exact.Orbits!.Value)
        );
    }

    [Theory, MemberData(nameof(Known))]
    public void Noise_rotation_and_permutation_change_nothing_but_the_means(
        string name,
        string angles,
        bool antipodal,
        bool tight,
        int design,
        long symmetries,
        int orbits
    )
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        (double Degrees, int Pairs)[] known =
        [
            .. angles.Split(' ').Select(a => (double.Parse(a.Split('×')[0], null), int.Parse(a.Split('×')[1], null))),
        ];
        foreach (double sigma in (ReadOnlySpan<double>)[1e-7, 0.001, 0.01, 0.02])
        {
            // At 0.02 the angles of the 600-cell, 12° apart with a noise of 1.6° each, overlap.
            if (name == "600-cell" && sigma > 0.01)
                continue;
            int right = 0;
            for (int seed = 0; seed < 20; seed++)
            {
                ConfigurationDescription d = ConfigurationDescription.Of(
                    Noisy(shape.Vertices(), shape.Dim, sigma, seed),
                    shape.Dim,
                    shape.Count,
                    sigma
                );
                bool same =
                    d.Angles.Select(a => a.Pairs).SequenceEqual(known.Select(k => k.Pairs))
                    && d.Antipodal == antipodal
                    && d.Tight == tight
                    && d.DesignStrength == design
                    && d.Symmetries == symmetries
                    && d.Orbits == orbits;
                if (same)
                    right++;
                if (d.Angles.Count != known.Length)
                    continue;
                // The angle of opposite directions with noise is less than 180°, by √2·σ·χ_{d−1} on average.
                double most = double.RadiansToDegrees(sigma) * (1.5 + Math.Sqrt(2.0 * shape.Dim));
                for (int k = 0; k < known.Length; k++)
                    Assert.InRange(d.Angles[k].Degrees, known[k].Degrees - most - 0.01, known[k].Degrees + most + 0.01);
            }
            Assert.True(right >= 18, $"{name} at σ = {sigma}: {right} of 20");
        }
    }

    [Fact]
    public void The_roots_of_E8_are_described_in_time()
    {
        double[] roots = [.. E8().SelectMany(r => r.Select(x => x / Math.Sqrt(2)))];
        foreach (double sigma in (ReadOnlySpan<double>)[0, 0.01])
        {
            ConfigurationDescription d = ConfigurationDescription.Of(Noisy(roots, 8, sigma, 1), 8, 240, sigma);
            Assert.Equal([6720, 15120, 6720, 120], d.Angles.Select(a => a.Pairs));
            Assert.Equal(
                (true, true, 7, new BigInteger(696729600), 1),
                (d.Antipodal, d.Tight, d.DesignStrength, d.Symmetries!.Value, d.Orbits!.Value)
            );
        }
    }

    [Fact]
    public void A_square_antiprism_has_sixteen_symmetries_whatever_its_height()
    {
        Shape shape = ShapeCatalogue.Default.Find("square-antiprism");
        foreach (double sigma in (ReadOnlySpan<double>)[0, 0.01, 0.02])
        {
            ConfigurationDescription d = ConfigurationDescription.Of(Noisy(shape.Vertices(), 3, sigma, 3), 3, 8, sigma);
            Assert.Equal((false, new BigInteger(16), 1), (d.Antipodal, d.Symmetries!.Value, d.Orbits!.Value));
            Assert.InRange(d.DesignStrength, 1, 2);
        }
    }

    [Fact]
    public void Two_kinds_of_vertices_are_two_orbits()
    {
        // A pentagon below an apex is neither balanced nor tight, and has the symmetries of the pentagon.
        double z = -0.3,
            r = Math.Sqrt(1 - (z * z));
        double[] pyramid =
        [
            .. Enumerable.Range(0, 5).SelectMany(i => (double[])[r * Math.Cos(0.4 * Math.PI * i), r * Math.Sin(0.4 * Math.PI * i), z]),
            0,
            0,
            1,
        ];
        foreach (double sigma in (ReadOnlySpan<double>)[0, 0.01, 0.02])
        {
            ConfigurationDescription d = ConfigurationDescription.Of(Noisy(pyramid, 3, sigma, 5), 3, 6, sigma);
            Assert.Equal(
                (false, false, 0, new BigInteger(10), 2),
                (d.Antipodal, d.Tight, d.DesignStrength, d.Symmetries!.Value, d.Orbits!.Value)
            );
            Assert.Equal([5, 5, 5], d.Angles.Select(a => a.Pairs));
        }
    }

    [Fact]
    public void Random_directions_have_nothing_to_tell()
    {
        int symmetric = 0,
            tight = 0,
            antipodal = 0,
            designs = 0,
            listed = 0,
            trials = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            foreach ((int dim, int count) in ((int, int)[])[(3, 8), (3, 13), (4, 10), (5, 20), (10, 40)])
            {
                double[] rows = Noisy(new Directions(100 + seed).Random(dim, count), dim, 0, seed);
                // Neighbours that are nearer than the noise may be exchanged.
                if (Enumerable.Range(1, count - 1).Any(i => Enumerable.Range(0, i).Any(j => Directions.Angle(rows, i, j, dim) < 0.15)))
                    continue;
                ConfigurationDescription d = ConfigurationDescription.Of(rows, dim, count, 0.02);
                trials++;
                if (d.Symmetries != 1)
                    symmetric++;
                else
                    Assert.Equal(count, d.Orbits);
                if (d.Tight)
                    tight++;
                if (d.Antipodal)
                    antipodal++;
                if (d.DesignStrength > 0)
                    designs++;
                if (d.Angles.Count > 0)
                    listed++;
            }
        }
        Assert.True(trials > 200);
        Assert.True(listed <= trials / 50, $"angles of {listed} of {trials}");
        Assert.True(
            tight + antipodal + designs + symmetric <= trials / 50,
            $"{tight} tight, {antipodal} antipodal, {designs} designs, {symmetric} symmetric of {trials}"
        );
    }

    [Fact]
    public void Exact_directions_at_an_unknown_noise_still_show_their_angles()
    {
        // Three orbits of opposite directions: nine angles, some 3° apart, which at 0.02 differ by less than the noise, but repeat exactly.
        double[] rows = [.. Prism(7, 0.32)];
        ConfigurationDescription d = ConfigurationDescription.Of(Noisy(rows, 3, 1e-5, 2), 3, 14, 0.02);
        Assert.Equal(91, d.Angles.Sum(a => a.Pairs));
        Assert.InRange(d.Angles.Count, 4, 9);
    }

    [Theory]
    [InlineData(1, 1, "", false, true, 0, 1, 1)]
    [InlineData(2, 1, "", false, false, 0, 1, 1)]
    [InlineData(2, 2, "90.00×1", false, true, 0, 2, 1)]
    [InlineData(3, 3, "90.00×3", false, true, 0, 6, 1)]
    public void Few_directions_are_no_special_case(
        int dim,
        int count,
        string angles,
        bool antipodal,
        bool tight,
        int design,
        int symmetries,
        int orbits
    )
    {
        double[] axes = new double[dim * count];
        for (int i = 0; i < count; i++)
            axes[(i * dim) + i] = 1;
        ConfigurationDescription d = ConfigurationDescription.Of(axes, dim, count, 0.01);
        Assert.Equal(
            (angles, antipodal, tight, design, new BigInteger(symmetries), orbits),
            (d.AnglesText(), d.Antipodal, d.Tight, d.DesignStrength, d.Symmetries!.Value, d.Orbits!.Value)
        );
    }

    [Fact]
    public void Large_blocks_are_bounded()
    {
        foreach ((int dim, int count) in ((int, int)[])[(20, 250), (20, 600), (30, 1500)])
        {
            ConfigurationDescription d = ConfigurationDescription.Of(
                Noisy(new Directions(7).Random(dim, count), dim, 0, 0),
                dim,
                count,
                0.02
            );
            Assert.Empty(d.Angles);
            Assert.Equal((false, false, 0), (d.Antipodal, d.Tight, d.DesignStrength));
            if (count > ConfigurationDescription.MostDirections)
                Assert.True(d.Symmetries is null && d.Orbits is null);
        }
    }

    [Fact]
    public void What_is_no_configuration_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ConfigurationDescription.Of([1, 0], 2, 2, 0));
        Assert.Throws<ArgumentException>(() => ConfigurationDescription.Of([1, 0.5], 2, 1, 0));
        Assert.Throws<ArgumentException>(() => ConfigurationDescription.Of([double.NaN, 0], 2, 1, 0));
        Assert.Throws<ArgumentException>(() => ConfigurationDescription.Of([1, 0], 2, 1, double.NaN));
        Assert.Throws<ArgumentException>(() => ConfigurationDescription.Of([], 0, 0, 0));
    }

    private static double[] Noisy(double[] rows, int dim, double sigma, int seed)
    {
        var random = new Directions(seed);
        int count = rows.Length / dim;
        double[] moved = random.Moved(rows, dim, random.Orthogonal(dim), random.Permutation(count), sigma);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = moved.AsSpan(i * dim, dim);
            double norm = Math.Sqrt(Directions.Dot(row, row));
            for (int k = 0; k < dim; k++)
                row[k] /= norm;
        }
        return moved;
    }

    private static IEnumerable<double> Prism(int p, double z)
    {
        double r = Math.Sqrt(1 - (z * z));
        for (int i = 0; i < 2 * p; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (i / 2) / p);
            yield return r * cos;
            yield return r * sin;
            yield return i % 2 == 0 ? z : -z;
        }
    }

    private static IEnumerable<double[]> E8()
    {
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < i; j++)
            {
                for (int signs = 0; signs < 4; signs++)
                {
                    double[] root = new double[8];
                    (root[i], root[j]) = ((signs & 1) == 0 ? 1 : -1, (signs & 2) == 0 ? 1 : -1);
                    yield return root;
                }
            }
        }
        for (int bits = 0; bits < 256; bits++)
        {
            if (BitOperations.PopCount((uint)bits) % 2 == 0)
                yield return [.. Enumerable.Range(0, 8).Select(k => (bits >> k & 1) == 0 ? 0.5 : -0.5)];
        }
    }
}
