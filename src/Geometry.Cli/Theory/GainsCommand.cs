using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Reports.Theory;
using Geometry.Shapes;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Theory;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary><c>geometry theory gains --density AXIS --out FILE.csv</c></summary>
internal static class GainsCommand
{
    private static readonly string[] s_columns =
    [
        "density",
        "shape",
        "dim",
        "features",
        "parameter",
        "norm",
        "bias",
        "loss",
        "gain",
        "best",
    ];

    /// <summary>Largest number of vertices of a shape, whose cosines are all compared.</summary>
    private const int MostFeatures = 256;

    /// <summary>Largest number of gains of a table; each takes milliseconds.</summary>
    private const int MostGains = 1_000_000;

    /// <summary>The shapes that models learn at moderate sparsity, with a line frame for the crossing.</summary>
    private static readonly string[] s_standard =
    [
        "dedicated",
        "antipode",
        "triangle",
        "pentagon",
        "hexagon",
        "tetrahedron",
        "square-antiprism",
        "tricapped-triangular-prism",
        "icosahedron",
        "rectified-5-cell",
        "diplosimplex-14",
        "line-frame(16,36)",
    ];

    private static readonly Option<Axis> s_density = AxisOptions.Create(
        "--density",
        "Density p = 1 − sparsity: a number, a,b,c, or { linspace: [from, to, count] }.",
        AxisText.Densities
    );

    private static readonly Option<string?> s_shapes = new("--shapes")
    {
        Description =
            $"Shapes of the catalogue and its families, and forms of the atlas, separated by commas; all for every one of them. "
            + $"[default: {string.Join(", ", s_standard)}]",
        HelpName = "names",
    };

    private static readonly AtlasOption s_atlas = new(
        "Forms that --shapes may name: an atlas that the verb atlas wrote, beside the built-in one; none for neither."
    );

    private static readonly Option<int> s_threads = SharedOptions.Threads();

    private static readonly Option<string> s_output = TheoryOptions.Output();

    private static readonly Option<string?> s_figure = TheoryOptions.Figure("a line a shape over the density (two densities or more)");

    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "gains",
            "Which summand pays at which density: the loss that each shape saves for each hidden dimension, norm and bias optimised.",
            "geometry theory gains --density 0.25,0.22,0.2,0.1 --out gains.csv"
        )
        {
            s_density,
            s_shapes,
            s_atlas.Option,
            s_threads,
            s_output,
            s_figure,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(streams, parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed, CancellationToken cancellation)
    {
        ShapeCatalogue catalogue = s_atlas.Catalogue(parsed);
        Shape[] shapes = parsed.GetValue(s_shapes) is { } names
            ? ShapeNames.Read(names, s_shapes.Name, catalogue, MostFeatures)
            : [.. s_standard.Select(catalogue.Find)];
        IReadOnlyList<double> densities = parsed.GetRequiredValue(s_density).Values;
        if ((long)densities.Count * shapes.Length > MostGains)
            throw new InputException(
                FormattableString.Invariant(
                    $"--density, --shapes: expected at most {MostGains} gains, found {densities.Count} densities × {shapes.Length} shapes"
                )
            );
        string path = parsed.GetRequiredValue(s_output);
        string? figure = parsed.GetValue(s_figure);
        if (figure is not null && densities.Count < 2)
            throw new InputException("--figure: expected two densities or more, found 1");
        GainTable gains = ProgressBar.Run<double, GainTable>(
            streams,
            "weighing",
            share => (share, "weighing"),
            (progress, _) =>
            {
                int done = 0;
                double all = (double)shapes.Length * densities.Count;
                return GainTable.Of(
                    shapes,
                    densities,
                    parsed.GetValue(s_threads),
                    progress is null ? null : () => progress(Interlocked.Increment(ref done) / all),
                    cancellation
                );
            }
        );
        CsvFile.Write(path, s_columns, csv =>
        {
            foreach (IReadOnlyList<ShapeGain> row in gains.Gains)
            {
                ShapeGain best = GainTable.Best(row);
                foreach (ShapeGain gain in row)
                    Write(csv, gain, gain == best);
            }
        });
        if (figure is not null)
            TextOutput.Write(figure, GainsFigure.Svg(gains));
        Table(streams.Out, gains, shapes);
        foreach (GainCrossing crossing in gains.Crossings)
            streams.Out.WriteLine(
                FormattableString.Invariant($"{crossing.Above.Name} → {crossing.Below.Name} at density {crossing.Density:0.0000}")
            );
        streams.Out.WriteLine(
            FormattableString.Invariant(
                $"{shapes.Length * densities.Count} gain{(shapes.Length * densities.Count == 1 ? " is" : "s are")} in {path}"
            )
        );
        return ExitStatus.Done;
    }

    private static void Write(Utf8CsvWriter csv, ShapeGain gain, bool best)
    {
        csv.Number(gain.Density);
        csv.Text(gain.Shape.Name);
        csv.Integer(gain.Shape.Dim);
        csv.Integer(gain.Shape.Count);
        csv.Number(gain.Parameter);
        csv.Number(gain.Norm);
        csv.Number(gain.Bias);
        csv.Number(gain.Loss);
        csv.Number(gain.Gain);
        csv.Integer(best ? 1 : 0);
        csv.EndRow();
    }

    /// <summary>Prints one row per shape and one column per density; the best of each column has a star.</summary>
    private static void Table(TextWriter writer, GainTable gains, Shape[] shapes)
    {
        const int MostColumns = 10;
        IReadOnlyList<ShapeGain>[] shown = [.. gains.Gains.Take(MostColumns)];
        var table = new TextTable([
            "gain a dimension at p =",
            .. shown.Select(row => ">" + row[0].Density.ToString("0.####", CultureInfo.InvariantCulture) + " "),
        ]);
        for (int i = 0; i < shapes.Length; i++)
            table.Add([
                shapes[i].Name,
                .. shown.Select(row =>
                    row[i].Gain.ToString("0.00000", CultureInfo.InvariantCulture) + (row[i] == GainTable.Best(row) ? "*" : " ")
                ),
            ]);
        table.Write(writer);
        writer.WriteLine();
    }
}
