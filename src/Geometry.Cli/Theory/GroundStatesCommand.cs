using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Labels;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Theory;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary><c>geometry theory ground-states --hidden AXIS --features AXIS --out FILE.csv</c></summary>
internal static class GroundStatesCommand
{
    private static readonly Option<Axis> s_hidden = AxisOptions.Create(
        "--hidden",
        "Hidden dimensions d: a number, a,b,c, or { linspace: [from, to, count] }.",
        AxisText.Counts
    );

    private static readonly Option<Axis> s_features = AxisOptions.Create(
        "--features",
        "Features k, in the same way; every pair of d and k is done.",
        AxisText.Counts
    );

    private static readonly Option<string> s_importance = new("--importance")
    {
        Description = "Weights of the features in the loss: one number, { decay: r }, { last: r }, or a list with one number a feature.",
        HelpName = "rule",
        DefaultValueFactory = _ => "1",
    };

    private static readonly Option<int> s_starts = new("--starts")
    {
        Description = "Random starts for each d and k, 1 or more.",
        HelpName = "count",
        DefaultValueFactory = _ => 1000,
        CustomParser = Parsers.AtLeastOne,
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Seed of the starts.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
        CustomParser = Parsers.NotNegative,
    };

    private static readonly Option<int> s_threads = SharedOptions.Threads();

    private static readonly Option<string> s_output = TheoryOptions.Output();

    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "ground-states",
            "Local minima of the loss with one active feature, from random starts: energy, share of the starts, form.",
            "geometry theory ground-states --hidden 2,3 --features 5,6,7,8 --out ground-states.csv"
        )
        {
            s_hidden,
            s_features,
            s_importance,
            s_starts,
            s_seed,
            s_threads,
            s_output,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(streams, parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed, CancellationToken cancellation)
    {
        foreach (Option<Axis> option in (ReadOnlySpan<Option<Axis>>)[s_hidden, s_features])
        {
            if (parsed.GetRequiredValue(option).Values.Max() is > GroundStates.MostFeatures and var most)
                throw new InputException(
                    FormattableString.Invariant($"{option.Name}: expected at most {GroundStates.MostFeatures}, found {most}")
                );
        }
        Axis features = parsed.GetRequiredValue(s_features);
        ImportanceRule rule = AxisOptions.Read(() =>
            AxisText.Importance(parsed.GetRequiredValue(s_importance), s_importance.Name, features)
        );
        int[] hidden = AxisOptions.Counts(parsed.GetRequiredValue(s_hidden)),
            sizes = AxisOptions.Counts(features);
        int starts = parsed.GetValue(s_starts),
            seed = parsed.GetValue(s_seed),
            threads = parsed.GetValue(s_threads);
        string path = parsed.GetRequiredValue(s_output);
        List<GroundStateRow> rows = ProgressBar.Run<double, List<GroundStateRow>>(
            streams,
            "descending",
            share => (share, "descending"),
            (progress, _) =>
            {
                var found = new List<GroundStateRow>();
                double all = (double)hidden.Length * sizes.Length * starts;
                long done = 0;
                Action<int>? tell = progress is null ? null : more => progress(Interlocked.Add(ref done, more) / all);
                foreach ((int d, int k) in from d in hidden from k in sizes select (d, k))
                {
                    double[] importance = rule.Importances(rule.Value?.Values[0] ?? 0, k);
                    IReadOnlyList<GroundState> states = GroundStates.Find(d, k, importance, starts, seed, threads, tell, cancellation);
                    found.AddRange(states.Select(s => new GroundStateRow(d, k, s, GroundStateDescription.Of(s, new LabelOptions()))));
                }
                return found;
            }
        );
        CsvFile.Write(path, GroundStateRow.Columns, csv =>
        {
            foreach (GroundStateRow row in rows)
                row.Write(csv);
        });
        GroundStateTable.Write(streams.Out, rows);
        streams.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Count} minim{(rows.Count == 1 ? "um" : "a")} of {hidden.Length * sizes.Length * (long)starts} starts "
                    + $"{(rows.Count == 1 ? "is" : "are")} in {path}"
            )
        );
        return ExitStatus.Done;
    }
}
