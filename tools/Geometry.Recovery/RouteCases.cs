using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>A configuration with its true formula and partition (−1: not learned).</summary>
internal sealed record RouteCase(FeatureConfiguration Configuration, string Formula, int[] Truth);

/// <summary>Families of noisy direct sums on which the routes are compared.</summary>
internal static class RouteCases
{
    private const int LargestPlane = 3;
    private static readonly string[] s_polygons = ["triangle", "pentagon", "hexagon", "heptagon"];

    /// <summary>Name and maker (σ, seed, trial) of each family.</summary>
    public static readonly (string Name, Func<double, int, int, RouteCase> Make)[] All =
    [
        ("polygon ⊕ polygon in R⁴, in plane", (sigma, seed, t) => Polygons(sigma, NoiseIn.Summand, seed, t)),
        ("polygon ⊕ polygon in R⁴, ambient", (sigma, seed, t) => Polygons(sigma, NoiseIn.Ambient, seed, t)),
        ("2–4 shapes of dim ≤ 3, in plane", (sigma, seed, t) => Sum(sigma, NoiseIn.Summand, seed, t, 1, LargestPlane, 90)),
        ("2–4 shapes of dim ≤ 3, ambient", (sigma, seed, t) => Sum(sigma, NoiseIn.Ambient, seed, t, 1, LargestPlane, 90)),
        ("with one summand of dim > 3, ambient", (sigma, seed, t) => Sum(sigma, NoiseIn.Ambient, seed, t, 4, 8, 90)),
        ("2–4 shapes of dim ≤ 3 at 70°, ambient", (sigma, seed, t) => Sum(sigma, NoiseIn.Ambient, seed, t, 1, LargestPlane, 70)),
    ];

    private static RouteCase Polygons(double sigma, NoiseIn where, int seed, int t)
    {
        string formula = $"{s_polygons[t % 4]} + {s_polygons[t / 4 % 4]}";
        return Make(
            formula,
            new SyntheticOptions
            {
                Sigma = sigma,
                NoiseIn = where,
                Seed = seed,
            },
            t
        );
    }

    /// <summary>
    /// Two to four shapes in R^m, 6 ≤ m ≤ 16; the first has a dimension from <paramref name="least"/> to <paramref name="most"/>, the
    /// others at most 3.
    /// </summary>
    private static RouteCase Sum(double sigma, NoiseIn where, int seed, int t, int least, int most, double degrees)
    {
        var random = new GaussianSource(seed, t);
        int m = 6 + random.Below(11),
            summands = 2 + random.Below(3);
        var terms = new List<FormulaTerm>();
        int left = m;
        for (int s = 0; s < summands && left > 0; s++)
        {
            (int from, int to) = s == 0 ? (least, most) : (1, LargestPlane);
            if (Pick(random, from, Math.Min(to, left), 40) is not { } pick)
                break;
            terms.Add(new FormulaTerm(1, pick.Name, pick.Dim, pick.Count));
            left -= pick.Dim;
        }
        return Make(
            Formula.Of(terms).ToString(),
            new SyntheticOptions
            {
                Sigma = sigma,
                NoiseIn = where,
                Hidden = m,
                NormSpread = 0.15,
                ObliqueDegrees = degrees,
                Seed = seed,
            },
            t
        );
    }

    /// <summary>
    /// A shape with a dimension from <paramref name="from"/> to <paramref name="to"/>; null where there is none. By dimension first: there
    /// are many more names in space than on the line.
    /// </summary>
    public static Shape? Pick(GaussianSource random, int from, int to, int mostVertices)
    {
        Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim >= from && s.Dim <= to && s.Count <= mostVertices)];
        if (zoo.Length == 0)
            return null;
        int[] dims = [.. zoo.Select(s => s.Dim).Distinct()];
        int dim = dims[random.Below(dims.Length)];
        zoo = [.. zoo.Where(s => s.Dim == dim)];
        return zoo[random.Below(zoo.Length)];
    }

    private static RouteCase Make(string text, SyntheticOptions options, int t)
    {
        Formula formula = FormulaParser.Parse(text);
        SyntheticConfiguration made = SyntheticSum.Make(SyntheticParts.Of(formula), options, t);
        return new RouteCase(made.Configuration, formula.ToString(), [.. made.Summand]);
    }
}
