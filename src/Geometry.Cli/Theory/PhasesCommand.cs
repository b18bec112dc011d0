using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Reports.Theory;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Theory;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary><c>geometry theory phases --features n --hidden m --out FILE.csv</c></summary>
internal static class PhasesCommand
{
    private static readonly Option<int> s_features = new("--features")
    {
        Description = "Features n, one more than hidden dimensions.",
        HelpName = "n",
        Required = true,
        CustomParser = Parsers.AtLeastOne,
    };

    private static readonly Option<int> s_hidden = new("--hidden")
    {
        Description = "Hidden dimensions m.",
        HelpName = "m",
        Required = true,
        CustomParser = Parsers.AtLeastOne,
    };

    private static readonly Option<Axis> s_density = AxisOptions.Create(
        "--density",
        "Density p = 1 − sparsity: a number, a,b,c, or { logspace: [from, to, count] }. [default: { logspace: [1, 0.01, 50] }]",
        AxisText.Densities,
        Axis.LogSpace(1, 0.01, 50)
    );

    private static readonly Option<Axis> s_importance = AxisOptions.Create(
        "--importance",
        "Importance r of the last feature, in the same way; the others have 1. [default: { logspace: [0.1, 10, 50] }]",
        AxisText.Positive,
        Axis.LogSpace(0.1, 10, 50)
    );

    private static readonly Option<bool> s_optimise = new("--optimise")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Minimise the exact expected loss over W and b as well (n up to {PhaseOptimum.MostFeatures}): what really is best, "
                + $"which need not be an ideal solution."
        ),
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Seed of the minimiser's starts.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
        CustomParser = Parsers.NotNegative,
    };

    private static readonly Option<int> s_threads = SharedOptions.Threads();

    private static readonly Option<string> s_output = TheoryOptions.Output();

    private static readonly Option<string?> s_figure = TheoryOptions.Figure(
        "what is best (with --optimise, what is optimal) over density and importance, the closed-form curves drawn over it"
    );

    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "phases",
            "Losses of the ideal solutions of a model with one feature too many, over density and importance; which is best where.",
            "geometry theory phases --features 2 --hidden 1 --optimise --out phases.csv"
        )
        {
            s_features,
            s_hidden,
            s_density,
            s_importance,
            s_optimise,
            s_seed,
            s_threads,
            s_output,
            s_figure,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(streams, parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed, CancellationToken cancellation)
    {
        int n = parsed.GetValue(s_features),
            m = parsed.GetValue(s_hidden),
            seed = parsed.GetValue(s_seed),
            threads = parsed.GetValue(s_threads);
        bool optimise = parsed.GetValue(s_optimise);
        if (n != m + 1)
            throw new InputException(FormattableString.Invariant($"--features: expected {m + 1}, one more than --hidden {m}, found {n}"));
        if (optimise && n > PhaseOptimum.MostFeatures)
            throw new InputException(
                FormattableString.Invariant($"--optimise: expected at most {PhaseOptimum.MostFeatures} features, found {n}")
            );
        Axis densities = parsed.GetRequiredValue(s_density),
            importances = parsed.GetRequiredValue(s_importance);
        if ((long)densities.Count * importances.Count > SweepGrid.MostRuns)
            throw new InputException(
                FormattableString.Invariant(
                    $"--density, --importance: expected at most {SweepGrid.MostRuns} points, found {densities.Count} × {importances.Count}"
                )
            );
        (double Density, double Importance)[] grid =
        [
            .. from density in densities.Values from importance in importances.Values select (density, importance),
        ];
        PhasePoint[] points = ProgressBar.Run<double, PhasePoint[]>(
            streams,
            "minimising",
            share => (share, "minimising"),
            (progress, _) =>
            {
                var done = new PhasePoint[grid.Length];
                int count = 0;
                Parallel.For(
                    0,
                    grid.Length,
                    new ParallelOptions { MaxDegreeOfParallelism = optimise ? threads : 1, CancellationToken = cancellation },
                    i =>
                    {
                        done[i] = PhasePoint.Of(n, grid[i].Density, grid[i].Importance, optimise ? seed : null);
                        progress?.Invoke(Interlocked.Increment(ref count) / (double)grid.Length);
                    }
                );
                return done;
            }
        );
        string path = parsed.GetRequiredValue(s_output);
        CsvFile.Write(path, PhasePoint.Columns(optimise), csv =>
        {
            foreach (PhasePoint point in points)
                point.Write(csv);
        });
        if (parsed.GetValue(s_figure) is { } figure)
            TextOutput.Write(figure, PhaseDiagramFigure.Svg([.. points.Select(p => p.Cell)], n));
        PhasePointTable.Write(streams.Out, points, n);
        streams.Out.WriteLine(FormattableString.Invariant($"{points.Length} point{(points.Length == 1 ? " is" : "s are")} in {path}"));
        return ExitStatus.Done;
    }
}
