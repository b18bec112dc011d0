using System.Globalization;
using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Shapes.Descriptions;
using Geometry.Storage.Sweeps;
using Geometry.Summands;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>A question with the answer that it gets under some constants.</summary>
/// <param name="Ask">Constants → answer, in words.</param>
/// <param name="IsRight">Whether an answer is right; null where nobody knows.</param>
internal sealed record SensitivityCase(Func<DecisionConstants, string> Ask, Func<string, bool>? IsRight);

/// <summary>Small panels in which every number of the decision logic has a chance to matter.</summary>
internal static class SensitivityPanel
{
    /// <summary>The panels by name. The fixed seeds make a change of a table a change of the code.</summary>
    /// <param name="sweeps">Folder of trained sweeps.</param>
    public static (string Name, SensitivityCase[] Cases)[] All(string sweeps)
    {
        FeatureConfiguration[] trained = [.. Trained(sweeps)];
        return
        [
            ("sums", [.. Enumerable.Range(0, 160).Select(t => Labelled(Sum(t, 160, 90), SummandRoute.Both))]),
            ("oblique", [.. Enumerable.Range(0, 60).Select(t => Labelled(Sum(t, 60, 50), SummandRoute.Both))]),
            (
                "members",
                [
                    .. Enumerable.Range(0, 80).Select(t => Labelled(ZooTable.Sum(8 + (t % 5 * 4), 0.001 * t, 3, t), SummandRoute.Both)),
                    Wide(),
                ]
            ),
            (
                "near shapes",
                [
                    .. Enumerable.Range(0, 120).Select(t => Labelled((Near(t), null), SummandRoute.Both)),
                    .. Enumerable.Range(0, 48).Select(Matched),
                ]
            ),
            ("leans", [.. Enumerable.Range(0, 80).Select(t => Labelled(t % 2 == 0 ? Leaning(t) : Doubled(t), SummandRoute.Both))]),
            ("random", [.. Enumerable.Range(0, 240).Select(t => Unnamed(Structureless(t)))]),
            ("trained", [.. trained.Select(w => Labelled((w, null), SummandRoute.Both))]),
            (
                "planes",
                [
                    .. Enumerable.Range(0, 150).Select(t => Labelled(Contest(t), SummandRoute.Planes)),
                    .. Cubes(),
                    .. trained.Select(w => Labelled((w, null), SummandRoute.Planes)),
                ]
            ),
            ("descriptions", [.. Enumerable.Range(0, 80).Select(Described)]),
        ];
    }

    private static SensitivityCase Labelled((FeatureConfiguration W, string? Truth) made, SummandRoute route) =>
        new(
            constants => Answer(LabelPipeline.Label(made.W, Labelling.Options with { Constants = constants, Route = route })),
            made.Truth is null ? null : answer => answer == made.Truth || answer.StartsWith(made.Truth + " |", StringComparison.Ordinal)
        );

    /// <summary>The formula, and which summands have fewer directions than features.</summary>
    private static string Answer(RunLabel label) =>
        string.Join(
            " | ",
            label
                .Summands.Where(s => s.Directions < s.Count)
                .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Count} on {s.Directions}"))
                .Prepend(label.Formula)
        );

    private static SensitivityCase Unnamed(FeatureConfiguration w) =>
        new(
            constants =>
            {
                RunLabel label = LabelPipeline.Label(w, Labelling.Options with { Constants = constants });
                return (label.Summands.Any(s => s.Directions >= 3 && s.Match.IsNamed) ? "named: " : "") + Answer(label);
            },
            answer => !answer.StartsWith("named", StringComparison.Ordinal)
        );

    /// <summary>A sum of catalogue shapes in R^4 to R^16; the noise grows with its number, to σ = 0.12.</summary>
    private static (FeatureConfiguration, string?) Sum(int t, int trials, double degrees)
    {
        var random = new GaussianSource(1, t);
        int hidden = 4 + random.Below(13);
        Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= hidden && s.Count <= 60)];
        List<Shape> parts = SumExperiment.Draw(zoo, hidden, random);
        var options = new SyntheticOptions
        {
            Sigma = 0.12 * t / trials,
            Hidden = hidden,
            Features = parts.Sum(p => p.Count) + random.Below(4),
            NormSpread = t % 2 == 0 ? 0.15 : 0,
            NoiseIn = t % 3 == 0 ? NoiseIn.Summand : NoiseIn.Ambient,
            ObliqueDegrees = degrees,
            Seed = 1,
        };
        string truth = Formula.Of(parts.Select(p => new FormulaTerm(1, p.Name, p.Dim, p.Count))).ToString();
        return (SyntheticSum.Make(parts.ConvertAll(p => new SyntheticPart(p.Dim, p.Vertices())), options, t).Configuration, truth);
    }

    /// <summary>A small shape with so much noise that its name hangs on the nulls, every other one a tight frame again.</summary>
    private static FeatureConfiguration Near(int t)
    {
        string[] shapes =
        [
            "triangle",
            "tetrahedron",
            "pentagon",
            "simplex-4",
            "triangle + antipode",
            "hexagon",
            "square-antiprism",
            "2 triangle",
        ];
        Formula formula = FormulaParser.Parse(shapes[t % shapes.Length]);
        var options = new SyntheticOptions
        {
            Sigma = 0.03 + (0.0012 * t),
            Hidden = formula.Dim + (t % 3 == 0 ? 1 : 0),
            Seed = 7,
        };
        FeatureConfiguration made = SyntheticSum.Make(SyntheticParts.Of(formula), options, t).Configuration;
        return t / 8 % 2 == 0 ? made : RandomExperiment.Tightened(made);
    }

    /// <summary>What the matcher makes of a noisy line frame, and of two diplo-simplices at once.</summary>
    private static SensitivityCase Matched(int t)
    {
        string[] shapes =
        [
            "2 diplosimplex-5",
            "line-frame(5,16)",
            "2 diplosimplex-4",
            "line-frame(8,20)",
            "2 cube",
            "line-frame(17,38)",
            "2 diplosimplex-14",
            "line-frame(60,130)",
        ];
        Formula formula = FormulaParser.Parse(shapes[t % shapes.Length]);
        FeatureConfiguration made = SyntheticSum
            .Make(SyntheticParts.Of(formula), new SyntheticOptions { Sigma = 0.0015 * t, Seed = 8 }, t)
            .Configuration;
        return new SensitivityCase(
            constants =>
                ShapeMatcher.Match(made.Columns, made.Hidden, made.Features, MatchOptions.Default with { Constants = constants }).Shape,
            null
        );
    }

    /// <summary>Sixty orthogonal directions of R^1300, where random ones are nearly as orthogonal as the floor of the noise.</summary>
    private static SensitivityCase Wide()
    {
        const int n = 60,
            space = 1300;
        double[] x = new double[n * space],
            gram = new double[n * n];
        for (int i = 0; i < n; i++)
            x[(i * space) + i] = gram[(i * n) + i] = 1;
        return new SensitivityCase(
            constants => $"{DirectSum.Find(x, space, n, gram, new Nameless(constants), [], constants).Partition.Blocks.Length} blocks",
            answer => answer == "60 blocks"
        );
    }

    /// <summary>Single features have a name, nothing else has.</summary>
    private sealed class Nameless(DecisionConstants constants) : IShapeEvidence
    {
        public double Shape(Block block) => block.Features.Length == 1 ? 0 : -constants.IrregularCost;

        public double Lean(Block block) => 0;
    }

    /// <summary>A pair that leans by up to 20°, beside shapes with little noise.</summary>
    private static (FeatureConfiguration, string?) Leaning(int t)
    {
        var random = new GaussianSource(2, t);
        string[] beside = ["2 antipode", "pentagon", "5 dedicated", "tetrahedron + triangle", ""];
        Formula formula = FormulaParser.Parse(beside[t / 2 % 5] is { Length: > 0 } rest ? $"antipode + {rest}" : "antipode");
        var options = new SyntheticOptions
        {
            Sigma = t % 3 == 0 ? 0.015 : 0,
            Hidden = formula.Dim + 1 + random.Below(10),
            NormSpread = 0.15,
            Seed = 2,
        };
        SyntheticConfiguration made = SyntheticSum.Make(SyntheticParts.Of(formula), options, t);
        int pair = Enumerable.Range(0, made.Summand.Count).First(i => made.Summand.Count(s => s == made.Summand[i]) == 2);
        return (Turned(made.Configuration, pair, 20.0 * t / 80, random), formula.ToString());
    }

    /// <summary>A shape some of whose features have a second one nearby, 0.1° to 8° away.</summary>
    private static (FeatureConfiguration, string?) Doubled(int t)
    {
        var random = new GaussianSource(3, t);
        string[] shapes =
        [
            "icosahedron",
            "pentagon + antipode",
            "tetrahedron + dedicated",
            "12-gon",
            "simplex-6",
            "square-antiprism + 2 antipode",
        ];
        Formula formula = FormulaParser.Parse(shapes[t / 2 % 6]);
        var options = new SyntheticOptions
        {
            Sigma = t % 4 == 1 ? 0.01 : 0,
            Hidden = formula.Dim + random.Below(3),
            Seed = 3,
        };
        FeatureConfiguration made = SyntheticSum.Make(SyntheticParts.Of(formula), options, t).Configuration;
        int m = made.Hidden,
            twice = 1 + random.Below(3);
        double[] columns = [.. made.Columns, .. made.Columns[..(twice * m)]];
        var both = new FeatureConfiguration(m, made.Features + twice, columns);
        for (int i = 0; i < twice; i++)
            both = Turned(both, made.Features + i, 0.1 * Math.Pow(80, t / 80.0), random);
        return (both, formula.ToString());
    }

    /// <summary>Turns one column by an angle in a random direction.</summary>
    private static FeatureConfiguration Turned(FeatureConfiguration w, int feature, double degrees, GaussianSource random)
    {
        int m = w.Hidden;
        double[] columns = w.Columns.ToArray(),
            side = new double[m];
        random.Normal(side);
        ReadOnlySpan<double> x = w.Column(feature);
        double squares = 0,
            along = 0,
            norm = 0;
        for (int k = 0; k < m; k++)
            (squares, along) = (squares + (x[k] * x[k]), along + (x[k] * side[k]));
        for (int k = 0; k < m; k++)
            side[k] -= along / squares * x[k];
        foreach (double s in side)
            norm += s * s;
        (double sine, double cosine) = Math.SinCos(double.DegreesToRadians(degrees));
        for (int k = 0; k < m; k++)
            columns[(feature * m) + k] = (cosine * x[k]) + (sine * Math.Sqrt(squares / norm) * side[k]);
        return new FeatureConfiguration(m, w.Features, columns);
    }

    /// <summary>Independent directions, tight frames, and ± either, in R² to R^10.</summary>
    private static FeatureConfiguration Structureless(int t)
    {
        var random = new GaussianSource(4, t);
        int m = 2 + random.Below(t % 4 < 2 ? 9 : 5),
            n = m + 1 + random.Below(m + 2);
        FeatureConfiguration w = t % 2 == 0 ? RandomExperiment.TightFrame(n, m, random) : RandomExperiment.Directions(n, m, random);
        if (t % 4 < 2)
            return w;
        double[] columns = [.. w.Columns, .. w.Columns.ToArray().Select(x => -x)];
        return new FeatureConfiguration(m, 2 * n, columns);
    }

    /// <summary>The diagonals of a cube are so nearly orthogonal that they vote for its space only together with those of others.</summary>
    private static IEnumerable<SensitivityCase> Cubes() =>
        Enumerable
            .Range(0, 12)
            .Select(t =>
            {
                Formula formula = FormulaParser.Parse($"{2 + (t % 3)} cube");
                return Labelled(
                    (
                        SyntheticSum
                            .Make(SyntheticParts.Of(formula), new SyntheticOptions { Sigma = 0.005 * t, Seed = 9 }, t)
                            .Configuration,
                        formula.ToString()
                    ),
                    SummandRoute.Planes
                );
            });

    private static (FeatureConfiguration, string?) Contest(int t)
    {
        RouteCase made = RouteContest.Kinds[t % RouteContest.Kinds.Length].Make(5, t);
        return (made.Configuration, made.Formula);
    }

    /// <summary>What is said of a noisy shape, of one with two kinds of vertices, and of random directions.</summary>
    private static SensitivityCase Described(int t)
    {
        var random = new GaussianSource(6, t);
        Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim is > 1 and <= 8 && s.Count <= 240)];
        Shape shape = zoo[t % zoo.Length];
        double sigma = t % 4 == 3 ? 0 : 0.03 * random.Uniform();
        double[] x = shape.Vertices();
        if (t % 8 == 7)
            random.Normal(x);
        for (int i = 0; i < x.Length; i++)
            x[i] += sigma * random.Normal();
        for (int i = 0; i < shape.Count; i++)
        {
            double norm = 0;
            foreach (double v in x.AsSpan(i * shape.Dim, shape.Dim))
                norm += v * v;
            foreach (ref double v in x.AsSpan(i * shape.Dim, shape.Dim))
                v /= Math.Sqrt(norm);
        }
        return new SensitivityCase(
            constants =>
            {
                ConfigurationDescription d = ConfigurationDescription.Of(
                    x,
                    shape.Dim,
                    shape.Count,
                    t % 2 == 0 ? Math.Max(sigma, 0.001) : Math.Max(sigma, constants.NoiseFloor),
                    constants
                );
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{d.AnglesText()}, {d.Antipodal}, {d.Tight}, {d.DesignStrength}, {d.Symmetries}, {d.Orbits}"
                );
            },
            null
        );
    }

    private static IEnumerable<FeatureConfiguration> Trained(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.npz").Order(StringComparer.Ordinal))
        {
            using SweepFile file = SweepFile.Open(path, new SweepFileOptions());
            for (int i = 0; i < file.Instances; i++)
                yield return file.ReadConfiguration(i);
        }
    }
}
