using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Synthesis;

namespace Geometry.Recovery;

/// <summary>Where the planes are right and the blocks are wrong: noisy sums of many kinds, by kind.</summary>
internal static class RouteContest
{
    /// <summary>Name and maker (seed, trial) of each kind.</summary>
    public static readonly (string Name, Func<int, int, RouteCase> Make)[] Kinds =
    [
        ("any sum, σ to 0.1", (seed, t) => Any(seed, t, 0.1)),
        ("any sum, σ to 0.3", (seed, t) => Any(seed, t, 0.3)),
        ("3–8 small planes, σ to 0.15", (seed, t) => Planes(seed, t, 3, 9, 0.15, 0)),
        ("10–20 small planes, σ to 0.08", (seed, t) => Planes(seed, t, 10, 21, 0.08, 0)),
        ("exact planes and up to 8 features at random", (seed, t) => Planes(seed, t, 1, 4, 0.005, 8)),
        ("exact planes and 10–30 features at random", (seed, t) => Planes(seed, t, 1, 4, 0.005, 30)),
        ("planes with σ 0.03 and up to 8 features at random", (seed, t) => Planes(seed, t, 1, 4, 0.03, 8)),
        ("one summand with σ 0.1–0.2, others exact", Unequal),
        ("a chance edge of |cos| 0.15–0.34 between exact summands", Chained),
    ];

    /// <param name="trials">Sums of each kind.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="only">Start of the names of the kinds to take; all: empty.</param>
    public static void Print(int trials, int seed, string only)
    {
        Console.WriteLine($"Exact partition by route, {trials} sums a kind");
        Console.WriteLine();
        Console.WriteLine(
            "| kind | planes | blocks | both | planes alone are right | blocks alone are right | the first that planes alone have "
                + "right: trial, truth, blocks |"
        );
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var kind in Kinds.Where(k => k.Name.StartsWith(only, StringComparison.Ordinal)))
        {
            bool[] planes = new bool[trials],
                blocks = new bool[trials],
                both = new bool[trials];
            string[] wins = new string[trials];
            Parallel.For(0, trials, t =>
            {
                RouteCase made = kind.Make(seed, t);
                planes[t] = Right(made, SummandRoute.Planes, out _);
                blocks[t] = Right(made, SummandRoute.Blocks, out string other);
                both[t] = Right(made, SummandRoute.Both, out _);
                if (planes[t] && !blocks[t])
                    wins[t] = $"{t}: {made.Formula} in R^{made.Configuration.Hidden}, {other}";
            });
            int won = wins.Count(w => w is not null),
                lost = Enumerable.Range(0, trials).Count(t => blocks[t] && !planes[t]);
            Console.WriteLine(
                $"| {kind.Name} | {Share(planes)} | {Share(blocks)} | {Share(both)} | {won} | {lost} | "
                    + $"{string.Join("; ", wins.Where(w => w is not null).Take(3))} |"
            );
        }

        string Share(bool[] right) => $"{100.0 * right.Count(r => r) / trials:F1} %";
    }

    private static bool Right(RouteCase made, SummandRoute route, out string formula)
    {
        RunLabel label = LabelPipeline.Label(made.Configuration, Labelling.Options with { Route = route });
        formula = label.Formula;
        return RouteTable.IsPartition(label, made.Truth);
    }

    private static RouteCase Any(int seed, int t, double most)
    {
        var random = new GaussianSource(seed, t);
        int room = 4 + random.Below(13);
        Formula formula = Draw(random, 2, 5, room, 6);
        var options = new SyntheticOptions
        {
            Sigma = most * random.Uniform(),
            NoiseIn = random.Below(2) == 0 ? NoiseIn.Ambient : NoiseIn.Summand,
            Hidden = formula.Dim + random.Below(4),
            NormSpread = 0.15,
            Seed = seed,
        };
        return Of(SyntheticSum.Make(SyntheticParts.Of(formula), options, t), formula);
    }

    /// <summary>
    /// Summands of dimension ≤ 3 and up to <paramref name="most"/> independent directions in the dimensions that they leave; these count as
    /// one summand.
    /// </summary>
    private static RouteCase Planes(int seed, int t, int from, int to, double sigma, int most)
    {
        var random = new GaussianSource(seed, t);
        Formula formula = Draw(random, from, to, 60, 3);
        var parts = SyntheticParts.Of(formula).ToList();
        if (most > 0)
        {
            // More than their dimension, so that they hang together.
            int dim = 2 + random.Below(Math.Max(1, most / 4)),
                count = most > 10 ? 10 + random.Below(most - 9) : dim + 1 + random.Below(most - dim);
            double[] scattered = new double[count * dim];
            random.Normal(scattered);
            for (int i = 0; i < count; i++)
                Normalise(scattered.AsSpan(i * dim, dim));
            parts.Add(new SyntheticPart(dim, scattered));
        }
        var options = new SyntheticOptions
        {
            Sigma = most > 0 ? sigma : sigma * random.Uniform(),
            NormSpread = 0.15,
            Seed = seed,
        };
        return Of(SyntheticSum.Make(parts, options, t), formula);
    }

    private static RouteCase Unequal(int seed, int t)
    {
        var random = new GaussianSource(seed, t);
        Formula formula = Draw(random, 2, 5, 12, 3);
        SyntheticConfiguration made = SyntheticSum.Make(
            SyntheticParts.Of(formula),
            new SyntheticOptions { NormSpread = 0.15, Seed = seed },
            t
        );
        double[] columns = made.Configuration.Columns.ToArray();
        int m = made.Configuration.Hidden;
        double sigma = 0.1 + (0.1 * random.Uniform());
        for (int i = 0; i < columns.Length; i++)
        {
            if (made.Summand[i / m] == 0)
                columns[i] += sigma * random.Normal();
        }
        return new RouteCase(
            new FeatureConfiguration(m, made.Summand.Count, columns),
            $"{formula}, σ {sigma:F3} in the first",
            [.. made.Summand]
        );
    }

    /// <summary>Two features of different exact summands are turned towards each other.</summary>
    private static RouteCase Chained(int seed, int t)
    {
        var random = new GaussianSource(seed, t);
        Formula formula = Draw(random, 2, 5, 12, 3);
        SyntheticConfiguration made = SyntheticSum.Make(
            SyntheticParts.Of(formula),
            new SyntheticOptions
            {
                Sigma = 0.005,
                NormSpread = 0.15,
                Seed = seed,
            },
            t
        );
        double[] columns = made.Configuration.Columns.ToArray();
        int m = made.Configuration.Hidden,
            n = made.Summand.Count;
        int i = random.Below(n),
            j = random.Below(n);
        while (made.Summand[j] == made.Summand[i])
            j = random.Below(n);
        double cosine = 0.15 + (0.19 * random.Uniform());
        for (int k = 0; k < m; k++)
        {
            double x = columns[(i * m) + k],
                y = columns[(j * m) + k];
            columns[(i * m) + k] = x + (cosine / 2 * y);
            columns[(j * m) + k] = y + (cosine / 2 * x);
        }
        return new RouteCase(
            new FeatureConfiguration(m, n, columns),
            $"{formula}, cos {cosine:F2} between features {i} and {j}",
            [.. made.Summand]
        );
    }

    private static Formula Draw(GaussianSource random, int from, int to, int room, int largest)
    {
        int summands = from + random.Below(to - from);
        var terms = new List<FormulaTerm>();
        while (terms.Count < summands)
        {
            if (RouteCases.Pick(random, 1, Math.Min(largest, room), 20) is not { } pick)
                break;
            terms.Add(new FormulaTerm(1, pick.Name, pick.Dim, pick.Count));
            room -= pick.Dim;
        }
        return Formula.Of(terms);
    }

    private static void Normalise(Span<double> x)
    {
        double norm = 0;
        foreach (double v in x)
            norm += v * v;
        foreach (ref double v in x)
            v /= Math.Sqrt(norm);
    }

    private static RouteCase Of(SyntheticConfiguration made, Formula formula) =>
        new(made.Configuration, formula.ToString(), [.. made.Summand]);
}
