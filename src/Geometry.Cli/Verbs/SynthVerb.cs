using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Conjecture;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Formulas;
using Geometry.Shapes;
using Geometry.Storage.Configurations;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Synthesis;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry synth FORMULA --out FILE.npz</c></summary>
internal static class SynthVerb
{
    private static readonly Argument<string> s_formula = new("formula")
    {
        Description =
            "Shapes joined by +, each with a number in front if it occurs more than once; names of reducible polytopes (square, "
            + "octahedron, cross-polytope-5 …) are expanded.",
    };

    private static readonly Option<string> s_output = new("--out")
    {
        Description = "The npz file, with W, the formula and the true partition; replaced when it is there.",
        HelpName = "file",
        Required = true,
    };

    private static readonly Option<int> s_count = new("--count")
    {
        Description = "Number of instances, 1 or more.",
        HelpName = "count",
        DefaultValueFactory = _ => 1,
        CustomParser = r => Parsers.Between(r, 1, SyntheticFile.MostInstances),
    };

    private static readonly Option<double> s_sigma = new("--sigma")
    {
        Description = "Standard deviation of the noise per coordinate, for vectors of length 1.",
        HelpName = "number",
        CustomParser = SumParsers.Sigma,
    };

    private static readonly Option<NoiseIn?> s_noiseIn = new("--noise-in")
    {
        Description =
            "summand: each summand is perturbed inside its own subspace; ambient, the default: all coordinates are, after the sum.",
        HelpName = "where",
        CustomParser = r => SumParsers.NoiseIn(r),
    };

    private static readonly Option<int?> s_hidden = new("--hidden")
    {
        Description = "Hidden dimensions m; by default as many as the formula needs.",
        HelpName = "m",
        CustomParser = r => Parsers.AtLeastOne(r),
    };

    private static readonly Option<int?> s_features = new("--features")
    {
        Description = "Features n; those beyond the formula's are not learned (short). By default none are.",
        HelpName = "n",
        CustomParser = r => Parsers.AtLeastOne(r),
    };

    private static readonly Option<double> s_normSpread = new("--norm-spread")
    {
        Description = "Norms are uniform on 1 ± this.",
        HelpName = "number",
        CustomParser = SumParsers.NormSpread,
    };

    private static readonly Option<double> s_oblique = new("--oblique")
    {
        Description = "Angle between the subspaces of any two summands, degrees; 90 is the orthogonal sum.",
        HelpName = "angle",
        DefaultValueFactory = _ => 90,
        CustomParser = SumParsers.Degrees,
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Seed of noise, norms, rotation and order.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
        CustomParser = Parsers.NotNegative,
    };

    private static readonly AtlasOption s_atlas = new(
        "Atlas whose forms are names too, beside the built-in one: a folder or an atlas.yaml that atlas wrote; none: no forms at all."
    );

    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "synth",
            "Make synthetic configurations with a known answer.",
            "geometry synth \"pentagon + 2 antipode\" --count 50 --sigma 0.02 --out sums.npz"
        )
        {
            s_formula,
            s_output,
            s_count,
            s_sigma,
            s_noiseIn,
            s_hidden,
            s_features,
            s_normSpread,
            s_oblique,
            s_seed,
            s_atlas.Option,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(streams, parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed, CancellationToken cancellation)
    {
        ShapeCatalogue catalogue = s_atlas.Catalogue(parsed);
        Formula formula = SumParsers.Formula(parsed.GetRequiredValue(s_formula), catalogue);
        string path = parsed.GetRequiredValue(s_output);
        int count = parsed.GetValue(s_count);
        var options = new SyntheticOptions
        {
            Sigma = parsed.GetValue(s_sigma),
            NoiseIn = parsed.GetValue(s_noiseIn) ?? NoiseIn.Ambient,
            Hidden = parsed.GetValue(s_hidden),
            Features = parsed.GetValue(s_features),
            NormSpread = parsed.GetValue(s_normSpread),
            ObliqueDegrees = parsed.GetValue(s_oblique),
            Seed = parsed.GetValue(s_seed),
        };
        if (options.Hidden < formula.Dim)
            throw new InputException(
                FormattableString.Invariant($"--hidden: expected at least {formula.Dim} for '{formula}', found {options.Hidden}")
            );
        if (options.Features < formula.Count)
            throw new InputException(
                FormattableString.Invariant($"--features: expected at least {formula.Count} for '{formula}', found {options.Features}")
            );
        long m = options.Hidden ?? formula.Dim,
            n = options.Features ?? formula.Count;
        if (m * n > SweepFile.LargestMatrix)
            throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(options.Hidden > formula.Dim ? "--hidden" : "--features")}: expected at most {SweepFile.LargestMatrix} "
                        + $"weights an instance, found {m} × {n}"
                )
            );
        SyntheticFile.Write(path, formula, options, count, catalogue, cancellation);
        streams.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} × {formula}: W ({count},{options.Hidden ?? formula.Dim},{options.Features ?? formula.Count}) with formula "
                    + $"and summand is in {path}"
            )
        );
        return ExitStatus.Done;
    }
}
