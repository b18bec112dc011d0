using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Reports.Theory;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Theory.Pairs;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Cli.Theory;

/// <summary><c>geometry theory u-and --neurons AXIS --features N --active s --out FILE.csv</c></summary>
internal static class PairsCommand
{
    private const int MostWidths = 1000;

    private static readonly Option<Axis> s_neurons = AxisOptions.Create(
        "--neurons",
        "Neurons d: a number, a,b,c, or { logspace: [from, to, count] }. [default: 250,500,1000,2000,4000,8000,16000]",
        AxisText.Counts,
        Axis.List([250, 500, 1000, 2000, 4000, 8000, 16000])
    );

    private static readonly Option<int> s_features = new("--features")
    {
        Description = "Boolean features N.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
        CustomParser = r => Parsers.AtLeast(r, 4),
    };

    private static readonly Option<int> s_active = new("--active")
    {
        Description = "Features active in each input, 2 to N − 2.",
        HelpName = "s",
        DefaultValueFactory = _ => 3,
        CustomParser = r => Parsers.AtLeast(r, 2),
    };

    private static readonly WordsOption<PairTask> s_task = new(
        "--task",
        "What is read of a pair of features.",
        "and,xor",
        ("and", PairTask.And),
        ("xor", PairTask.Xor)
    );

    private static readonly WordsOption<Construction> s_construction = new(
        "--construction",
        "How the first layer is made: frozen at random, or trained with a readoff of every pair. Rows of bernoulli are empty where "
            + "q = ln²N/√d is 1 or more.",
        "gaussian",
        ("gaussian", Construction.Gaussian),
        ("bernoulli", Construction.Bernoulli),
        ("trained", Construction.Trained)
    );

    private static readonly WordsOption<PairReadoff> s_readoff = new(
        "--readoff",
        string.Create(
            CultureInfo.InvariantCulture,
            $"How the value is read: written down, fitted to inputs (d up to {PairExperiment.MostFittedNeurons}), or the best "
                + $"affine function of the two inputs."
        ),
        "constructed",
        ("constructed", PairReadoff.Constructed),
        ("least-squares", PairReadoff.LeastSquares),
        ("affine", PairReadoff.Affine)
    );

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Names weights, pairs and inputs.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
        CustomParser = Parsers.NotNegative,
    };

    private static readonly Option<int> s_threads = SharedOptions.Threads();

    private static readonly Option<string> s_output = TheoryOptions.Output();

    private static readonly Option<string?> s_figure = TheoryOptions.Figure(
        "the standard deviation where neither feature is active over the number of neurons, measured and in theory"
    );

    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "u-and",
            "Computation in superposition: AND and XOR of all pairs of sparse Boolean features, read from one layer of d neurons; "
                + "measured errors beside the formulas.",
            "geometry theory u-and --neurons 250,1000,4000 --features 100 --active 3 --out u-and.csv"
        )
        {
            s_neurons,
            s_features,
            s_active,
            s_task.Option,
            s_construction.Option,
            s_readoff.Option,
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
        int features = parsed.GetValue(s_features),
            active = parsed.GetValue(s_active);
        if (active > features - 2)
            throw new InputException(
                FormattableString.Invariant(
                    $"--active: expected 2 to {features - 2}, which leaves two of --features {features} inactive, found {active}"
                )
            );
        Axis axis = parsed.GetRequiredValue(s_neurons);
        if (axis.Count > MostWidths)
            throw new InputException(FormattableString.Invariant($"--neurons: expected at most {MostWidths} widths, found {axis.Count}"));
        PairReadoff[] readoffs = s_readoff.Values(parsed);
        double widest = axis.Values.Max(),
            most = Math.Min(int.MaxValue / 2, (NeuronLayer.MostWeights / features) - 15);
        if (widest > most)
            throw new InputException(
                FormattableString.Invariant(
                    $"--neurons: expected at most {most:0} for {features} features (512 MiB of weights), found {widest:0}"
                )
            );
        if (readoffs.Contains(PairReadoff.LeastSquares) && widest > PairExperiment.MostFittedNeurons)
            throw new InputException(
                FormattableString.Invariant(
                    $"--neurons: expected at most {PairExperiment.MostFittedNeurons} with --readoff least-squares, found {widest:0}"
                )
            );
        long pairs = (long)features * (features - 1) / 2;
        Construction[] constructions = s_construction.Values(parsed);
        if (constructions.Contains(Construction.Trained) && widest * pairs > TrainedNeurons.MostReadoffs)
            throw new InputException(
                FormattableString.Invariant(
                    $"--construction trained: expected at most {TrainedNeurons.MostReadoffs} neurons × pairs, found {widest:0} × {pairs}"
                )
            );
        string? figure = parsed.GetValue(s_figure);
        if (figure is not null && axis.Values.Distinct().Count() < 2)
            throw new InputException("--figure: expected two widths or more with --neurons, found 1");
        var rows = new PairRows(s_task.Values(parsed), readoffs, features, active, parsed.GetValue(s_seed), parsed.GetValue(s_threads));
        (Construction Construction, int Neurons)[] layers = [.. from c in constructions from d in AxisOptions.Counts(axis) select (c, d)];
        PairRow[] table = ProgressBar.Run<double, PairRow[]>(
            streams,
            "measuring",
            share => (share, "measuring"),
            (progress, _) =>
            {
                // The cost of a width grows with it.
                double all = layers.Sum(l => (double)l.Neurons),
                    done = 0;
                var measured = new List<PairRow>();
                foreach ((Construction construction, int neurons) in layers)
                {
                    measured.AddRange(rows.Of(construction, neurons, cancellation));
                    progress?.Invoke((done += neurons) / all);
                }
                return [.. measured];
            }
        );
        string path = parsed.GetRequiredValue(s_output);
        CsvFile.Write(path, PairRow.Columns, csv =>
        {
            foreach (PairRow row in table)
                row.Write(csv);
        });
        if (figure is not null)
            TextOutput.Write(figure, PairsFigure.Svg(Curves(table)));
        Table(streams.Out, table);
        streams.Out.WriteLine(FormattableString.Invariant($"{table.Length} row{(table.Length == 1 ? " is" : "s are")} in {path}"));
        return ExitStatus.Done;
    }

    /// <summary>One curve per way of reading; rows without a readoff, or without spread, have no place on a logarithmic axis.</summary>
    /// <exception cref="InputException">Nothing is left.</exception>
    private static PairCurve[] Curves(PairRow[] rows)
    {
        PairCurve[] curves =
        [
            .. rows.Where(r => r.Errors?.None.StandardDeviation > 0)
                .GroupBy(r => $"{PairRow.Name(r.Task)}, {PairRow.Name(r.Construction)}, {PairRow.Name(r.Readoff)}")
                .Select(g => new PairCurve(
                    g.Key,
                    [.. g.OrderBy(r => r.Neurons).Select(r => (r.Neurons, r.Errors!.None.StandardDeviation, r.Expected(0)))]
                )),
        ];
        return curves.Length > 0
            ? curves
            : throw new InputException("--figure: no readoff has a standard deviation above 0; nothing is drawn");
    }

    private static void Table(TextWriter writer, PairRow[] rows)
    {
        var table = new TextTable([
            "task",
            "construction",
            "readoff",
            ">neurons",
            ">mean |error|",
            ">worst",
            ">bias",
            ">sd",
            ">sd in theory",
        ]);
        foreach (PairRow row in rows)
        {
            table.Add([
                PairRow.Name(row.Task),
                PairRow.Name(row.Construction),
                PairRow.Name(row.Readoff),
                row.Neurons.ToString(CultureInfo.InvariantCulture),
                Number(row.Errors?.MeanError),
                Number(row.Errors?.MaxError),
                Number(row.Errors?.Bias),
                Number(row.Errors?.None.StandardDeviation),
                Number(row.Expected(0)),
            ]);
        }
        table.Write(writer);
        writer.WriteLine();
    }

    private static string Number(double? value) =>
        value is { } number && !double.IsNaN(number) ? number.ToString("0.0000", CultureInfo.InvariantCulture) : "";
}
