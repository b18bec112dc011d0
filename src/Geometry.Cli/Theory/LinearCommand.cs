using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Theory;

namespace Geometry.Cli.Theory;

/// <summary><c>geometry theory linear --spectrum λ… --hidden d --out FILE.csv</c></summary>
internal static class LinearCommand
{
    private const int MostRows = 24;

    private static readonly Option<int> s_hidden = new("--hidden")
    {
        Description = "Hidden dimensions d, at most as many as eigenvalues.",
        HelpName = "d",
        Required = true,
        CustomParser = Parsers.AtLeastOne,
    };

    private static readonly Option<string> s_output = TheoryOptions.Output();

    private static readonly Option<string?> s_flow = new("--flow")
    {
        Description =
            "Integrate the three flows of the tied model (the notes', Oja's, the gradient's) from a start and keep their paths in "
            + "an npz file.",
        HelpName = "file",
    };

    private static readonly Option<bool> s_untied = new("--untied")
    {
        Description =
            "With --flow: instead the gradient flow of the untied model x -> ABx from A = Wᵀ, B = W, which conserves AᵀA - BBᵀ; its "
            + "drift is told.",
    };

    private static readonly Option<string?> s_start = new("--start")
    {
        Description = "With --flow: the start, a d×D matrix in an npz or npy file; by default small random weights.",
        HelpName = "file",
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "With --flow: seed of the random start.",
        HelpName = "number",
        DefaultValueFactory = _ => 0,
        CustomParser = Parsers.NotNegative,
    };

    private static readonly Option<double?> s_duration = new("--duration")
    {
        Description = "With --flow: how long, in units of one over the eigenvalues; by default 10 over the d-th largest.",
        HelpName = "time",
        CustomParser = r => FlowStep.Duration(r),
    };

    public static Command Create(Streams streams)
    {
        var command = new VerbCommand(
            "linear",
            "Every critical point of a linear autoencoder, tied or not: a subset of eigenvectors, its loss and its Morse index.",
            "geometry theory linear --spectrum 3,2,1 --hidden 2 --out linear.csv"
        )
        {
            s_hidden,
            s_output,
            s_flow,
            s_untied,
            s_start,
            s_seed,
            s_duration,
        };
        LinearData.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(streams, parsed), cancellation));
        return command;
    }

    private static int Run(Streams streams, ParseResult parsed)
    {
        LinearData data = LinearData.Of(parsed);
        IReadOnlyList<double> spectrum = data.Spectrum;
        IReadOnlyList<LinearCriticalPoint> points;
        try
        {
            points = LinearCriticalPoints.Of(spectrum, parsed.GetValue(s_hidden));
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--hidden, --spectrum: {e.Message.Split(" (Parameter", StringSplitOptions.None)[0]}", e);
        }
        Action<Streams>? flow = parsed.GetValue(s_flow) is { } file
            ? FlowStep.Prepare(
                new FlowRequest(
                    data,
                    parsed.GetValue(s_hidden),
                    file,
                    parsed.GetValue(s_untied),
                    parsed.GetValue(s_start),
                    parsed.GetValue(s_seed),
                    parsed.GetValue(s_duration)
                )
            )
            : null;
        string path = parsed.GetRequiredValue(s_output);
        CsvFile.Write(path, ["subset", "rank", "loss", "morse_index", "kind"], csv =>
        {
            foreach (LinearCriticalPoint point in points)
            {
                csv.Text(string.Join(' ', point.Subset));
                csv.Integer(point.Rank);
                csv.Number(point.Loss);
                csv.Integer(point.MorseIndex);
                csv.Text(KindOf(point));
                csv.EndRow();
            }
        });
        var table = new TextTable("subset", ">rank", ">loss", ">Morse index", "kind");
        foreach (LinearCriticalPoint point in points.Take(MostRows))
        {
            table.Add(
                point.Rank == 0 ? "none" : string.Join(' ', point.Subset),
                Text(point.Rank),
                point.Loss.ToString("0.######", CultureInfo.InvariantCulture),
                point.MorseIndex.ToString(CultureInfo.InvariantCulture),
                KindOf(point)
            );
        }
        if (points.Count > MostRows)
            table.Add(FormattableString.Invariant($"{points.Count - MostRows} more"), "", "", "", "");
        table.Write(streams.Out);
        streams.Out.WriteLine();
        streams.Out.WriteLine(
            $"eigenvalues, counted from 0: {string.Join(' ', spectrum.Select(v => v.ToString("0.######", CultureInfo.InvariantCulture)))}"
        );
        if (LinearCriticalPoints.IsDegenerate(spectrum))
            streams.Out.WriteLine(
                "the spectrum is degenerate: eigenvectors of equal eigenvalues may be mixed, and the points that are marked so "
                    + "belong to continua"
            );
        streams.Out.WriteLine(FormattableString.Invariant($"{points.Count} critical points are in {path}"));
        flow?.Invoke(streams);
        return ExitStatus.Done;
    }

    private static string KindOf(LinearCriticalPoint point) =>
        (point.IsDegenerate ? "degenerate " : "") + (point.IsMinimum ? "minimum" : "saddle");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
